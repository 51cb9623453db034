"""The indices of the factors of a matrix product: which axes share a letter, and which letters are summed."""

from __future__ import annotations

from collections.abc import Callable

from ..shapes.dims import ONE, AnyDim, Shape
from ._context import Indices

Fresh = Callable[[AnyDim], "str | None"]


class FactorAxis:
    """An axis of a factor, and the index that it gets."""

    __slots__ = ("dim", "index")

    def __init__(self, dim: AnyDim) -> None:
        self.dim = dim
        self.index: str | None = None


Axis = list[FactorAxis]
"""The axes of the factors that are one axis of the product."""


def chain(shapes: list[Shape], indices: Indices, fresh: Fresh) -> tuple[list[Indices], tuple[str, ...]]:
    """The indices of each factor of a product whose own are given, and the letters of its sums.

    Scalars scale, as does what is 1×1 and fits nowhere; rank 1 is a row on the left and a column on the right.
    """
    factors = [[FactorAxis(dim) for dim in shape] for shape in shapes]
    running: list[Axis] = []
    sums: list[str] = []
    for factor in factors:
        axes = [[place] for place in factor]
        if not factor or not running:
            running = running or axes
        elif _meet(running[-1], axes[_row(axes)]):
            letter = fresh(_dim(running[-1]))
            _assign([*running[-1], *axes[_row(axes)]], letter)
            sums.extend([letter] if letter else [])
            running = [*_broadcast(running[:-2], axes[:-2]), *running[-2:-1], *(axes[-1:] if len(axes) > 1 else [])]
        elif all(_dim(axis) is ONE for axis in running):
            running = axes
    for axis, index in zip(running, indices, strict=False):
        _assign(axis, index)
    return [tuple(place.index for place in factor) for factor in factors], tuple(sums)


def _row(axes: list[Axis]) -> int:
    return -2 if len(axes) > 1 else -1


def _dim(axis: Axis) -> AnyDim:
    return next((place.dim for place in axis if place.dim is not ONE), ONE)


def _meet(left: Axis, right: Axis) -> bool:
    return _dim(left) is _dim(right)


def _assign(axis: Axis, index: str | None) -> None:
    for place in axis:
        place.index = None if place.dim is ONE else index


def _broadcast(left: list[Axis], right: list[Axis]) -> list[Axis]:
    """The leading axes of two factors, those that are one taken together."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    extra = len(longer) - len(shorter)
    return [*longer[:extra], *(one + other for one, other in zip(longer[extra:], shorter, strict=True))]
