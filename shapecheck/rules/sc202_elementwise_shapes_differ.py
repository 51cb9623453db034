"""SC202: a sum, an elementwise product or the like of arrays that do not broadcast."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import prune, show
from ..syntax.nodes import Apply
from ._finding import clash
from ._rule import Case, Rule
from ._wording import along, bare, sized, spelled

_DEEDS = {"add": "a sum adds", "hadamard": "`{}` multiplies", "divide": "`/` divides", "product": "`{}` multiplies"}


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    (left, right), (one, other) = map(bare, fact.operands), fact.shapes
    first, second = fact.clash.axes
    words = (
        f"{spelled(left, case.source, 'the left operand')} is {show(one)}, "
        f"{spelled(right, case.source, 'the right operand')} is {show(other)}"
    )
    labels = ((left, sized(one, first)), (right, sized(other, second)))
    return clash(rule, case, f"elementwise shapes differ: {words}", labels, _hints(fact))


def _hints(fact: Fact) -> Iterator[str]:
    one, other = (tuple(map(prune, shape)) for shape in fact.shapes)
    node = fact.node
    deed = _DEEDS.get(node.op) if type(node) is Apply else None
    if len(one) != len(other) and one and other:
        short, long = sorted((one, other), key=len)
        yield f"the axes meet from the last one on: the {along(short, -1)} of {show(short)} meet {along(long, -1)}"
    elif one == other[::-1]:
        yield f"the one has the shape of the other transposed, {show(other)}"
    elif deed and type(node) is Apply:
        sign = node.sign.strip() or "*"
        yield f"{deed.format(sign)} entry by entry: the shapes must be equal, or 1 where they differ"


rule = Rule(
    code="SC202",
    name="elementwise-shapes-differ",
    severity="error",
    finds="""
Finds sums, elementwise products, quotients and the like whose operands have different shapes, and do not broadcast.
""",
    why="""
An elementwise operation takes two entries at the same place. Where one operand has a single row or a single column,
it stands for as many as the other has (a column of biases is added to each column): that is broadcasting. Any other
difference leaves entries without a partner.
""",
    fix="""
Look for the operand that belongs to another layer or lies the other way. Where a matrix product was meant, write it
as one: `A B` in mathematics, `A @ B` in Python.
""",
    bad="dZ1 = dA1 * g2'(Z2)",
    good="dZ1 = dA1 * g1'(Z1)",
    explain=_explain,
)
