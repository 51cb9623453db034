"""SC213: a sum that broadcasts to a larger shape than the name it updates; a column plus a row."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops.arithmetic import UPDATES
from ..shapes.dims import ONE, Shape, prune, show
from ..syntax.nodes import Apply, Node
from ..values import replace
from ._finding import clash
from ._reductions import other_axis
from ._rule import Case, Rule
from ._wording import along, bare, named, spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    if fact.kind == "outer-sum":
        return _outer_sum(rule, case, fact)
    side, (wanted, given) = fact.operands[1], fact.shapes
    if case.checked.equation.sign in UPDATES:
        return _grown(rule, case, fact, side, given) if _broadcast(wanted, given) else None
    grown = _growing_term(case, side, wanted)
    if grown is None or not _outgrows(wanted, given):
        return None
    return _grown(rule, case, fact, *grown)


def _growing_term(case: Case, side: Node, wanted: Shape) -> tuple[Node, Shape] | None:
    """The term that makes a sum larger than expected, if another term has the expected shape."""
    if type(side) is not Apply or side.op != "add":
        return None
    terms = [(term, _pruned(case.checked.shapes.get(id(term)) or ())) for term in side.args]
    if _pruned(wanted) not in [shape for _, shape in terms]:
        return None
    return next(((term, shape) for term, shape in terms if shape and shape != _pruned(wanted)), None)


def _pruned(shape: Shape) -> Shape:
    return tuple(map(prune, shape))


def _outgrows(wanted: Shape, given: Shape) -> bool:
    """Whether a shape broadcasts to another."""
    pairs = zip(reversed(_pruned(wanted)), reversed(_pruned(given)), strict=False)
    return len(wanted) <= len(given) and all(a is b or a is ONE for a, b in pairs)


def _broadcast(wanted: Shape, given: Shape) -> bool:
    pairs = zip(reversed(_pruned(wanted)), reversed(_pruned(given)), strict=False)
    return all(a is b or ONE in (a, b) for a, b in pairs)


def _joined(one: Shape, other: Shape) -> Shape:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    front = len(longer) - len(shorter)
    pairs = zip(_pruned(longer[front:]), _pruned(shorter), strict=True)
    return (*longer[:front], *(b if a is ONE else a for a, b in pairs))


def _grown(rule: Rule, case: Case, fact: Fact, term: Node, shape: Shape) -> Diagnostic:
    target, wanted = fact.operands[0], fact.shapes[0]
    left, whole = spelled(target, case.source, "the left side"), _joined(wanted, shape)
    with_term = f"with {spelled(bare(term), case.source, 'this')} it is {show(whole)}"
    message = f"the result is larger than {left}: {left} is {named(wanted)}, {with_term}"
    labels = ((target, show(wanted)), (bare(term), show(shape)))
    return clash(rule, case, message, labels, _hints(case, term, left, wanted, whole))


def _hints(case: Case, term: Node, text: str, wanted: Shape, whole: Shape) -> tuple[str, ...]:
    turned = other_axis(case, term, wanted)
    if turned is not None:
        return (turned,)
    if len(wanted) == 2 and _pruned(case.checked.shapes.get(id(term)) or ()) == _pruned(wanted)[::-1]:
        return (f"{spelled(bare(term), case.source, 'this')} is transposed: expected {show(wanted)}",)
    front = len(whole) - len(wanted)
    grown = [axis for axis, dim in enumerate(_pruned(wanted)) if dim is ONE and prune(whole[front + axis]) is not ONE]
    return (f"broadcasting repeats {text} for each of the {along(whole, front + grown[0])}",) if grown else ()


def _outer_sum(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    (left, right), (one, other) = map(bare, fact.operands), fact.shapes
    first, second = spelled(left, case.source, "one"), spelled(right, case.source, "the other")
    result = show(fact.words["result"])
    message = f"the sum is larger than its terms: {first} is {show(one)}, {second} is {show(other)}, the sum {result}"
    found = clash(rule, case, message, ((left, show(one)), (right, show(other))))
    return replace(found, severity="warning")


rule = Rule(
    code="SC213",
    name="broadcast-grows",
    severity="error",
    finds="""
Finds updates and sums that broadcast to a larger shape than that of the name they are assigned to. Warns about the sum
of a column and a row, which is larger than either.
""",
    why="""
A column of n2 entries plus a row of m entries is an n2×m matrix, with an entry for each pair. numpy computes it without
an error. In a sum this is rarely intended: usually one of the two needs a transpose, or was summed over the wrong axis.
(The elementwise product of a column and a row is an outer product, and is accepted.)
""",
    fix="""
Sum over the other axis, or transpose one of the terms.
""",
    bad="b2 = b2 - lr * np.sum(dZ2, axis=0, keepdims=True)",
    good="b2 = b2 - lr * np.sum(dZ2, axis=1, keepdims=True)",
    explain=_explain,
)
