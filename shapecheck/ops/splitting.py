"""Arrays taken apart into several, of which `part` says which is meant: `np.split`, torch's `chunk`, `meshgrid`."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ._axes import dimension, integer, place
from ._gradient import refused
from ._op import Op, Params, Result, ShapeRule

Shapes = tuple[Shape | None, ...]
PARTS = "a part of an array that is split"


def _split_rule(length_of: Any, axis_of: Any) -> ShapeRule:
    """The array with another length along an axis: that of the part which is meant."""

    def rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
        shape, part = shapes[0], params.get("part")
        axis = integer(axis_of(shape or (), params))
        if shape is None or type(part) is not int or axis is None:
            return None
        here = place(axis, len(shape))
        if isinstance(here, Clash):
            return here
        return (*shape[:here], length_of(prune(shape[here]), params.get("sections"), part), *shape[here + 1 :])

    return rule


def _equal(length: AnyDim, sections: Any, part: int) -> AnyDim:
    """The length of one of several equal parts, or of the part between two of the given places."""
    if type(sections) is not tuple:
        return _share(length, dimension(sections))
    ends = [number(0), *map(dimension, sections), length]
    at = part % (len(ends) - 1)
    start, stop = prune(ends[at]), prune(ends[at + 1])
    return stop - start if type(start) is Dim and type(stop) is Dim else Var()


def _share(length: AnyDim, count: AnyDim) -> AnyDim:
    """A length divided by a number that divides it; unknown where it need not."""
    count = prune(count)
    if type(length) is not Dim or type(count) is not Dim or not count.terms:
        return Var()
    share = length // count
    return share if share * count is length else Var()


def _sized(length: AnyDim, sections: Any, part: int) -> AnyDim:
    """torch's `split`: a size for each part, or one for all if the parts fill the axis."""
    if type(sections) is tuple:
        return dimension(sections[part]) if -len(sections) <= part < len(sections) else Var()
    size = prune(dimension(sections))
    whole = type(length) is Dim and type(size) is Dim and size.terms and (length // size) * size is length
    return size if whole else Var()


def _axis(shape: Shape, params: Params) -> Any:
    return params.get("axis", 0)


def grid_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A rank for each vector, the first two exchanged unless `indexing='ij'`."""
    if type(params.get("part")) is not int or params.get("sparse") or None in shapes:
        return None
    dims = [shape[0] if shape else ONE for shape in shapes if shape is not None]
    if any(shape is not None and len(shape) > 1 for shape in shapes):
        return None
    turned = [dims[1], dims[0], *dims[2:]] if len(dims) > 1 else dims
    return tuple(dims if params.get("indexing", "xy") == "ij" else turned)


def _grid_of_torch(solver: Solver, shapes: Shapes, params: Params) -> Result:
    return grid_rule(solver, shapes, {"indexing": "ij", **params})


def _grid(np: Any, *arrays: Any, indexing: str = "xy", part: int = 0, **rest: Any) -> Any:
    return np.meshgrid(*arrays, indexing=indexing)[part]


def _ends(np: Any, sections: Any, axis: int, a: Any) -> list[int]:
    """Where parts of these sizes end."""
    sizes = sections if type(sections) is tuple else (sections,) * (np.shape(a)[axis] // sections)
    return [sum(sizes[: place + 1]) for place in range(len(sizes) - 1)]


def _splitter(name: str, length_of: Any, axis_of: Any, *calls: str, methods: tuple[str, ...] = ()) -> Op:
    def parts(np: Any, a: Any, sections: Any, part: int = 0, **params: Any) -> Any:
        axis = axis_of(np.shape(a), params)
        return np.split(a, _ends(np, sections, axis, a) if length_of is _sized else sections, axis)[part]

    return Op(
        name,
        shape=_split_rule(length_of, axis_of),
        numpy=parts,
        gradient=refused(PARTS),
        calls=calls,
        methods=methods,
        parameters=("sections", "axis", "part"),
    )


split = _splitter("split", _equal, _axis, "np.split", "np.array_split")
hsplit = _splitter("hsplit", _equal, lambda shape, params: int(len(shape) > 1), "np.hsplit")
vsplit = _splitter("vsplit", _equal, lambda shape, params: 0, "np.vsplit")
chunk = _splitter("chunk", _equal, _axis, "torch.chunk", methods=("chunk",))
sized_split = _splitter("sized_split", _sized, _axis, "torch.split", methods=("split",))
meshgrid = Op(
    "meshgrid",
    shape=grid_rule,
    numpy=_grid,
    gradient=refused("the coordinates of a grid"),
    calls=("np.meshgrid",),
    arity=None,
    parameters=("indexing", "sparse", "copy", "part"),
)
grid_of_torch = Op(
    "grid_of_torch",
    shape=_grid_of_torch,
    numpy=lambda np, *arrays, part=0, **rest: _grid(np, *arrays, indexing="ij", part=part),
    gradient=refused("the coordinates of a grid"),
    calls=("torch.meshgrid",),
    arity=None,
    parameters=("indexing", "part"),
)
