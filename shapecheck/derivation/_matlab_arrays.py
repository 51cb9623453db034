"""Arrays that MATLAB makes, gives another shape, repeats and joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..ops._nodes import minus
from ..ops.blocks import lies_below
from ..shapes.dims import ONE as UNIT
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Apply, Node, Number
from ._code import ONE, called, dimension, sized
from ._matlab_axes import (
    EMPTY,
    aligned,
    along,
    along_rows,
    axes_of,
    column,
    expanded,
    no_stack,
    permuted,
    rank,
    transposed,
    turned,
    without,
)
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten


def _sizes(params: Params) -> tuple[Any, ...]:
    shape = params.get("shape", params.get("size", ())) or ()
    return shape if isinstance(shape, tuple) else (shape,)


def _filled(name: str) -> Form:
    """`zeros(n, m)`; an array of rank 1 is a column."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        sizes = _sizes(params)
        return called(name, *map(sized, sizes), *([ONE] if len(sizes) < 2 else []))

    return form


def _full(args: Nodes, params: Params, shapes: Shapes) -> Node:
    ones, value = _filled("ones")(args, params, shapes), params.get("fill_value", 1)
    return ones if value == 1 else Apply("hadamard", (sized(value), ones))


def _identity(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("eye", *(sized(each) for each in (params.get("n"), params.get("m")) if each is not None))


def _spread(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """An array that is spread over a shape: it is added to zeros."""
    whole = (UNIT,) * len(_sizes(params))
    array, zeros = aligned((args[0], _filled("zeros")(args, params, shapes)), (shapes[0], whole))
    return Apply("add", (array, zeros))


def _spaced(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return transposed(called("linspace", *(sized(params[part]) for part in ("start", "stop", "num"))))


def _counted(args: Nodes, params: Params, shapes: Shapes) -> Node:
    start, stop = (sized(params[end]) if params.get(end) is not None else None for end in ("first", "last"))
    if params.get("step", 1) != 1 or start is None:
        raise Unwritten("a range with a step cannot be written in one line of MATLAB")
    if stop is None:
        return transposed(called("linspace", Number("0"), minus(start, ONE), start))
    return transposed(called("linspace", start, minus(stop, ONE), minus(stop, start)))


def _repeated(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Each entry several times: a Kronecker product with ones."""
    no_stack(shapes, "repeating the entries of")
    axes, times = axes_of(params, shapes[0]), sized(params["repeats"])
    array = along_rows(args[0], shapes[0]) if axes is None else args[0]
    return called("kron", array, called("ones", *((ONE, times) if axes == (1,) else (times, ONE))))


def _tiled(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The whole array several times: a Kronecker product of ones with it."""
    reps = params["reps"] if isinstance(params["reps"], tuple) else (params["reps"],)
    if max(len(reps), rank(shapes[0])) > 2:
        raise Unwritten("repeating along more than two axes cannot be written in MATLAB")
    array = transposed(args[0]) if rank(shapes[0]) == 1 < len(reps) else args[0]
    down = reps if len(reps) == 2 else (1, *reps) if rank(shapes[0]) == 2 else (*reps, 1)
    return called("kron", called("ones", *map(sized, down)), array)


def _reshaped(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """MATLAB counts down the columns: what goes along the rows is turned before and afterwards."""
    return _as_sizes(args[0], shapes[0], _sizes(params))


def _as_sizes(array: Node, shape: Shape | None, sizes: tuple[Any, ...]) -> Node:
    if any(isinstance(each, Apply) and each.sign == "size" for each in sizes):
        raise Unwritten("the shape of another array cannot be written in one line of MATLAB")
    array = turned(array, rank(shape))
    if not sizes:
        return called("reshape", array, ONE, ONE)
    given = [EMPTY if _is_open(each) else sized(each) for each in reversed(sizes)]
    return turned(called("reshape", array, *given, *((ONE,) if len(given) < 2 else ())), len(sizes))


def _is_open(value: Any) -> bool:
    return value == -1 or (isinstance(value, Apply) and value.op == "neg")


def _reshaped_like(args: Nodes, params: Params, shapes: Shapes) -> Node:
    other = shapes[1]
    if other is None:
        raise Unwritten("an unknown shape cannot be written in MATLAB")
    return _as_sizes(args[0], shapes[0], tuple(_length(prune(dim)) for dim in other))


def _length(dim: Any) -> Any:
    if not isinstance(dim, Dim):
        raise Unwritten("an unknown length cannot be written in MATLAB")
    return dimension(dim)


def _expanded(args: Nodes, params: Params, shapes: Shapes) -> Node:
    axis = params.get("axis", 0)
    new = axis if isinstance(axis, tuple) else (axis,)
    return expanded(args[0], rank(shapes[0]), [each % (rank(shapes[0]) + len(new)) for each in new])


def _squeezed(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Without its axes of length 1, which go to the end."""
    axes = axes_of(params, shapes[0])
    lengths = [prune(dim) for dim in shapes[0] or ()]
    alone = [axis for axis, dim in enumerate(lengths) if isinstance(dim, Dim) and dim.value == 1]
    return without(args[0], tuple(alone) if axes is None else axes, {}, shapes[0])


def _exchanged(args: Nodes, params: Params, shapes: Shapes) -> Node:
    order = list(range(rank(shapes[0])))
    one, other = (params[name] for name in ("axis1", "axis2"))
    order[one], order[other] = order[other], order[one]
    return permuted(args[0], order)


def _transposed(args: Nodes, params: Params, shapes: Shapes) -> Node:
    axes, count = params.get("axes"), rank(shapes[0])
    if axes is None:
        return turned(args[0], count)
    return permuted(args[0], [axis % count for axis in axes])


def _dimension(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("size", args[0], along(axes_of({"axis": params.get("axis", 0)}, shapes[0])))


def _joined(args: Nodes, shapes: Shapes, axis: int) -> Node:
    """`[A; B]` below one another, `[A, B]` side by side."""
    no_stack(shapes, "joining")
    return Apply("block", args, {"rows": (len(args),) if axis else (1,) * len(args)})


def _rows_of(args: Nodes, shapes: Shapes) -> Nodes:
    """Matrices, and vectors as rows."""
    return tuple(transposed(arg) if rank(shape) == 1 else arg for arg, shape in zip(args, shapes, strict=True))


def _concatenated(args: Nodes, params: Params, shapes: Shapes) -> Node:
    axis = params.get("axis", 0)
    if axis is None:
        return _joined(tuple(map(along_rows, args, shapes)), ((),), 0)
    return _joined(args, shapes, axis % max(rank(shapes[0]), 1))


def _below(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return _joined(_rows_of(args, shapes), shapes, 0)


def _beside(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Side by side; vectors and numbers go below one another."""
    return _joined(args, shapes, int(max(map(rank, shapes)) > 1))


def _stacked(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if rank(shapes[0]) > 1:
        raise Unwritten("matrices stacked along a new axis cannot be written with MATLAB's brackets")
    if params.get("axis", 0) % (rank(shapes[0]) + 1):
        return _joined(args, shapes, 1)
    return _below(args, params, shapes)


def _blocks(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Blocks as they are; a single row of them may be meant downward."""
    rows = params.get("rows", (len(args),))
    sizes = [(*map(prune, shape), UNIT, UNIT)[:2] for shape in shapes if shape is not None]
    if len(rows) == 1 and len(sizes) == len(args) and lies_below(*zip(*sizes, strict=True)):
        rows = (1,) * len(args)
    return Apply("block", args, {"rows": rows})


ARRAYS: Mapping[str, Form] = {
    "random": _filled("randn"),
    "random_between": _filled("randn"),
    "random_sized": _filled("rand"),
    "zeros": _filled("zeros"),
    "ones": _filled("ones"),
    "full": _full,
    "eye": _identity,
    "broadcast_to": _spread,
    "linspace": _spaced,
    "arange": _counted,
    "repeat": _repeated,
    "tile": _tiled,
    "reshape": _reshaped,
    "reshape_like": _reshaped_like,
    "vec": lambda args, params, shapes: column(args[0]),
    "ravel": lambda args, params, shapes: along_rows(args[0], shapes[0]),
    "expand_dims": _expanded,
    "squeeze": _squeezed,
    "swapaxes": _exchanged,
    "transpose": _transposed,
    "permute": _transposed,
    **dict.fromkeys(("dimension", "extent"), _dimension),
    "concatenate": _concatenated,
    "vstack": _below,
    "hstack": _beside,
    "column_stack": lambda args, params, shapes: _joined(args, shapes, 1),
    "stack": _stacked,
    "block": _blocks,
}
