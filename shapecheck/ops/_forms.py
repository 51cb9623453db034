"""Pieces of sympy forms: a function applied to each entry, scalars spread to the shape of the matrix beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HIGHEST = 64
"""The highest power of a number that is written out; of one beyond it nobody reads the digits."""


def is_matrix(value: Any) -> bool:
    """Whether a sympy value is a matrix, not a scalar."""
    return bool(getattr(value, "is_Matrix", False))


def entrywise(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """The sympy form of a function `(sp, x) -> expression` of one entry."""

    def form(sp: Any, x: Any, **params: Any) -> Any:
        return each(x, lambda entry: function(sp, entry))

    return form


def each(x: Any, function: Callable[[Any], Any]) -> Any:
    """A function applied to each entry of a matrix, or to a scalar."""
    return x.applyfunc(function) if is_matrix(x) else function(x)


def spread(sp: Any, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values with each scalar written as a multiple of a matrix of ones, where one of them is a matrix."""
    shape = next((value.shape for value in values if is_matrix(value)), None)
    if shape is None:
        return values
    return tuple(value if is_matrix(value) else value * sp.OneMatrix(*shape) for value in values)


def times(sp: Any, *factors: Any) -> Any:
    """The elementwise product; scalars scale."""
    scale = sp.Mul(*(factor for factor in factors if not is_matrix(factor)))
    matrices = [factor for factor in factors if is_matrix(factor)]
    if not matrices:
        return scale
    whole = sp.HadamardProduct(*matrices) if len(matrices) > 1 else matrices[0]
    return whole if scale == 1 else scale * whole


def plus(sp: Any, *terms: Any, whole: bool = False) -> Any:
    """The sum, of `whole` arrays or entry by entry; a scalar beside a matrix is added to each entry."""
    first, *rest = spread(sp, terms)
    for term in rest:
        first = first + term
    return first


def raised(sp: Any, base: Any, exponent: Any) -> Any:
    """The elementwise power."""
    if is_matrix(exponent):
        if not is_matrix(base):
            return exponent.applyfunc(lambda entry: base**entry)
        return sp.HadamardPower(base, exponent)
    if is_matrix(base):
        return sp.HadamardPower(base, exponent)
    is_long = base.is_number and exponent.is_number and not (exponent.is_Number and abs(exponent) <= HIGHEST)
    return sp.Pow(base, exponent, evaluate=False) if is_long else base**exponent


def total(sp: Any, x: Any) -> Any:
    """The sum of all entries, a scalar."""
    if not is_matrix(x):
        return x
    rows, columns = x.shape
    left = sp.OneMatrix(1, rows) * x if rows != 1 else x
    return sp.Trace(left * sp.OneMatrix(columns, 1) if columns != 1 else left)
