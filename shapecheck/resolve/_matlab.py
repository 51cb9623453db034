"""Settle what MATLAB counts and calls otherwise: axes and positions from 1, `end`, `size(A, 1)`, `A(:)`, `[]`."""

from __future__ import annotations

from typing import Any, TypeGuard

from ..ops import Op
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ..text import Span

_WHOLE = frozenset(("norm",))
_OPEN = Apply("neg", (Number("1"),))


def along(op: Op, params: dict[str, Any], arrays: tuple[Node, ...]) -> dict[str, Any]:
    """The axis counted from 0: sums keep what they summed, and go along the first axis where none is named.

    Of a row that a sum has left they go along the second: `sum(sum(A))` is a number.
    """
    if "axis" not in op.parameters or "keepdims" not in op.parameters or op.name in _WHOLE:
        return params
    axis = params.get("axis")
    first = int(any(_is_row(array) for array in arrays))
    return params | {"axis": axis - 1 if isinstance(axis, int) else first, "keepdims": True}


def _is_row(node: Node) -> bool:
    """Whether a node is the row that a sum along the first axis leaves."""
    return type(node) is Apply and node.params.get("axis") == 0 and node.params.get("keepdims") is True


def arguments(op: Op, args: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments of a call: `[]` is the length that reshape finds, or a place left out (`max(A, [], 2)`)."""
    if "shape" in op.parameters:
        return tuple(_OPEN if _is_empty(arg) else arg for arg in args)
    return args[:1] + tuple(arg for arg in args[1:] if not _is_empty(arg))


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
    return len(items) == 1 and _is_range(items[0]) and not any(items[0].params.values())


def entry(array: Node, span: Span) -> Apply:
    """`theta(2)`, the one entry that is counted down the columns."""
    first = ("range", Number("0"), Number("1"), None)
    return Apply("slice", (Apply("vec", (array,)),), {"items": (first,)}, span)


def item(node: Node, may_be_several: bool) -> Node:
    """An item of a slice counted from 0; a position is a range of length 1, for MATLAB keeps every axis."""
    if _is_range(node):
        start, stop, step = (node.params.get(part) for part in ("start", "stop", "step"))
        stop, step = (step, stop) if step is not None else (stop, None)
        ends = {"start": _before(start), "stop": None if _is_end(stop) else stop, "step": step}
        return Apply("range", (), ends, node.span)
    if type(node) is Number or (type(node) is Name and not may_be_several):
        return Apply("range", (), {"start": Number("0"), "stop": Number("1"), "step": None}, node.span)
    return node


def _before(start: Node | None) -> Node | None:
    if type(start) is Number and start.text.isdecimal():
        return Number(str(int(start.text) - 1)) if len(start.text) < 10 else start
    return None if start is None else Apply("add", (start, Apply("neg", (Number("1"),))))


def _is_range(node: Node) -> TypeGuard[Apply]:
    return type(node) is Apply and node.op == "range"


def _is_end(node: Node | None) -> bool:
    return type(node) is Name and node.text == "end"


def _is_empty(node: Node) -> bool:
    if type(node) is not Apply or node.op != "block":
        return False
    return all(type(row) is Apply and row.op == "row" and not row.args for row in node.args)
