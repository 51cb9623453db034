"""Arrays made longer or shorter: rows and columns appended, put in and taken out, margins, blocks in nested lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ._axes import dimension, entries, integer, place
from ._gradient import refused
from ._library import of_numpy
from ._op import Op, Params, Result
from ._parts import as_columns, as_rows
from .blocks import grid, runs
from .stacking import Shapes, joined

JOINED = "arrays that are joined by {}"


def append_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Joined along the axis that is named; without one all entries of both in one rank."""
    if params.get("axis") is None:
        one, other = (Var() if shape is None else entries(shape) for shape in shapes)
        return (longer(one, other),)
    axis = integer(params["axis"])
    return None if axis is None else joined(solver, shapes, axis)


def longer(dim: AnyDim, by: AnyDim, times: int = 1) -> AnyDim:
    """A dimension and another, so many times; unknown where one of them is."""
    one, other = prune(dim), prune(by)
    return one + other * number(times) if type(one) is Dim and type(other) is Dim else Var()


def insert_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """As many entries more along the axis as are put in: one at one position, a value for each of several."""
    array, places, values = shapes
    count: AnyDim = Var()
    if places == () and values is not None and array is not None:
        rank = 1 if params.get("axis") is None else len(array)
        count = number(1) if len(values) < rank else values[0] if rank == 1 == len(values) else count
    elif places is not None and len(places) == 1:
        count = places[0]
    return _changed(array, params.get("axis"), count, 1)


def delete_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """One entry less along the axis, where the one at one position is taken out."""
    array, places = shapes
    return _changed(array, params.get("axis"), number(1) if places == () else Var(), -1)


def _changed(shape: Shape | None, axis: Any, count: AnyDim, sign: int) -> Result:
    """The shape with so many entries more or less along an axis; without one, all entries in one rank."""
    if axis is None:
        return (longer(Var() if shape is None else entries(shape), count, sign),)
    where = integer(axis)
    if shape is None or where is None:
        return None
    here = place(where, len(shape))
    if isinstance(here, Clash):
        return here
    return (*shape[:here], longer(shape[here], count, sign), *shape[here + 1 :])


def pad_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Each axis longer by its margins: a pair an axis, one pair, or one number for all of them."""
    shape, widths = shapes[0], params.get("pad_width")
    if shape is None:
        return None
    pairs = _margins(widths, len(shape))
    if pairs is None:
        return None
    if len(pairs) != len(shape):
        return Clash("axis", (0,), (len(pairs) - 1,), (), {"rank": len(shape)})
    return tuple(longer(longer(dim, before), after) for dim, (before, after) in zip(shape, pairs, strict=True))


def _margins(widths: Any, rank: int) -> list[tuple[AnyDim, AnyDim]] | None:
    """What stands before and after each axis; None if that is not known."""
    if type(widths) is not tuple:
        return None if widths is None else [(dimension(widths), dimension(widths))] * rank
    if not any(type(each) is tuple for each in widths):
        pair = _pair(widths)
        return None if pair is None else [pair] * rank
    found = [_pair(each) if type(each) is tuple else None for each in widths]
    pairs = [pair for pair in found if pair is not None]
    if len(pairs) < len(found):
        return None
    return pairs * rank if len(pairs) == 1 else pairs


def _pair(widths: tuple[Any, ...]) -> tuple[AnyDim, AnyDim] | None:
    if len(widths) not in (1, 2) or any(type(width) is tuple for width in widths):
        return None
    return dimension(widths[0]), dimension(widths[-1])


def nested_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """numpy's `block`: each row joined along the last axis, the rows along the one before."""
    counts = params.get("rows", (len(shapes),))
    if any(shape is not None and len(shape) > 2 for shape in shapes):
        return None
    if len(counts) == 1 and all(shape is not None and len(shape) < 2 for shape in shapes):
        filled = tuple(shape or (ONE,) for shape in shapes)
        whole = joined(solver, filled, 0)
        return whole if not params.get("nested") or not isinstance(whole, tuple) else (ONE, *whole)
    items = tuple(shape if shape is None else as_rows(shape) for shape in shapes)
    return grid(solver, items, counts)


def columns_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`np.c_[a, b]`: side by side along the last axis, rank 1 being a column."""
    return joined(solver, tuple(shape if shape is None else as_columns(shape) for shape in shapes), -1)


def rows_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`np.r_[a, b]`: one after the other along the first axis, a number being one entry."""
    return joined(solver, tuple((ONE,) if shape == () else shape for shape in shapes), 0)


def depth_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """One after the other along a third axis."""
    return joined(solver, tuple(shape if shape is None else _deep(shape) for shape in shapes), 2)


def _deep(shape: Shape) -> Shape:
    if len(shape) > 2:
        return shape
    return (*as_rows(shape), ONE)


append = of_numpy(
    "append", append_rule, refusal=JOINED.format("append"), arity=2, parameters=("axis",), kinds=("joining",)
)
insert = Op(
    "insert",
    shape=insert_rule,
    numpy=lambda np, a, places, values, axis=None: np.insert(a, np.asarray(places, dtype=int), values, axis),
    gradient=refused(JOINED.format("insert")),
    calls=("np.insert",),
    arity=3,
    parameters=("axis",),
)
delete = Op(
    "delete",
    shape=delete_rule,
    numpy=lambda np, a, places, axis=None: np.delete(a, np.asarray(places, dtype=int), axis),
    gradient=refused("what is left where entries are taken out"),
    calls=("np.delete",),
    arity=2,
    parameters=("axis",),
)
pad = Op(
    "pad",
    shape=pad_rule,
    numpy=lambda np, a, pad_width, mode="constant", **rest: np.pad(a, pad_width, mode),
    gradient=refused("an array with margins"),
    calls=("np.pad",),
    parameters=("pad_width", "mode", "constant_values"),
)


def _nested(np: Any, *arrays: Any, rows: Sequence[int], nested: bool = True) -> Any:
    lines = [[arrays[place] for place in places] for places in runs(rows)]
    return np.block(lines if nested else lines[0])


nested_block = Op(
    "nested_block",
    shape=nested_rule,
    numpy=_nested,
    gradient=refused(JOINED.format("block")),
    calls=("np.block",),
    arity=None,
    parameters=("rows", "nested"),
    kinds=("joining",),
)
columns = Op(
    "c_",
    shape=columns_rule,
    numpy=lambda np, *arrays: np.c_[arrays],
    gradient=refused(JOINED.format("c_")),
    calls=("np.c_",),
    arity=None,
    kinds=("joining",),
)
rows = Op(
    "r_",
    shape=rows_rule,
    numpy=lambda np, *arrays: np.r_[arrays],
    gradient=refused(JOINED.format("r_")),
    calls=("np.r_",),
    arity=None,
    kinds=("joining",),
)
dstack = Op(
    "dstack",
    shape=depth_rule,
    numpy=lambda np, *arrays: np.dstack(arrays),
    gradient=refused(JOINED.format("dstack")),
    calls=("np.dstack", "torch.dstack"),
    arity=None,
    kinds=("joining",),
)
