"""Arrays put together: concatenation, stacks, repetition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ._axes import dimension, entries, integer, place
from ._forms import is_matrix
from ._op import Op, Params, Result
from ._parts import (
    as_columns,
    as_rows,
    columns_gradient,
    concatenate_gradient,
    hstack_gradient,
    repeat_gradient,
    stack_gradient,
    tile_gradient,
    vstack_gradient,
)

Shapes = tuple[Shape | None, ...]


def joined(solver: Solver, shapes: Shapes, axis: int, places: Sequence[int] | None = None) -> Result:
    """The shapes joined along an axis, all others being equal; known neighbours are checked though one is unknown.

    `places` says where the shapes stand among the arguments of the operation.
    """
    places = places or range(len(shapes))
    known = [(place, shape) for place, shape in zip(places, shapes, strict=True) if shape is not None]
    if not known:
        return None
    (first_place, first), *others = known
    if not first:
        return Clash("rank", (first_place,), (), (), {"needs": 1})
    along = place(axis, len(first))
    if isinstance(along, Clash):
        return along._replace(arguments=(first_place,))
    for position, shape in others:
        clash = _differ(solver, (first_place, position), (first, shape), along)
        if clash is not None:
            return clash
    if len(known) < len(shapes):
        return None
    length = _sum([shape[along] for _, shape in known])
    return (*first[:along], length, *first[along + 1 :])


def _differ(solver: Solver, places: tuple[int, int], shapes: tuple[Shape, Shape], along: int) -> Clash | None:
    first, second = shapes
    if len(first) != len(second):
        return Clash("blocks", places, (), (), {"ranks": (len(first), len(second))})
    for axis, (one, other) in enumerate(zip(first, second, strict=True)):
        if axis != along and not solver.unify(one, other):
            return Clash("blocks", places, (axis, axis), (prune(one), prune(other)), {"along": along})
    return None


def _sum(dims: Sequence[AnyDim]) -> AnyDim:
    total = number(0)
    for dim in map(prune, dims):
        if type(dim) is not Dim:
            return dim if len(dims) == 1 else Var()
        total = total + dim
    return total


def concatenate_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Along `axis`, 0 if none is given; with `axis=None` all entries in one rank."""
    axis = params.get("axis", 0)
    if axis is None:
        return (_sum([Var() if shape is None else entries(shape) for shape in shapes]),)
    value = integer(axis)
    return None if value is None else joined(solver, shapes, value)


def stack_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Equal shapes along a new axis."""
    axis = integer(params.get("axis", 0))
    known = [(position, shape) for position, shape in enumerate(shapes) if shape is not None]
    if not known or axis is None:
        return None
    (first_place, first), *others = known
    for position, shape in others:
        clash = _differ(solver, (first_place, position), (first, shape), -1)
        if clash is not None:
            return clash
    here = place(axis, len(first) + 1)
    return here if isinstance(here, Clash) else (*first[:here], number(len(shapes)), *first[here:])


def vstack_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Below one another, rank 1 being a row."""
    return joined(solver, tuple(shape if shape is None else as_rows(shape) for shape in shapes), 0)


def hstack_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Side by side; rank 1 end to end."""
    filled = tuple((ONE,) if shape == () else shape for shape in shapes)
    first = next((shape for shape in filled if shape is not None), None)
    return None if first is None else joined(solver, filled, 0 if len(first) == 1 else 1)


def column_stack_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Side by side, rank 1 being a column."""
    return joined(solver, tuple(shape if shape is None else as_columns(shape) for shape in shapes), 1)


def repeat_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Each entry `repeats` times along an axis, of the flattened array where none is given."""
    shape, axis, repeats = shapes[0], params.get("axis"), params.get("repeats")
    if axis is None:
        return (_times(Var() if shape is None else entries(shape), repeats),)
    value = integer(axis)
    if shape is None or value is None:
        return None
    here = place(value, len(shape))
    if isinstance(here, Clash):
        return here
    return (*shape[:here], _times(shape[here], repeats), *shape[here + 1 :])


def tile_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The array repeated along each of its axes, counted from the last."""
    shape, reps = shapes[0], params.get("reps")
    if shape is None:
        return None
    counts = reps if type(reps) is tuple else (reps,)
    rank = max(len(shape), len(counts))
    dims = (ONE,) * (rank - len(shape)) + shape
    return tuple(map(_times, dims, (1,) * (rank - len(counts)) + counts))


def _times(dim: AnyDim, repeats: Any) -> AnyDim:
    dim, by = prune(dim), prune(dimension(repeats))
    return dim * by if type(dim) is Dim and type(by) is Dim else Var()


def matrices_of(sp: Any, items: tuple[Any, ...]) -> list[Any]:
    """The items with each scalar as a matrix of one entry."""
    return [item if is_matrix(item) else item * sp.OneMatrix(1, 1) for item in items]


def beside(sp: Any, *items: Any) -> Any:
    """A row of matrices as one."""
    return sp.BlockMatrix([matrices_of(sp, items)])


def below(sp: Any, *items: Any) -> Any:
    """A column of matrices as one."""
    return sp.BlockMatrix([[item] for item in matrices_of(sp, items)])


concatenate = Op(
    "concatenate",
    shape=concatenate_rule,
    numpy=lambda np, *arrays, axis=0: np.concatenate(arrays, axis=axis),
    sympy=lambda sp, *items, axis=0: (beside if axis == 1 else below)(sp, *items),
    gradient=concatenate_gradient,
    calls=("concatenate", "concat", "cat"),
    arity=None,
    parameters=("axis",),
    kinds=("joining",),
)
stack = Op(
    "stack",
    shape=stack_rule,
    numpy=lambda np, *arrays, axis=0: np.stack(arrays, axis=axis),
    gradient=stack_gradient,
    calls=("stack",),
    arity=None,
    parameters=("axis",),
    kinds=("joining",),
    named={"latex": ""},
)
vstack = Op(
    "vstack",
    shape=vstack_rule,
    numpy=lambda np, *arrays: np.vstack(arrays),
    sympy=below,
    gradient=vstack_gradient,
    calls=("vstack", "row_stack"),
    arity=None,
    kinds=("joining",),
)
hstack = Op(
    "hstack",
    shape=hstack_rule,
    numpy=lambda np, *arrays: np.hstack(arrays),
    sympy=beside,
    gradient=hstack_gradient,
    calls=("hstack",),
    arity=None,
    kinds=("joining",),
)
column_stack = Op(
    "column_stack",
    shape=column_stack_rule,
    numpy=lambda np, *arrays: np.column_stack(arrays),
    sympy=beside,
    gradient=columns_gradient,
    calls=("column_stack",),
    arity=None,
    kinds=("joining",),
)
repeat = Op(
    "repeat",
    shape=repeat_rule,
    numpy=lambda np, a, repeats, axis=None: np.repeat(a, repeats, axis),
    gradient=repeat_gradient,
    names=("repeat",),
    parameters=("repeats", "axis"),
)
tile = Op(
    "tile",
    shape=tile_rule,
    numpy=lambda np, a, reps: np.tile(a, reps),
    gradient=tile_gradient,
    names=("tile",),
    parameters=("reps",),
)
