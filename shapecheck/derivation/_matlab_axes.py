"""Where axes lie in MATLAB: an array of rank 1 is a column, and an axis that a shape loses goes to the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..shapes.dims import ONE as UNIT
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Apply, Name, Node, Number, name_of
from ._code import ONE, called
from ._numpy_forms import Nodes, Params, Shapes, Unwritten

ALL = Apply("string", (), {"text": "all"})
EMPTY = name_of("[]")
WHOLE = ("range", None, None, None)


def rank(shape: Shape | None) -> int:
    """How many axes an array has; what is not known is taken for a matrix."""
    return 2 if shape is None else len(shape)


def no_stack(shapes: Shapes, what: str) -> None:
    """Refuse arrays of three axes or more."""
    if any(rank(shape) > 2 for shape in shapes):
        raise Unwritten(f"{what} arrays of more than two axes cannot be written in one line of MATLAB")


def transposed(node: Node) -> Node:
    """`A'`."""
    return Apply("transpose", (node,))


def vector(axes: Sequence[int]) -> Node:
    """`[2, 1]`, axes counted from 1."""
    return Apply("block", tuple(Number(str(axis + 1)) for axis in axes), {"rows": (len(axes),)})


def permuted(node: Node, order: Sequence[int]) -> Node:
    """The axes in another order; axes of length 1 at the end are there without a word."""
    if list(order) == sorted(order):
        return node
    return transposed(node) if list(order) == [1, 0] else called("permute", node, vector(order))


def turned(node: Node, axes: int) -> Node:
    """An array with its axes in the opposite order: MATLAB counts down the columns."""
    return permuted(node, range(axes - 1, -1, -1))


def column(node: Node) -> Node:
    """All entries below one another; only what has a name is written with a colon."""
    if type(node) is Name:
        return Apply("slice", (node,), {"items": (WHOLE,)})
    return called("reshape", node, EMPTY, ONE)


def along_rows(node: Node, shape: Shape | None) -> Node:
    """All entries below one another, row by row."""
    is_vector = rank(shape) == 2 and shape is not None and UNIT in map(prune, shape)
    return column(node if is_vector else turned(node, rank(shape)))


def aligned(args: Nodes, shapes: Shapes) -> Nodes:
    """Arguments whose axes meet as numpy has them meet, from the last one on: beside a matrix a vector is a row."""
    ranks = [rank(shape) for shape in shapes]
    most = max(ranks, default=0)
    if most > 2 and any(0 < each < most for each in ranks):
        raise Unwritten("MATLAB aligns arrays of two and three axes differently from numpy")
    return tuple(transposed(arg) if each == 1 < most else arg for arg, each in zip(args, ranks, strict=True))


def axes_of(params: Params, shape: Shape | None) -> tuple[int, ...] | None:
    """The axes that an operation goes along, counted from the first; None for all."""
    axis = params.get("axis")
    if axis is None or shape == ():
        return None
    whole = axis if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(each, int) for each in whole):
        raise Unwritten("an axis that is not a number cannot be written in MATLAB")
    return tuple(sorted(each % rank(shape) for each in whole))


def along(axes: tuple[int, ...] | None) -> Node:
    """What names axes in a call: `2`, `[1, 2]`, `'all'`."""
    if axes is None:
        return ALL
    return Number(str(axes[0] + 1)) if len(axes) == 1 else vector(axes)


def without(node: Node, axes: tuple[int, ...] | None, params: Params, shape: Shape | None) -> Node:
    """What a reduction leaves: MATLAB keeps the axes that it went along, which go to the end unless they are kept."""
    if axes is None or params.get("keepdims"):
        return node
    return permuted(node, [*(each for each in range(rank(shape)) if each not in axes), *axes])


def expanded(node: Node, count: int, new: Sequence[int]) -> Node:
    """An array of so many axes with new ones of length 1 at some places of the result."""
    whole = count + len(new)
    old, more = iter(range(count)), iter(range(count, whole))
    order = [next(more if place in new else old) for place in range(whole)]
    if whole < 3 or order == sorted(order):
        return permuted(node, order)
    return called("reshape", node, *(called("size", node, along((axis,))) if axis < count else ONE for axis in order))


def sliced(array: Node, items: tuple[Any, ...], positions: tuple[bool, ...], shape: Shape | None) -> Node:
    """A part of an array: a place for each axis, of which those at single positions go to the end."""
    if type(array) is not Name:
        raise Unwritten("part of an unnamed array cannot be written in MATLAB")
    places: list[Any] = []
    kept: list[int | None] = []
    for item, is_position in _spelled_out(items, positions, shape):
        if item is not None:
            places.append(_clamped(item, len(places), shape))
        if not is_position:
            kept.append(None if item is None else len(places) - 1)
    single = tuple(axis for axis in range(len(places)) if axis not in kept)
    part = without(Apply("slice", (array,), {"items": tuple(places)}), single, {}, shape)
    return expanded(part, len(places) - len(single), [place for place, axis in enumerate(kept) if axis is None])


def _spelled_out(items: tuple[Any, ...], positions: tuple[bool, ...], shape: Shape | None) -> list[tuple[Any, bool]]:
    """The items, and whether each is a single position, with whole axes in the place of `...` or at the end."""
    taken = sum(item is not None and item is not Ellipsis for item in items)
    at = items.index(Ellipsis) if Ellipsis in items else len(items)
    whole = list(zip(items, positions, strict=True))
    return [*whole[:at], *[(WHOLE, False)] * (rank(shape) - taken), *whole[at + 1 :]]


def _clamped(item: Any, axis: int, shape: Shape | None) -> Any:
    """A range that ends after its array as one that ends with it."""
    dim = prune(shape[axis]) if shape else None
    if not isinstance(item, tuple) or not isinstance(item[2], int) or not isinstance(dim, Dim) or dim.value is None:
        return item
    return item if item[2] <= dim.value else (*item[:2], None, item[3])
