"""Settle what MATLAB counts and calls otherwise: axes and positions from 1, `end`, `size(A, 1)`, `A(:)`, `[]`."""

from __future__ import annotations

from typing import Any

from ..ops import Op
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number, is_op
from ..text import Span
from ..values import replace

_WHOLE = frozenset(("norm",))
_OPEN = Apply("neg", (Number("1"),))


def along(op: Op, params: dict[str, Any], arrays: tuple[Node, ...], summed: int | None) -> dict[str, Any]:
    """Axes counted from 0: sums keep what they summed, and go along `summed` where none is named.

    Of a row that a sum has left they go along the next: `sum(sum(A))` is a number.
    """
    if "axes" in params:
        return params | {"axes": _from_zero(params["axes"])}
    if "axis" not in op.parameters or not {"keepdims", "dtype"} & set(op.parameters) or op.name in _WHOLE:
        return params
    kept = {"keepdims": True} if "keepdims" in op.parameters else {}
    axis = params.get("axis")
    if axis == "all":
        return params | {"axis": None} | kept
    if axis is None and summed is not None:
        return params | {"axis": summed + any(map(_is_row, arrays))} | kept
    return params | {"axis": _from_zero(axis)} | (kept if axis is not None else {})


def _from_zero(axis: Any) -> Any:
    """An axis, or several, counted from 0."""
    if isinstance(axis, tuple):
        return tuple(map(_from_zero, axis))
    return axis - 1 if isinstance(axis, int) else axis


def _is_row(node: Node) -> bool:
    """Whether a node is the row that a sum along the first axis leaves."""
    return type(node) is Apply and node.params.get("axis") == 0 and node.params.get("keepdims") is True


def arguments(op: Op, args: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments of a call: `[]` is the length that reshape finds, or a place left out (`max(A, [], 2)`).

    The second argument of a variance says by what it is divided, and has no part in its shape.
    """
    if "shape" in op.parameters:
        return tuple(_OPEN if _is_empty(arg) else arg for arg in args)
    if "ddof" in op.parameters:
        return args[:1] + args[2:]
    return args[:1] + tuple(arg for arg in args[1:] if not _is_empty(arg))


def computed(node: Apply) -> Apply:
    """What MATLAB computes by a function that numpy has otherwise.

    It reshapes down the columns, its Cholesky factor is the upper one, and the variables of a covariance are columns.
    """
    if node.op == "cov":
        return Apply(node.op, node.args, {**node.params, "rowvar": False}, node.span, node.sign)
    if node.op == "cholesky":
        return Apply("transpose", (node,), NO_PARAMS, node.span, node.sign)
    shape = node.params.get("shape")
    if node.op != "reshape" or not isinstance(shape, tuple):
        return node
    turned = Apply("transpose", node.args, NO_PARAMS, node.span, node.sign)
    inner = Apply("reshape", (turned,), {"shape": shape[::-1]}, node.span, node.sign)
    return Apply("transpose", (inner,), NO_PARAMS, node.span, node.sign)


def size(node: Apply) -> Apply | None:
    """`size(A)` and `size(A, 1)`, the shape of an array or one dimension of it; None for any other call."""
    function, *args = node.args
    if type(function) is not Name or function.text != "size":
        return None
    if len(args) == 1:
        return Apply("shape_of", tuple(args), NO_PARAMS, node.span, "size")
    axis = args[1] if len(args) == 2 else None
    if type(axis) is not Number or axis.text not in ("1", "2", "3", "4"):
        return None
    return Apply("dimension", (args[0],), {"axis": int(axis.text) - 1}, node.span)


def is_column(items: list[Node]) -> bool:
    """Whether a bracket holds a colon alone, which makes a column of all entries."""
    return len(items) == 1 and is_op(items[0], "range") and not any(items[0].params.values())


def entry(array: Node, span: Span) -> Apply:
    """`theta(2)`, the one entry that is counted down the columns."""
    first = ("range", Number("0"), Number("1"), None)
    return Apply("slice", (Apply("vec", (array,)),), {"items": (first,)}, span)


def item(node: Node, may_be_several: bool) -> Node:
    """An item of a slice counted from 0; a position is a range of length 1, for MATLAB keeps every axis."""
    if is_op(node, "range"):
        start, stop, step = (node.params.get(part) for part in ("start", "stop", "step"))
        stop, step = (step, stop) if step is not None else (stop, None)
        is_backward = type(step) is Apply and step.op == "neg"
        ends = {"start": _before(start), "stop": _behind(stop, is_backward), "step": step}
        return Apply("range", (), ends, node.span)
    if type(node) is Number or _left_of_end(node) is not None:
        return _one(node, _before(node), _behind(node, False))
    return node if may_be_several else _one(node, Number("0"), Number("1"))


def _one(position: Node, start: Node | None, stop: Node | None) -> Apply:
    """A range of length 1, whose ends stand where the position does."""
    ends = [end and replace(end, span=position.span) for end in (start, stop)]
    return Apply("range", (), {"start": ends[0], "stop": ends[1], "step": None}, position.span)


def _before(start: Node | None) -> Node | None:
    """Where a range starts, counted from 0, or from the end."""
    left = _left_of_end(start)
    if left is not None:
        return Apply("neg", (Number(str(left + 1)),))
    if type(start) is Number and start.text.isdecimal():
        return Number(str(int(start.text) - 1)) if len(start.text) < 10 else start
    return None if start is None else Apply("add", (start, Apply("neg", (Number("1"),))))


def _behind(stop: Node | None, is_backward: bool) -> Node | None:
    """Where a range stops, the last position being left out."""
    if is_backward:
        return None if type(stop) is Number and stop.text == "1" else _before(None if stop is None else _before(stop))
    left = _left_of_end(stop)
    if left is None:
        return stop
    return Apply("neg", (Number(str(left)),)) if left else None


def _left_of_end(node: Node | None) -> int | None:
    """How many positions lie after `end` or `end-2`; None for any other."""
    if _is_end(node):
        return 0
    if type(node) is not Apply or node.op != "add" or len(node.args) != 2 or not _is_end(node.args[0]):
        return None
    taken = node.args[1]
    of = taken.args[0] if type(taken) is Apply and taken.op == "neg" else None
    return int(of.text) if type(of) is Number and of.text.isdecimal() and len(of.text) < 10 else None


def _is_end(node: Node | None) -> bool:
    return type(node) is Name and node.text == "end"


def _is_empty(node: Node) -> bool:
    if type(node) is not Apply or node.op != "block":
        return False
    return all(type(row) is Apply and row.op == "row" and not row.args for row in node.args)
