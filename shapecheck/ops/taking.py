"""Entries taken by their places, and what is found of places: `take`, `bincount`, `searchsorted`, `nonzero`."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape, Var, number, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Number
from . import _nodes as tree
from ._axes import integer, place
from ._gradient import refused
from ._library import of_numpy
from ._op import Op, Params, Result

Shapes = tuple[Shape | None, ...]
TAKEN = "entries that are taken by their places"
COUNTED = "whole numbers"


def take_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The shape of the places stands where the axis was; without an axis it is all that is left."""
    array, places = shapes
    if params.get("axis") is None:
        return places
    axis = integer(params["axis"])
    if array is None or places is None or axis is None:
        return None
    here = place(axis, len(array))
    return here if isinstance(here, Clash) else (*array[:here], *places, *array[here + 1 :])


def take_along_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """As many entries along the axis as there are places; the other axes broadcast."""
    array, places, axis = *shapes, integer(params.get("axis"))
    if array is None or places is None or axis is None:
        return None
    if len(array) != len(places):
        return Clash("rank", (1,), (), (), {"needs": len(array)})
    here = place(axis, len(array))
    if isinstance(here, Clash):
        return here
    rest = tuple((*shape[:here], *shape[here + 1 :]) for shape in (array, places))
    both = solver.broadcast_shapes(rest)
    return None if isinstance(both, Clash) else (*both[:here], places[here], *both[here:])


def gathered_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """torch's `gather`: the shape of the places, which have as many axes as the array."""
    array, places, axis = *shapes, integer(params.get("along"))
    if array is None or places is None or axis is None:
        return None
    here = place(axis, len(array))
    if isinstance(here, Clash):
        return here
    return places if len(array) == len(places) else Clash("rank", (1,), (), (), {"needs": len(array)})


def counts_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """Rank 1, as long as the largest place asks for."""
    return (Var(),)


def of_second_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The shape of what is looked for."""
    return shapes[1]


def of_first_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The shape of what is looked up."""
    return shapes[0]


def where_true_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`nonzero`: rank 1 for each axis; `part` says which is meant."""
    part = params.get("part")
    return (Var(),) if isinstance(part, int) else None


def places_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`argwhere`: a row for each entry, with its place along each axis."""
    array = shapes[0]
    return None if array is None else (Var(), number(len(array)))


def different_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`unique`: as many as differ; with counts or places no single array."""
    return None if params.keys() - {"axis", "sorted"} or params.get("axis") is not None else (Var(),)


def convolved_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """As long as both and one less, as the longer one, or as far as they overlap wholly."""
    left, right = shapes
    if left is None or right is None:
        return None
    for position, shape in enumerate((left, right)):
        if len(shape) > 1:
            return Clash("rank", (position,), (), (), {"needs": 1})
    mode = params.get("mode", "full")
    if mode != "full" or not left or not right:
        return (Var(),)
    one, other = prune(left[0]), prune(right[0])
    known = not isinstance(one, Var) and not isinstance(other, Var)
    return (one + other - number(1),) if known else (Var(),)  # type: ignore[operator]


def _whole(np: Any, places: Any) -> Any:
    return np.asarray(places, dtype=int)


take = Op(
    "take",
    shape=take_rule,
    numpy=lambda np, a, places, axis=None, **rest: np.take(a, _whole(np, places), axis, mode="clip"),
    gradient=refused(TAKEN),
    calls=("np.take",),
    arity=2,
    parameters=("axis", "out", "mode"),
)
take_along_axis = Op(
    "take_along_axis",
    shape=take_along_rule,
    numpy=lambda np, a, places, axis: np.take_along_axis(a, _whole(np, places) * 0, axis),
    gradient=refused(TAKEN),
    calls=("np.take_along_axis",),
    arity=2,
    parameters=("axis",),
)
gather = Op(
    "gather",
    shape=gathered_rule,
    numpy=lambda np, a, places, along: np.take_along_axis(a, _whole(np, places) * 0, along),
    gradient=refused(TAKEN),
    calls=("torch.gather",),
    methods=("gather",),
    arity=2,
    parameters=("along",),
)
index_select = Op(
    "index_select",
    shape=lambda solver, shapes, params: take_rule(solver, shapes, {"axis": params.get("along")}),
    numpy=lambda np, a, places, along: np.take(a, _whole(np, places), along, mode="clip"),
    gradient=refused(TAKEN),
    calls=("torch.index_select",),
    methods=("index_select",),
    arity=2,
    parameters=("along",),
)
masked_fill = Op(
    "masked_fill",
    "(),()->()",
    numpy=lambda np, a, mask, value=0: np.where(mask, value, a),
    gradient=lambda d, g, a, mask: (tree.times(g, tree.minus(Number("1"), mask)), None),
    calls=("torch.masked_fill",),
    methods=("masked_fill", "masked_fill_"),
    arity=2,
    parameters=("value",),
)
bincount = Op(
    "bincount",
    shape=counts_rule,
    constant=COUNTED,
    calls=("np.bincount", "torch.bincount"),
    parameters=("weights", "minlength"),
)
searchsorted = Op(
    "searchsorted",
    shape=of_second_rule,
    numpy=lambda np, a, v, **rest: np.searchsorted(a, v),
    constant=COUNTED,
    calls=("np.searchsorted", "torch.searchsorted"),
    arity=2,
    parameters=("side", "sorter"),
)
digitize = Op(
    "digitize",
    shape=of_first_rule,
    numpy=lambda np, x, bins, **rest: np.digitize(x, np.sort(bins)),
    constant=COUNTED,
    calls=("np.digitize",),
    arity=2,
    parameters=("right",),
)
interp = Op(
    "interp",
    shape=of_first_rule,
    numpy=lambda np, x, xp, fp, **rest: np.interp(x, xp, fp),
    gradient=refused("what is read off between points"),
    calls=("np.interp",),
    arity=3,
    parameters=("left", "right"),
)
polyval = of_numpy("polyval", of_second_rule, refusal="a polynomial by its coefficients", arity=2)
nonzero = Op(
    "nonzero",
    shape=where_true_rule,
    constant=COUNTED,
    calls=("np.nonzero",),
    parameters=("part",),
)
argwhere = Op("argwhere", shape=places_rule, constant=COUNTED, calls=("np.argwhere", "torch.argwhere"))
unique = Op(
    "unique",
    shape=different_rule,
    gradient=refused("entries without those that stand twice"),
    calls=("np.unique",),
    parameters=("return_index", "return_inverse", "return_counts", "axis", "sorted"),
)
convolve = of_numpy("convolve", convolved_rule, refusal="a convolution", arity=2, parameters=("mode",))
