"""Derivatives of arrays by arrays: a Jacobian where both are vectors, else a tensor of a higher rank."""

from __future__ import annotations

from ..shapes.dims import ONE, AnyDim, Shape, Var, is_single, long_dims, prune
from ..shapes.solve import Solver
from ._gradient import refused
from ._op import Op, Params, Result


def length(shape: Shape) -> AnyDim | None:
    """The length of a vector, a column, a row or a scalar; None if a shape is none of these."""
    long = long_dims(shape)
    return (long[0] if long else ONE) if len(long) < 2 else None


def jacobian_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """∂y/∂x: a row for each entry of y and a column for each of x; with a matrix the axes of both, one after the other.

    What may be a vector, as a lower-case z with an unknown number of columns, is one where it is derived by a vector.

    An elementwise activation's derivative is diagonal: as an elementwise factor it has the shape of its argument.
    """
    above, below = shapes
    if params.get("elementwise"):
        return above if below is None else below
    if above is None or below is None:
        return None
    if not (_is_matrix(above) or _is_matrix(below)) and not _of_one_example(solver, (*above, *below)):
        return None
    if is_single(above) or (length(below) is None and _is_number(solver, above)):
        return below
    rows, columns = length(above), length(below)
    if rows is None or columns is None:
        return (*axes(above), *axes(below))
    return rows, columns


def axes(shape: Shape) -> Shape:
    """The axes of one side of a tensor: a matrix has two, a vector one, a number none."""
    if length(shape) is None:
        return shape
    return tuple(dim for dim in shape if prune(dim) is not ONE)


def diagonal(shape: Shape) -> Shape | None:
    """The diagonal matrix that holds a vector, None if a shape is not a vector's."""
    dims = [dim for dim in map(prune, shape) if dim is not ONE and not _is_open(dim)]
    return (dims[0], dims[0]) if len(dims) == 1 else None


def _is_matrix(shape: Shape) -> bool:
    return sum(not _is_open(dim) and dim is not ONE for dim in map(prune, shape)) > 1


def _is_open(dim: AnyDim) -> bool:
    """Whether a dimension may be 1."""
    return type(dim) is Var and (dim.among is not None or not dim.eager)


def _of_one_example(solver: Solver, dims: Shape) -> bool:
    """Whether vectors are columns: of an unknown number of examples, they are of one where they have a Jacobian."""
    unknown = [dim for dim in map(prune, dims) if type(dim) is Var and _is_open(dim)]
    return all(dim.among is not None and solver.unify(dim, ONE) for dim in unknown)


def _is_number(solver: Solver, shape: Shape) -> bool:
    """Whether what a matrix derives is a number, as `x.T A x` is where x may have one column alone."""
    mark = solver.mark()
    dims = [prune(dim) for dim in shape]
    if all(dim is ONE or (type(dim) is Var and not dim.wide and solver.unify(dim, ONE)) for dim in dims):
        return True
    solver.undo(mark)
    return False


def transposed_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """∂y/∂x in the other layout: a row for each entry of x; that of a number by a matrix has none."""
    result = jacobian_rule(solver, shapes, params)
    above, below = shapes
    if above is not None and below is not None and is_single(above) and length(below) is None:
        return result
    return result[::-1] if isinstance(result, tuple) and len(result) == 2 else result


def hessian_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A row for each entry of the one variable, a column for each of the other."""
    sides = [shape and length(shape) for shape in shapes[-2:]]
    return None if None in shapes[-2:] or None in sides else tuple(side or ONE for side in sides)


LAID_OUT = frozenset(("∂", "∂/", "d"))
"""The signs of a derivative that has a layout; that of ∇ has the shape of its variable."""
STEP = "a derivative of an array by an array, a step of thought"

jacobian = Op(
    "jacobian",
    gradient=refused(STEP),
    shape=jacobian_rule,
    arity=2,
    grace=("jacobian_transposed",),
    kinds=("derivative",),
    noun="derivative",
)
jacobian_transposed = Op(
    "jacobian_transposed",
    shape=transposed_rule,
    gradient=refused(STEP),
    arity=2,
    kinds=("derivative",),
    noun="derivative, transposed",
)
differential = Op("differential", "()->()", gradient=refused("a differential"))
supposed = Op("supposed", "()->()", gradient=refused(STEP))
hessian = Op("hessian", gradient=refused("a second derivative"), shape=hessian_rule, arity=None)
