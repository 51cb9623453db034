"""The gradients of arrays put together: each part takes its piece back."""

from __future__ import annotations

from collections.abc import Sequence

from ..shapes.dims import ONE, Dim, Shape, number, prune
from ..syntax.nodes import Apply, Name, Node, Number
from . import _nodes as tree
from ._axes import integer
from ._gradient import Differential


def lengths(d: Differential, axis: int, shapes: Sequence[Shape]) -> list[Node]:
    """How long each part is along an axis, in the shapes in which the parts are put together."""
    return [_length(d, place, axis, shape) for place, shape in enumerate(shapes)]


def _length(d: Differential, place: int, axis: int, shape: Shape) -> Node:
    own = d.shapes[place]
    if prune(shape[axis]) is ONE:
        return tree.ONE
    return d.length(place, axis if len(own) == len(shape) else 0)


def pieces(d: Differential, g: Node, axis: int, shapes: Sequence[Shape]) -> list[Node]:
    """What each of some arrays takes back that were joined along an axis, being of these shapes."""
    found: list[Node] = []
    ends = bounds(lengths(d, axis, shapes))
    for start, stop in ends:
        found.append(tree.part(g, (*(tree.WHOLE,) * axis, ("range", start, stop, None))))
    return found


def bounds(sizes: Sequence[Node]) -> list[tuple[Node | None, Node | None]]:
    """Where parts of these lengths begin and end, side by side; the first begins and the last ends with the whole."""
    ends = [added(sizes[: at + 1]) for at in range(len(sizes))]
    return [(ends[at - 1] if at else None, ends[at] if at < len(sizes) - 1 else None) for at in range(len(sizes))]


def added(sizes: Sequence[Node]) -> Node:
    """The sum of some lengths, numbers added up."""
    whole = sum(int(size.text) for size in sizes if type(size) is Number)
    others = [size for size in sizes if type(size) is not Number]
    return tree.plus(*others, *([Number(str(whole))] if whole or not others else []))


def back(d: Differential, piece: Node, place: int, shape: Shape, own: Node) -> Node:
    """A piece in the shape of its own array, where it was laid down in another."""
    return piece if len(shape) == len(d.shapes[place]) else tree.reshaped(piece, own)


def joined_gradient(d: Differential, g: Node, arrays: Sequence[Node], shapes: Sequence[Shape], axis: int) -> list[Node]:
    """What arrays take back that were joined along an axis, each laid down in a shape."""
    parts = pieces(d, g, axis, shapes)
    return [
        back(d, part, place, shapes[place], array)
        for place, (part, array) in enumerate(zip(parts, arrays, strict=True))
    ]


def concatenate_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Along the axis each its range."""
    axis = d.params.get("axis", 0)
    if axis is None:
        counts = [tree.apply("count", array) for array in arrays]
        ranges = (tree.part(g, (("range", start, stop, None),)) for start, stop in bounds(counts))
        return [tree.reshaped(part, array) for part, array in zip(ranges, arrays, strict=True)]
    at = integer(axis)
    if at is None:
        raise d.refuse("the axis of this concatenation is not known")
    return joined_gradient(d, g, arrays, d.shapes, at % d.rank)


def stack_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Each its place on the new axis."""
    axis = integer(d.params.get("axis", 0))
    if axis is None:
        raise d.refuse("the axis of this stack is not known")
    at = axis % len(d.shape)
    return [tree.part(g, (*(tree.WHOLE,) * at, place)) for place in range(len(arrays))]


def vstack_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Each its rows."""
    return joined_gradient(
        d, g, arrays, [shape if len(shape) > 1 else (ONE, *(shape or (ONE,))) for shape in d.shapes], 0
    )


def hstack_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Each its columns; of rank 1 its entries."""
    shapes = [shape or (ONE,) for shape in d.shapes]
    return joined_gradient(d, g, arrays, shapes, 0 if len(shapes[0]) == 1 else 1)


def columns_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Each its columns, rank 1 being one."""
    return joined_gradient(d, g, arrays, [as_columns(shape) for shape in d.shapes], 1)


def as_columns(shape: Shape) -> Shape:
    """A shape of rank 2, rank 1 being a column."""
    return shape if len(shape) > 1 else (*(shape or (ONE,)), ONE)


def as_rows(shape: Shape) -> Shape:
    """A shape of rank 2, rank 1 being a row."""
    return shape if len(shape) > 1 else (ONE, *(shape or (ONE,)))


def block_gradient(d: Differential, g: Node, *arrays: Node) -> list[Node]:
    """Each its rows and columns."""
    counts = d.params.get("rows", (len(arrays),))
    shapes = [as_columns(shape) for shape in d.shapes]
    if len(counts) == 1:
        rows = [prune(shape[0]) for shape in shapes]
        beside = not d.mathematics or all(row is rows[0] for row in rows)
        whole = g if len(d.shape) == 2 else tree.apply("expand_dims", g, axis=1)
        return joined_gradient(d, whole, arrays, shapes, 1 if beside else 0)
    whole = g if len(d.shape) == 2 else tree.apply("expand_dims", g, axis=1)
    starts = [sum(counts[:at]) for at in range(len(counts))]
    heights = bounds([_length(d, start, 0, shapes[start]) for start in starts])
    found: list[Node] = []
    for (top, bottom), start, count in zip(heights, starts, counts, strict=True):
        widths = bounds([_length(d, place, 1, shapes[place]) for place in range(start, start + count)])
        for place, (left, right) in enumerate(widths, start):
            part = tree.part(whole, (("range", top, bottom, None), ("range", left, right, None)))
            found.append(back(d, part, place, shapes[place], arrays[place]))
    return found


def repeat_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The sum over the repetitions of each entry."""
    repeats, axis = as_node(d.params.get("repeats")), integer(d.params.get("axis"))
    own = [d.length(0, at) for at in range(d.rank)]
    if axis is None:
        return (tree.reshaped(tree.total(tree.apply("reshape", g, shape=(-1, repeats)), 1, keepdims=False), a),)
    at = axis % d.rank
    shape = (*own[: at + 1], repeats, *own[at + 1 :])
    return (tree.total(tree.apply("reshape", g, shape=shape), at + 1, keepdims=False),)


def tile_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The sum over the copies."""
    reps = d.params.get("reps")
    counts = [as_node(count) for count in (reps if type(reps) is tuple else (reps,))]
    rank = max(d.rank, len(counts))
    counts = [tree.ONE] * (rank - len(counts)) + counts
    own: list[Node] = [tree.ONE] * (rank - d.rank) + [d.length(0, at) for at in range(d.rank)]
    shape = tuple(length for pair in zip(counts, own, strict=True) for length in pair)
    whole = tree.total(tree.apply("reshape", g, shape=shape), tuple(range(0, 2 * rank, 2)), keepdims=False)
    return (whole if rank == d.rank else tree.reshaped(whole, a),)


def as_node(value: object) -> Node:
    """A parameter that stands for a number, as a tree."""
    if isinstance(value, int):
        return Number(str(value))
    if isinstance(value, Dim):
        return Number(value.text) if value is number(value.value or 0) else Name(value.text, value.text, key=value.text)
    return value if isinstance(value, Name | Number | Apply) else tree.ONE
