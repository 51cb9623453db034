"""Diagonals: a vector on that of a matrix, and that of a matrix as a vector."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._axes import entries, integer
from ._forms import is_matrix
from ._gradient import Differential, refused
from ._op import Op, Params, Result


def diag_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A vector on the diagonal of a matrix, or the diagonal of a matrix (in mathematics a column).

    In mathematics n×1 and 1×n are vectors, and what may be one is; in numpy only rank 1 is.
    """
    shape = shapes[0]
    if shape is None or len(shape) > 2:
        return None
    offset = integer(params.get("k", 0))
    if not shape:
        return () if solver.mathematics else Clash("rank", (0,), (), (), {"needs": 1})
    if solver.mathematics and len(shape) == 2 and _is_vector(solver, *map(prune, shape)):
        shape = (shape[0] if prune(shape[1]) is ONE else shape[1],)
    if len(shape) == 1:
        return _on_diagonal(shape[0], offset)
    length = _diagonal_length(prune(shape[0]), prune(shape[1])) if offset == 0 else Var()
    return (length, ONE) if solver.mathematics else (length,)


def _is_vector(solver: Solver, rows: AnyDim, columns: AnyDim) -> bool:
    """Whether an array is a row or a column: where a small letter may have one column alone, it has one."""
    if ONE in (rows, columns):
        return True
    opens = [dim for dim in (columns, rows) if type(dim) is Var and dim.eager and not dim.wide]
    return rows is not columns and bool(opens) and solver.unify(opens[0], ONE)


def _on_diagonal(length: AnyDim, offset: int | None) -> Shape:
    length = prune(length)
    if offset == 0:
        return length, length
    side = length + number(abs(offset)) if offset and type(length) is Dim else Var()
    return side, side


def _diagonal_length(rows: AnyDim, columns: AnyDim) -> AnyDim:
    if rows is columns or rows is ONE:
        return rows
    if columns is ONE:
        return columns
    if type(rows) is Dim and type(columns) is Dim and rows.value is not None and columns.value is not None:
        return number(min(rows.value, columns.value))
    return Var()


def matrix_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A square matrix with the entries of the vector on a diagonal, whatever way that lies."""
    return None if shapes[0] is None else _on_diagonal(entries(shapes[0]), integer(params.get("k", 0)))


def column_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The diagonal of a matrix as a column."""
    shape = shapes[0]
    if shape is None or len(shape) != 2:
        return None
    return _diagonal_length(prune(shape[0]), prune(shape[1])), ONE


def diagonal_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The first two axes are gone, and the diagonal that they have stands at the end."""
    shape, offset = shapes[0], integer(params.get("offset", 0))
    if shape is None:
        return None
    if len(shape) < 2:
        return Clash("rank", (0,), (), (), {"needs": 2})
    length = _diagonal_length(prune(shape[0]), prune(shape[1])) if offset == 0 else Var()
    return (*shape[2:], length)


def _diag_array(np: Any, a: Any, k: int = 0) -> Any:
    return np.diag(a, k) if np.ndim(a) else a


def _diag_matrix(sp: Any, a: Any, k: int = 0) -> Any:
    if not is_matrix(a):
        return a
    rows, columns = a.shape
    if 1 in (rows, columns) and not k:
        return sp.DiagMatrix(a if columns == 1 else a.T)
    if k or rows != columns:
        raise NotImplementedError
    return sp.HadamardProduct(sp.Identity(rows), a) * sp.OneMatrix(rows, 1)


def diag_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The diagonal of g, or g on a diagonal."""
    if not d.rank:
        return (g,)
    if d.rank == 1 or (d.mathematics and ONE in map(prune, d.shapes[0])):
        diagonal = tree.apply("diag", g, **d.params)
        return (diagonal if d.rank == 1 else tree.reshaped(diagonal, a),)
    if integer(d.params.get("k", 0)) != 0:
        raise d.refuse("a diagonal beside the main one, which has no rule")
    if prune(d.shapes[0][0]) is prune(d.shapes[0][1]):
        return (tree.apply("diag", g),)
    rows, columns = (tree.apply("eye", n=d.length(0, axis), m=tree.dimension(d.result, 0)) for axis in (0, 1))
    return (tree.apply("einsum", g, rows, columns, spec="k,ik,jk->ij"),)


def matrix_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The diagonal of g, lying as the vector lies."""
    if integer(d.params.get("k", 0)) != 0:
        raise d.refuse("a diagonal beside the main one, which has no rule")
    column = tree.apply("diagonal_column", g)
    if d.rank == 2:
        return (column if prune(d.shapes[0][1]) is ONE else tree.transpose(column),)
    return (tree.apply("diag", g) if d.rank else tree.reshaped(column, a),)


def column_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """g on a diagonal."""
    if prune(d.shapes[0][0]) is not prune(d.shapes[0][1]):
        raise d.refuse("the diagonal of a matrix that is not square, which has no rule")
    return (tree.apply("diagonal_matrix", g),)


diag = Op(
    "diag",
    shape=diag_rule,
    numpy=_diag_array,
    sympy=_diag_matrix,
    gradient=diag_gradient,
    names=("diag",),
    parameters=("k",),
)
diagonal_matrix = Op(
    "diagonal_matrix",
    shape=matrix_rule,
    numpy=lambda np, a, k=0: np.diagflat(a, k),
    sympy=_diag_matrix,
    gradient=matrix_gradient,
    calls=("diagflat",),
    parameters=("k",),
    kinds=("diagonal",),
)
np_diagonal = Op(
    "np_diagonal",
    shape=diagonal_rule,
    numpy=lambda np, a, offset=0: np.diagonal(a, offset),
    gradient=refused("the diagonal along two axes"),
    calls=("np.diagonal", "torch.diagonal"),
    methods=("diagonal",),
    parameters=("offset",),
)
diagonal_column = Op(
    "diagonal_column",
    shape=column_rule,
    numpy=lambda np, a: np.diag(a)[:, None],
    sympy=_diag_matrix,
    gradient=column_gradient,
    kinds=("diagonal",),
    written={"python": "np.diag(x)[:, None]"},
)
