"""Axes dropped, added, exchanged or put in another order."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, Var, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._axes import integer, place, places
from ._gradient import Differential
from ._library import of_numpy
from ._op import Op, Params, Result, ShapeRule


def squeeze_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Without the axes of length 1, or without the axis that is named, which must be of length 1."""
    shape, axis = shapes[0], params.get("axis")
    if shape is None:
        return None
    if axis is None:
        known = tuple(map(prune, shape))
        unsure = any(type(dim) is Var and not dim.eager for dim in known)
        return None if unsure else tuple(dim for dim in known if dim is not ONE)
    axes = places(axis, len(shape))
    if axes is None or isinstance(axes, Clash):
        return axes
    for here in axes:
        if not solver.unify(shape[here], ONE):
            length = prune(shape[here])
            return Clash("axis", (0,), (here,), (length,), {"rank": len(shape), "length": length})
    return tuple(dim for here, dim in enumerate(shape) if here not in axes)


def expand_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """With a new axis of length 1, its place counted in the result."""
    shape, axis = shapes[0], params.get("axis")
    if shape is None:
        return None
    count = len(axis) if type(axis) is tuple else 1
    axes = places(axis, len(shape) + count)
    if axes is None or isinstance(axes, Clash):
        return axes
    rest = iter(shape)
    return tuple(ONE if here in axes else next(rest) for here in range(len(shape) + count))


def permuted(shape: Shape, axes: Any) -> Result:
    """The axes in another order.

    Two axes of an array that has more are exchanged, as torch's `transpose` does; `(0, 1)` of a matrix, which does
    nothing in numpy and transposes in torch, is unknown.
    """
    rank = len(shape)
    named = axes if type(axes) is tuple else (axes,)
    order = tuple(axis for axis in map(integer, named) if axis is not None)
    if len(order) < len(named):
        return None
    for axis in order:
        here = place(axis, rank)
        if isinstance(here, Clash):
            return here
    found = tuple(axis % rank for axis in order)
    if len(found) == 2 and rank > 2:
        return _exchanged(shape, *found)
    if len(set(found)) != rank or len(found) != rank:
        return Clash("axis", (0,), order[-1:], (), {"rank": rank, "axes": order})
    return None if rank == 2 and found == (0, 1) else tuple(shape[axis] for axis in found)


def permute_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The axes in the order of `axes`."""
    shape, axes = shapes[0], params.get("axes")
    if shape is None or type(axes) is not tuple:
        return None
    if len(axes) == 2 == len(shape) and tuple(map(integer, axes)) == (0, 1):
        return shape
    if len(axes) != len(shape):
        return Clash("axis", (0,), (len(axes) - 1,), (), {"rank": len(shape), "axes": axes})
    return permuted(shape, axes)


def swap_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Two axes exchanged."""
    shape, one, other = shapes[0], integer(params.get("axis1")), integer(params.get("axis2"))
    if shape is None or one is None or other is None:
        return None
    here, there = place(one, len(shape)), place(other, len(shape))
    if isinstance(here, Clash):
        return here
    if isinstance(there, Clash):
        return there
    return _exchanged(shape, here, there)


def least_rule(least: int) -> ShapeRule:
    """The shape with axes of length 1 in front until it has so many."""

    def rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
        shape = shapes[0]
        return None if shape is None else ((ONE,) * (least - len(shape)) + shape)

    return rule


def move_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Axes put in other places, the others staying in order."""
    shape = shapes[0]
    if shape is None:
        return None
    source = places(params.get("source"), len(shape))
    destination = places(params.get("destination"), len(shape))
    if source is None or isinstance(source, Clash):
        return source
    if destination is None or isinstance(destination, Clash):
        return destination
    if len(source) != len(destination):
        return None
    order = [axis for axis in range(len(shape)) if axis not in source]
    for there, axis in sorted(zip(destination, source, strict=True)):
        order.insert(there, axis)
    return tuple(shape[axis] for axis in order)


def _exchanged(shape: Shape, one: int, other: int) -> Shape:
    dims = list(shape)
    dims[one], dims[other] = dims[other], dims[one]
    return tuple(dims)


def transposed_array(np: Any, a: Any, axes: Any = None) -> Any:
    """The axes reversed or in that order; two axes of more are exchanged."""
    exchanged = type(axes) is tuple and len(axes) == 2 < np.ndim(a)
    return np.swapaxes(a, *axes) if exchanged else np.transpose(a, axes)


def transpose_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The axes put back."""
    axes = d.params.get("axes")
    if axes is None:
        return (tree.transpose(g),)
    order = [integer(axis) for axis in axes] if type(axes) is tuple else [None]
    if None in order:
        raise d.refuse("the order of the axes is not known")
    if len(order) == 2 < d.rank:
        return (tree.apply("swapaxes", g, axis1=order[0], axis2=order[1]),)
    found = [axis % d.rank for axis in order if axis is not None]
    if found == list(range(d.rank)):
        return (g,)
    if d.rank == 2:
        return (tree.transpose(g),)
    return (tree.apply("transpose", g, axes=tuple(found.index(axis) for axis in range(d.rank))),)


def shaped_back(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The shape as it was."""
    return (tree.reshaped(g, a),)


def _exchanged_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    return (tree.apply("swapaxes", g, **d.params),)


squeeze = Op(
    "squeeze",
    shape=squeeze_rule,
    numpy=lambda np, a, axis=None: np.squeeze(a, axis),
    gradient=shaped_back,
    names=("squeeze",),
    parameters=("axis",),
    kinds=("layout",),
)
expand_dims = Op(
    "expand_dims",
    shape=expand_rule,
    numpy=lambda np, a, axis: np.expand_dims(a, axis),
    gradient=shaped_back,
    calls=("expand_dims", "unsqueeze"),
    methods=("unsqueeze",),
    parameters=("axis",),
    kinds=("layout",),
    named={"latex": ""},
)
permute = Op(
    "permute",
    shape=permute_rule,
    numpy=transposed_array,
    sympy=lambda sp, a, axes: a if tuple(axes) == (0, 1) else a.T,
    gradient=transpose_gradient,
    names=("permute",),
    parameters=("axes",),
    kinds=("layout",),
    named={"python": "np.transpose"},
)
swapaxes = Op(
    "swapaxes",
    shape=swap_rule,
    numpy=lambda np, a, axis1, axis2: np.swapaxes(a, axis1, axis2),
    sympy=lambda sp, a, axis1, axis2: a if (axis1 - axis2) % 2 == 0 else a.T,
    gradient=_exchanged_gradient,
    names=("swapaxes",),
    parameters=("axis1", "axis2"),
    kinds=("layout",),
)
moveaxis = Op(
    "moveaxis",
    shape=move_rule,
    numpy=lambda np, a, source, destination: np.moveaxis(a, source, destination),
    gradient=lambda d, g, a: (
        tree.apply("moveaxis", g, source=d.params["destination"], destination=d.params["source"]),
    ),
    calls=("np.moveaxis", "torch.moveaxis", "torch.movedim"),
    methods=("movedim",),
    parameters=("source", "destination"),
)
atleast_1d = of_numpy("atleast_1d", least_rule(1), "torch.atleast_1d", gradient=shaped_back)
atleast_2d = of_numpy("atleast_2d", least_rule(2), "torch.atleast_2d", gradient=shaped_back)
