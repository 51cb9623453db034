"""Derivatives of arrays by arrays: a Jacobian where both are vectors, else a tensor of a higher rank."""

from __future__ import annotations

from ..shapes.dims import ONE, AnyDim, Shape, Var, prune
from ..shapes.solve import Solver
from ._op import Op, Params, Result


def length(shape: Shape) -> AnyDim | None:
    """The length of a vector, a column, a row or a scalar; None where a shape is none of these."""
    long = [dim for dim in map(prune, shape) if dim is not ONE]
    return (long[0] if long else ONE) if len(long) < 2 else None


def _may_be_a_vector(shape: Shape) -> bool:
    return len(shape) == 2 and any([type(prune(dim)) is Var for dim in shape])


def _is_matrix(shape: Shape) -> bool:
    return length(shape) is None and not _may_be_a_vector(shape)


def jacobian_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """∂y/∂x: a row for each entry of y and a column for each of x; with a matrix the axes of both, one after the other.

    Of what may be a vector, as a lower-case z with an unknown number of columns may, the derivative by another such one
    is unknown.

    An elementwise activation's derivative is diagonal: as an elementwise factor it has the shape of its argument.
    """
    above, below = shapes
    if params.get("elementwise"):
        return below if above is None else above
    if above is None or below is None:
        return None
    rows, columns = length(above), length(below)
    if (rows is None and _may_be_a_vector(above)) or (columns is None and _may_be_a_vector(below)):
        return (*above, *below) if _is_matrix(above) or _is_matrix(below) else None
    return (*above, *below) if rows is None or columns is None else (rows, columns)


def transposed_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """∂y/∂x in the other layout: a row for each entry of x."""
    result = jacobian_rule(solver, shapes, params)
    return result[::-1] if isinstance(result, tuple) and len(result) == 2 else result


STEP = "a derivative of an array by an array, a step of thought"

jacobian = Op("jacobian", constant=STEP, shape=jacobian_rule, arity=2, grace=("jacobian_transposed",))
jacobian_transposed = Op("jacobian_transposed", constant=STEP, shape=transposed_rule, arity=2)
