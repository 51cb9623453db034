"""SC202: an elementwise operation on arrays that do not broadcast."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a
from ..shapes.dims import prune, show
from ..syntax.nodes import Apply
from ._finding import clash
from ._rule import Case, Rule
from ._wording import along, bare, is_of, named, sized


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    return _to_a_shape(rule, case, fact) if "shape" in fact.clash.words else _of_two(rule, case, fact)


def _to_a_shape(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    """An array that does not broadcast to the shape that is asked for."""
    array, shape, new = fact.operands[0], fact.shapes[0], named(fact.clash.words["shape"])
    said = is_of(array, shape, case.source, "the array")
    return clash(rule, case, f"it does not broadcast to {new}: {said}", ((array, named(shape)),))


def _of_two(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    (left, right), (one, other) = map(bare, fact.operands), fact.shapes
    first, second = fact.clash.axes
    said = is_of(left, one, case.source, "the left operand"), is_of(right, other, case.source, "the right operand")
    labels = ((left, sized(one, first)), (right, sized(other, second)))
    return clash(rule, case, f"elementwise shapes differ: {', '.join(said)}", labels, _hints(fact))


def _hints(fact: Fact) -> Iterator[str]:
    one, other = (tuple(map(prune, shape)) for shape in fact.shapes)
    if len(one) != len(other) and one and other and _is_trailing(fact):
        short, long = sorted((one, other), key=len)
        yield f"shapes align from the trailing axis: the {along(short, -1)} of {show(short)} meet {along(long, -1)}"
    elif one == other[::-1]:
        yield f"one has the shape of the other transposed, {show(other)}"
    elif is_a(fact.node, "arithmetic") and fact.node.params.get("whole"):
        yield "`+` and `-` need two arrays of one shape; with a dot, `.+`, they work entry by entry and broadcast"
    elif is_a(fact.node, "arithmetic"):
        yield f"{_deed(fact.node)} entry by entry: along each axis the sizes must be equal, or one of them 1"


def _is_trailing(fact: Fact) -> bool:
    """Whether what differs is as far from the last axis of one operand as of the other."""
    ends = {axis - len(shape) for axis, shape in zip(fact.clash.axes, fact.shapes, strict=True)}
    return len(ends) == 1


def _deed(node: Apply) -> str:
    if is_a(node, "multiplication"):
        return f"`{node.sign.strip() or '*'}` multiplies"
    return "`/` divides" if is_a(node, "quotient") else "a sum adds"


rule = Rule(
    code="SC202",
    name="elementwise-shapes-differ",
    severity="error",
    finds="""
Finds sums, elementwise products, quotients and similar operations whose operands have shapes that do not broadcast.
""",
    why="""
An elementwise operation combines two entries at the same position. If one operand has a single row or column, it is
repeated to match the other (a column of biases is added to each column): this is broadcasting. Any other difference
leaves entries without a counterpart.
""",
    fix="""
Look for an operand from another layer, or one that needs a transpose. If you meant a matrix product, write `A B` in
mathematics, `A @ B` in Python.
""",
    bad="dZ1 = dA1 * g2'(Z2)",
    good="dZ1 = dA1 * g1'(Z1)",
    explain=_explain,
)
