"""SC204: a gradient whose shape is not that of its variable."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import ONE, Shape, prune, show, symbol
from ..syntax.nodes import Name
from ._finding import clash
from ._origins import variable_of
from ._reductions import other_axis
from ._rule import Case, Rule
from ._wording import along, named, spelled, text_of

_EXAMPLES = frozenset(map(symbol, ("m", "N", "B", "batch", "batch_size")))
"""Common names for the number of examples."""


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    (target, side), (wanted, given) = fact.operands, fact.shapes
    left = spelled(target, case.source, "the left side")
    found = variable_of(case, target) if type(target) is Name else None
    variable = found[0] if found else "its variable"
    right = "the right side" if len(case.checked.equation.members) == 2 else spelled(side, case.source, "a later side")
    message = f"{left} must have the shape of {variable}, {named(wanted)}, but {right} is {named(given)}"
    labels = ((target, f"{left} has the shape of {variable}, {named(wanted)}"), (side, named(given)))
    return clash(rule, case, message, labels, _hints(case, fact, left, variable))


def _hints(case: Case, fact: Fact, gradient: str, variable: str) -> Iterator[str]:
    wanted, given = (tuple(map(prune, shape)) for shape in fact.shapes)
    side = fact.operands[1]
    text = spelled(side, case.source, "the right side")
    summed = other_axis(case, side, wanted)
    axis = _axis_of_examples(wanted, given)
    if axis is not None:
        many = f"a {('row', 'column')[axis]} for each example" if given[axis] in _EXAMPLES else along(given, axis)
        yield f"{text} has {many}; the gradient of {variable} is the sum over them"
    elif summed is not None:
        yield summed
    elif len(wanted) == 2 and given == wanted[::-1]:
        yield f"{text} is transposed: expected {show(wanted)}, found {show(given)}"
        yield f"if your gradients are in numerator layout (transposed), declare it: {gradient}: {_written(given)}"
    elif wanted and not given:
        yield f"{text} is a single number; the gradient has one for each entry of {variable}"


def _written(shape: Shape) -> str:
    return " x ".join(map(text_of, shape))


def _axis_of_examples(wanted: Shape, given: Shape) -> int | None:
    """The axis along which there are many entries although a single column (or row) is expected."""
    if len(given) != 2 or not wanted:
        return None
    rows, columns = given
    if wanted == (rows, ONE) and columns is not ONE:
        return 1
    return 0 if wanted in ((ONE, columns), (columns,)) and rows is not ONE else None


rule = Rule(
    code="SC204",
    name="gradient-shape-differs",
    severity="error",
    finds="""
Finds gradients (`dW`, `∂L/∂W`, `δ`) whose shape is not that of their variable.
""",
    why="""
The gradient of a loss has one number for each entry of its variable: how much the loss changes with that entry. So it
has the variable's shape, and the update `W = W - α dW` is possible. A bias is added to every example, so its gradient
is the sum over all of them.
""",
    fix="""
If the axis of the examples is still there, sum over it (`np.sum(dZ, axis=1, keepdims=True)` if columns are examples).
Put the factors in the order that gives the variable's shape (`dW = dZ A.T`, not `A dZ.T`). If your gradients are in
numerator layout (transposed), declare one of them: `dW2: n1 x n2`.
""",
    bad="db1 = 1/m dZ1",
    good="db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)",
    explain=_explain,
)
