"""What comes back to the parts of an array: stacked where they are the whole of it, else put in part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..shapes.dims import Dim, Var, prune
from ..simplify import ShapeOf, key
from ..syntax.nodes import Apply, Name, Node, Number, args_of

ALL = ("range", None, None, None)


def stacked(node: Node, shape_of: ShapeOf) -> Node:
    """A sum of parts of an array as one array, where they lie one after the other along one axis."""
    parts = list(_terms(node))
    axes = {_axis(part) for part in parts}
    axis = next(iter(axes)) if len(axes) == 1 else None
    if axis is None or len(parts) < 2:
        return node
    ends = {_text(_range(part, axis)[1]): part for part in parts}
    row, at = [], _text(None)
    while at in ends:
        part = ends.pop(at)
        row.append(part.args[0])
        at = _text(_range(part, axis)[2])
        if at == _text(None):
            break
    if ends or at != _text(None) or len(row) != len(parts):
        return node
    rank = len(shape_of(row[0]) or ())
    if rank != 2:
        return Apply("concatenate", tuple(row), {"axis": axis})
    return Apply("block", tuple(row), {"rows": (1,) * len(row) if axis == 0 else (len(row),)})


def _terms(node: Node) -> Iterator[Apply]:
    """The parts that a sum is of; nothing if one of its terms is no part."""
    terms = args_of(node, "add")
    if all(type(term) is Apply and term.op == "scatter" for term in terms):
        yield from (term for term in terms if type(term) is Apply)


def _axis(part: Apply) -> int | None:
    """The only axis of which a part is not the whole."""
    items = part.params["items"]
    cut = [axis for axis, item in enumerate(items) if item != ALL]
    if len(cut) != 1 or not isinstance(items[cut[0]], tuple) or items[cut[0]][3] is not None:
        return None
    return cut[0]


def _range(part: Apply, axis: int) -> tuple[Any, ...]:
    item: tuple[Any, ...] = part.params["items"][axis]
    return item


def _text(bound: Any) -> str:
    """A bound of a slice, so that equal ones are told."""
    if isinstance(bound, Name | Number | Apply):
        return key(bound)
    if bound is None or bound == 0:
        return ""
    return str(prune(bound)) if isinstance(bound, Dim | Var) else str(bound)


def pieces(node: Node) -> tuple[Node | None, list[Apply]]:
    """What stands beside the parts in a sum, None for nothing, and the parts."""
    terms = args_of(node, "add")
    parts = [term for term in terms if type(term) is Apply and term.op == "scatter"]
    rest = tuple(term for term in terms if term not in parts)
    if not rest:
        return None, parts
    return (rest[0] if len(rest) == 1 else Apply("add", rest)), parts
