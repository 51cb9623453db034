"""Entries in another order along their axes: sorted, rolled, flipped, turned; products that accumulate."""

from __future__ import annotations

from ..shapes.constraints import Clash
from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ._axes import entries, integer, places
from ._gradient import refused
from ._library import of_numpy
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


_SORTED = ("axis", "kind", "order", "stable", "descending")
_PARTED = ("kth", "axis", "kind", "order")
_ORDERED = "entries in order"
_ROLLED = "entries rolled along an axis"

sort = of_numpy("sort", sorted_rule, refusal=_ORDERED, parameters=_SORTED)
argsort = of_numpy("argsort", sorted_rule, "torch.argsort", constant=PLACES, methods=("argsort",), parameters=_SORTED)
partition = of_numpy("partition", sorted_rule, refusal=_ORDERED, parameters=_PARTED)
argpartition = of_numpy("argpartition", sorted_rule, constant=PLACES, methods=("argpartition",), parameters=_PARTED)
roll = of_numpy("roll", kept, refusal=_ROLLED, parameters=("shift", "axis"))
rolled = Op(
    "rolled",
    shape=kept,
    numpy=lambda np, a, shifts, axis=None: np.roll(a, shifts, axis),
    gradient=refused(_ROLLED),
    calls=("torch.roll",),
    methods=("roll",),
    parameters=("shifts", "axis"),
)
flip = of_numpy(
    "flip", kept, "torch.flip", refusal="entries in the opposite order", methods=("flip",), parameters=("axis",)
)
fliplr = of_numpy("fliplr", _with_axes(2), "torch.fliplr", refusal="columns in the opposite order")
flipud = of_numpy("flipud", _with_axes(1), "torch.flipud", refusal="rows in the opposite order")
rot90 = of_numpy("rot90", quarter_rule, "torch.rot90", refusal="a quarter of a turn", parameters=("k", "axes"))
cumprod = of_numpy(
    "cumprod",
    accumulated,
    "torch.cumprod",
    refusal="products that accumulate",
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
