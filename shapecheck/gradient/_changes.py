"""What changes an array in place, as an assignment of the whole: `x *= 2`, `x[x < 0] = 0`, `x[rows, y] -= 1`."""

from __future__ import annotations

from collections.abc import Callable

from ..ops import _nodes as tree
from ..ops import every, is_a
from ..ops.arithmetic import UPDATES
from ..syntax.nodes import ADDS_AT, Apply, Equation, Name, Node, Number, is_op
from ..values import NamedTuple


class Before(NamedTuple):
    """What is known of an array that is changed: of which `variable` it is the gradient, and what it held before.

    One that `is_empty` was made of zeros; a gradient that `is_unbegun` was given no value before.
    """

    variable: Callable[[Name], str]
    is_empty: Callable[[Name], bool]
    is_unbegun: Callable[[Name], bool]


PART = "part"
"""The operation that stands for an array of which a part was replaced: what it holds then is not followed."""


def changed(equation: Equation, before: Before, code: bool) -> Equation:
    """The equation itself, or the assignment that it comes to.

    In formulas `W -= lr dW` is a step of learning and stays as it is; what adds to a gradient stays so everywhere, as
    its terms are judged together.
    """
    target, *others = equation.members
    array = target.args[0] if type(target) is Apply and target.args else target
    if len(others) != 1 or type(array) is not Name or not (code or before.variable(array)):
        return equation
    added = type(target) is Name and equation.sign == "+=" and bool(before.variable(target))
    whole = None if added else _whole(target, array, others[0], equation.sign, code)
    if whole is not None and whole.op == PART and code and _is_filled(target) and before.is_empty(array):
        whole = _scattered(target, array, others[0])
    if whole is None:
        return equation
    if whole.op == "add" and before.is_unbegun(array):
        return Equation((array, _placed(whole.args[1], equation)), "+=", equation.span)
    return Equation((array, _placed(whole, equation)), "=", equation.span)


def is_changed(equation: Equation) -> bool:
    """Whether an equation is not as its author wrote it, but what that comes to."""
    return equation.members[-1].span == equation.span


def _placed(whole: Node, equation: Equation) -> Node:
    return Apply(whole.op, whole.args, whole.params, equation.span) if type(whole) is Apply else whole


def _whole(target: Node, array: Name, value: Node, sign: str, code: bool) -> Apply | None:
    """What the array holds after a change; None if it is not one."""
    op = UPDATES.get(sign)
    if type(target) is Name:
        return Apply(op, (array, value)) if op else None
    assert type(target) is Apply
    if target.op == "masked":
        return Apply("where", (target.args[1], Apply(op, (array, value)) if op else value, array))
    if target.op != "slice":
        return None
    if op in every("sum"):
        once = sign != ADDS_AT
        part = tree.apply("scatter", value, items=target.params["items"], shape=tree.shape_of(array), once=once)
        return Apply(op, (array, part))
    return Apply(PART, (array, value))


def _is_filled(target: Node) -> bool:
    """Whether each row is given one of its entries, as in `onehot[np.arange(m), y] = 1`.

    In a loop over t `xs[t][inputs[t]] = 1` does so too: a pass fills what is its own.
    """
    items = target.params["items"] if is_op(target, "slice") else ()
    array = target.args[0] if type(target) is Apply else target
    own = [index.text for index in array.indices if index.kind == "<"] if type(array) is Name else []
    return any(is_a(item, "made") or (is_op(item, "slice") and _passes(item) == own) for item in items)


def _passes(entry: Apply) -> list[str]:
    """The counter of an entry of a list: `t` of `inputs[t]`."""
    return [item.text for item in entry.params["items"] if type(item) is Name]


def _scattered(target: Node, array: Name, value: Node) -> Apply:
    assert type(target) is Apply
    return tree.apply("scatter", value, items=target.params["items"], shape=tree.shape_of(array), once=True)


def is_zero(value: Node) -> bool:
    """Whether a value is only where a sum begins."""
    return (type(value) is Number and float(value.text) == 0) or (is_a(value, "zeros"))
