"""Axes and target shapes as parameters give them: counted from either end, one or several, numbers or dimensions."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, multiple, number, prune, size


def integer(value: Any) -> int | None:
    """The whole number that a parameter is, None if it is not one."""
    if type(value) is Dim:
        return value.value
    return value if type(value) is int else None


def place(axis: int, rank: int) -> int | Clash:
    """An axis counted from 0, or the clash of one that the array does not have."""
    if -rank <= axis < rank:
        return axis % rank
    return Clash("axis", (0,), (axis,), (), {"rank": rank})


def places(axis: Any, rank: int) -> tuple[int, ...] | Clash | None:
    """One axis or several, counted from 0; None if they are not known numbers."""
    found: list[int] = []
    for one in axis if type(axis) is tuple else (axis,):
        value = integer(one)
        if value is None:
            return None
        here = place(value, rank)
        if isinstance(here, Clash):
            return here
        if here in found:
            return Clash("axis", (0,), (value,), (), {"rank": rank, "repeated": True})
        found.append(here)
    return tuple(found)


def dimension(value: Any) -> AnyDim:
    """The dimension that an entry of a target shape is; a new unknown where it is not known."""
    if type(value) is Dim or type(value) is Var:
        return value
    return number(value) if type(value) is int and value >= 0 else Var()


def wanted(value: Any) -> Any:
    """A target shape without what follows it, such as a type, where both were given as one tuple."""
    return value[0] if type(value) is tuple and value and type(value[0]) is tuple else value


def target(value: Any) -> Shape | None:
    """The shape that a parameter gives: a tuple, or a single length; None if it is not known."""
    value = wanted(value)
    if type(value) is tuple:
        return tuple(map(dimension, value))
    if type(value) is Dim or type(value) is int:
        return (dimension(value),)
    return None


def entries(shape: Shape) -> AnyDim:
    """The number of entries of a shape: a multiple of the one dimension that is unknown, a new unknown of several."""
    known = tuple(map(prune, shape))
    if len(known) == 1:
        return known[0]
    others = tuple(dim for dim in known if dim is not ONE)
    if len(others) == 1:
        return others[0]
    sized, unknown = numeric(known), [dim for dim in known if type(dim) is Var]
    if len(unknown) == 1:
        return multiple(unknown[0], size(tuple(dim for dim in known if type(dim) is Dim)))
    return Var() if sized is None else size(sized)


def numeric(shape: Shape) -> tuple[Dim, ...] | None:
    """The dimensions of a shape if none is unknown."""
    dims = tuple(dim for dim in map(prune, shape) if isinstance(dim, Dim))
    return dims if len(dims) == len(shape) else None


def is_certainly_matrix(shape: Shape | None) -> bool:
    """Whether an array has more than one row and more than one column, whatever is unknown."""
    dims = [prune(dim) for dim in shape or ()]
    return len(dims) == 2 and all(type(dim) is Dim and dim is not ONE for dim in dims)


def is_certainly_square(shape: Shape | None) -> bool:
    """Whether a matrix has as many columns as rows, whatever is unknown."""
    return is_certainly_matrix(shape) and shape is not None and prune(shape[0]) is prune(shape[1])
