"""Slices entry by entry: an index moved by where its range begins, or fixed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..shapes.dims import ONE, AnyDim
from ..syntax.nodes import Apply, Name, Node, Number
from ._context import Indices
from ._terms import WrittenTerm

if TYPE_CHECKING:
    from .indices import IndexWriter


def slice_term(writer: IndexWriter, node: Apply, indices: Indices) -> WrittenTerm:
    """The entry of the array that a slice shows at these indices."""
    items, shape = node.params["items"], writer.shape(node.args[0])
    taken = sum(item is not None and item is not Ellipsis for item in items)
    if Ellipsis in items:
        return writer.as_written(node, indices)
    left = iter(indices)
    dims = iter(shape)
    places: list[str | None] = []
    for item in (*items, *(("range", None, None, None),) * (len(shape) - taken)):
        if item is None:
            next(left)
            continue
        place = _place(writer, item, next(dims), left)
        if place == "":
            return writer.as_written(node, indices)
        places.append(place)
    return writer.term(node.args[0], tuple(places))


def _place(writer: IndexWriter, item: Any, dim: AnyDim, left: Iterator[str | None]) -> str | None:
    """The index into an axis for an item of a slice, which counts from 0; "" where it cannot be said."""
    if type(item) is int:
        return None if dim is ONE else str(item + 1) if item >= 0 else ""
    if type(item) is not tuple:
        return ""
    start, _, step = item[1:]
    index = next(left)
    first = _bound(writer, start)
    if first == "" or step is not None:
        return ""
    if index is None:
        return None if dim is ONE else f"{first}+1" if first != "0" else "1"
    return index if first == "0" else f"{index}+{first}"


def _bound(writer: IndexWriter, start: Node | int | None) -> str:
    if start is None:
        return "0"
    text = str(start) if type(start) is int else writer.spelled(start) if isinstance(start, Name | Number) else ""
    return text if text.isalnum() or text.isidentifier() else ""
