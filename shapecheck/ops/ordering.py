"""Entries in another order along their axes: sorted, rolled, flipped, turned; products that accumulate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ._axes import entries, integer, places
from ._gradient import refused
from ._op import Op, Params, Result, ShapeRule
from .reductions import accumulated

PLACES = "a place, a whole number"


def kept(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape as it was; an axis that is named must be one of the array's."""
    shape, axis = shapes[0], params.get("axis")
    if shape is None or axis is None:
        return shape
    found = places(axis, len(shape))
    return found if isinstance(found, Clash) else shape


def sorted_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Along the last axis or the one that is named; with `axis=None` all entries in one rank."""
    shape = shapes[0]
    if shape is not None and "axis" in params and params["axis"] is None:
        return (entries(shape),)
    return kept(solver, shapes, {"axis": -1, **params})


def _with_axes(least: int) -> ShapeRule:
    """The shape as it was, of an array that has so many axes at least."""

    def rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
        shape = shapes[0]
        return shape if shape is None or len(shape) >= least else Clash("rank", (0,), (), (), {"needs": least})

    return rule


def quarter_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The first two axes exchanged by each quarter of a turn."""
    shape, turns = shapes[0], integer(params.get("k", 1))
    if shape is None or turns is None or "axes" in params:
        return None
    if len(shape) < 2:
        return Clash("rank", (0,), (), (), {"needs": 2})
    return (shape[1], shape[0], *shape[2:]) if turns % 2 else shape


def _form(name: str) -> Callable[..., Any]:
    return lambda np, a, *args, **params: getattr(np, name)(a, *args, **params)


_SORTED = ("axis", "kind", "order", "stable", "descending")
_PARTED = ("kth", "axis", "kind", "order")

sort = Op(
    "sort",
    shape=sorted_rule,
    numpy=_form("sort"),
    gradient=refused("entries in order"),
    calls=("np.sort",),
    parameters=_SORTED,
)
argsort = Op(
    "argsort",
    shape=sorted_rule,
    numpy=_form("argsort"),
    constant=PLACES,
    calls=("np.argsort", "torch.argsort"),
    methods=("argsort",),
    parameters=_SORTED,
)
partition = Op(
    "partition",
    shape=sorted_rule,
    numpy=_form("partition"),
    gradient=refused("entries in order"),
    calls=("np.partition",),
    parameters=_PARTED,
)
argpartition = Op(
    "argpartition",
    shape=sorted_rule,
    numpy=_form("argpartition"),
    constant=PLACES,
    calls=("np.argpartition",),
    methods=("argpartition",),
    parameters=_PARTED,
)
roll = Op(
    "roll",
    shape=kept,
    numpy=_form("roll"),
    gradient=refused("entries rolled along an axis"),
    calls=("np.roll",),
    parameters=("shift", "axis"),
)
rolled = Op(
    "rolled",
    shape=kept,
    numpy=lambda np, a, shifts, axis=None: np.roll(a, shifts, axis),
    gradient=refused("entries rolled along an axis"),
    calls=("torch.roll",),
    methods=("roll",),
    parameters=("shifts", "axis"),
)
flip = Op(
    "flip",
    shape=kept,
    numpy=_form("flip"),
    gradient=refused("entries in the opposite order"),
    calls=("np.flip", "torch.flip"),
    methods=("flip",),
    parameters=("axis",),
)
fliplr = Op(
    "fliplr",
    shape=_with_axes(2),
    numpy=_form("fliplr"),
    gradient=refused("columns in the opposite order"),
    calls=("np.fliplr", "torch.fliplr"),
)
flipud = Op(
    "flipud",
    shape=_with_axes(1),
    numpy=_form("flipud"),
    gradient=refused("rows in the opposite order"),
    calls=("np.flipud", "torch.flipud"),
)
rot90 = Op(
    "rot90",
    shape=quarter_rule,
    numpy=_form("rot90"),
    gradient=refused("a quarter of a turn"),
    calls=("np.rot90", "torch.rot90"),
    parameters=("k", "axes"),
)
cumprod = Op(
    "cumprod",
    shape=accumulated,
    numpy=_form("cumprod"),
    gradient=refused("products that accumulate"),
    calls=("np.cumprod", "torch.cumprod"),
    methods=("cumprod",),
    parameters=("axis", "dtype", "out"),
)
fft = Op(
    "fft",
    shape=lambda solver, shapes, params: kept(solver, shapes, params) if params.get("n") is None else None,
    numpy=lambda np, a, axis=-1, **params: np.fft.fft(a, axis=axis),
    gradient=refused("a Fourier transform, of complex numbers"),
    calls=("np.fft.fft", "np.fft.ifft", "torch.fft.fft", "torch.fft.ifft"),
    parameters=("n", "axis", "norm"),
)
