"""SC214: `.T` of a rank-1 array, which does nothing, in a product that fails because of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a
from ..shapes.dims import ONE, prune, show
from ..syntax.nodes import Apply, Node, walk
from ._finding import clash
from ._rule import Case, Rule
from ._wording import named, spelled, text_of


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    node = _culprit(case, fact)
    if type(node) is not Apply:
        return None
    shape = case.checked.shapes.get(id(node)) or ()
    text, whole = spelled(node, case.source, "this transpose"), spelled(node.args[0], case.source, "the array")
    message = f"{text} is {show(shape)}, like {whole}: transposing a rank-1 array does nothing"
    marked = zip(fact.operands, fact.shapes, strict=True)
    labels = [(other, named(its)) for other, its in marked if fact.kind == "inner" and other is not node]
    if fact.kind != "inner":
        labels = [(fact.operands[0], named(fact.shapes[0]))]
    return clash(rule, case, message, (*labels, (node, show(shape))), _hints(case, fact, node, whole))


def _culprit(case: Case, fact: Fact) -> Node | None:
    """The transpose of a rank-1 array in a product that would fit if that array were a column."""
    if fact.kind != "inner":
        flat = len(fact.shapes[0]) == 2 and len(fact.shapes[1]) < 2
        factors = (factor for node in walk(fact.operands[1]) for factor in _factors(node)) if flat else ()
        return next((factor for factor in factors if _is_flat_transpose(case, factor)), None)
    (left, right), (one, other) = fact.operands, fact.shapes
    if _is_flat_transpose(case, right) and (len(one) == 1 or prune(one[-1]) is ONE):
        return right
    if _is_flat_transpose(case, left) and len(other) > 1 and prune(other[-2]) is ONE:
        return left
    return None


def _factors(node: Node) -> tuple[Node, ...]:
    return node.args if is_a(node, "contraction") else ()


def _is_flat_transpose(case: Case, node: Node) -> bool:
    shape = case.checked.shapes.get(id(node))
    return type(node) is Apply and node.op == "transpose" and shape is not None and len(shape) == 1


def _hints(case: Case, fact: Fact, node: Node, whole: str) -> Iterator[str]:
    length = text_of((case.checked.shapes.get(id(node)) or (ONE,))[0])
    yield f"the transpose of a column, {length}×1, is a row, 1×{length}"
    if fact.kind == "inner" and fact.operands[1] is node:
        yield f"np.outer({spelled(fact.operands[0], case.source, 'a')}, {whole}) is the product of a column and a row"


rule = Rule(
    code="SC214",
    name="rank-one-transpose",
    severity="error",
    finds="""
Finds products that fail because a factor is the transpose of a rank-1 array.
""",
    why="""
`.T` reverses the axes, and a rank-1 array `(n,)` has only one: its transpose is the array itself. So `x.T` is not a
row, and `dz @ x.T` is not a column times a row.
""",
    fix="""
Make it a column with `x[:, None]` or `x.reshape(-1, 1)`, or write the outer product: `np.outer(dz, x)`.
""",
    bad="""
x: (n,)
dz: k x 1
dz x.T
""",
    good="""
x: (n,)
dz: k x 1
np.outer(dz, x)
""",
    explain=_explain,
)
