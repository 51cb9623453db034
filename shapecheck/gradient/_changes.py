"""What changes an array in place, as an assignment of the whole: `x *= 2`, `x[x < 0] = 0`, `x[rows, y] -= 1`."""

from __future__ import annotations

from collections.abc import Callable

from ..ops import _nodes as tree
from ..ops import every, is_a
from ..ops.arithmetic import UPDATES
from ..syntax.nodes import ADDS_AT, Apply, Equation, Name, Node, Number, is_op

PART = "part"
"""The operation that stands for an array of which a part was replaced: what it holds then is not followed."""


def changed(
    equation: Equation, variable: Callable[[Name], str], is_empty: Callable[[Name], bool], code: bool
) -> Equation:
    """The equation itself, or the assignment that it comes to.

    An array may be the gradient of a `variable`, and one that `is_empty` was made of zeros.

    In formulas `W -= lr dW` is a step of learning and stays as it is; what adds to a gradient stays so everywhere, as
    its terms are judged together.
    """
    target, *others = equation.members
    array = target.args[0] if type(target) is Apply and target.args else target
    if len(others) != 1 or type(array) is not Name or not (code or variable(array)):
        return equation
    added = type(target) is Name and equation.sign == "+=" and bool(variable(target))
    whole = None if added else _whole(target, array, others[0], equation.sign, code)
    if whole is not None and whole.op == PART and code and _is_filled(target) and is_empty(array):
        whole = _scattered(target, array, others[0])
    return equation if whole is None else Equation((array, _placed(whole, equation)), "=", equation.span)


def is_changed(equation: Equation) -> bool:
    """Whether an equation is not as its author wrote it, but what that comes to."""
    return equation.members[-1].span == equation.span


def _placed(whole: Apply, equation: Equation) -> Apply:
    return Apply(whole.op, whole.args, whole.params, equation.span)


def _whole(target: Node, array: Name, value: Node, sign: str, code: bool) -> Apply | None:
    """What the array holds after a change; None where it is none."""
    op = UPDATES.get(sign)
    if type(target) is Name:
        return Apply(op, (array, value)) if op else None
    assert type(target) is Apply
    if target.op == "masked":
        return Apply("where", (target.args[1], Apply(op, (array, value)) if op else value, array))
    if target.op != "slice":
        return None
    if op in every("sum"):
        once = code and sign != ADDS_AT
        part = tree.apply("scatter", value, items=target.params["items"], shape=tree.shape_of(array), once=once)
        return Apply(op, (array, part))
    return Apply(PART, (array, value))


def _is_filled(target: Node) -> bool:
    """Whether each row is given one of its entries, as in `onehot[np.arange(m), y] = 1`."""
    items = target.params["items"] if is_op(target, "slice") else ()
    return any(is_a(item, "made") for item in items)


def _scattered(target: Node, array: Name, value: Node) -> Apply:
    assert type(target) is Apply
    return tree.apply("scatter", value, items=target.params["items"], shape=tree.shape_of(array), once=True)


def is_zero(value: Node) -> bool:
    """Whether a value is only where a sum begins."""
    return (type(value) is Number and float(value.text) == 0) or (is_a(value, "zeros"))
