"""Systems of equations, `A \\ b` and `b / A`, least squares, and the factors of a matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import AnyDim, Dim, Shape, Var, number, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Apply, Node
from . import _nodes as tree
from ._chains import swapped
from ._forms import is_matrix
from ._gradient import Differential, refused
from ._inverted import solve_gradient
from ._op import Op, Params, Result
from .linear import square_rule

Shapes = tuple[Shape | None, ...]


def left_divide_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`A \\ b`: what solves `A x = b`, in the least squares where A is not square."""
    matrix, right = shapes
    if not matrix or not right:
        return right if matrix == () else None
    if len(matrix) < 2:
        return Clash("rank", (0,), (), (), {"needs": 2})
    row = max(len(right) - 2, 0)
    if not solver.unify(matrix[-2], right[row]):
        return Clash("inner", (0, 1), (len(matrix) - 2, row), (prune(matrix[-2]), prune(right[row])))
    return (*right[:row], matrix[-1], *right[row + 1 :])


def right_divide_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`B / A`: what solves `X A = B`."""
    left, matrix = shapes
    if not matrix or not left:
        return left if matrix == () else None
    if not solver.unify(left[-1], matrix[-1]):
        return Clash("inner", (0, 1), (len(left) - 1, len(matrix) - 1), (prune(left[-1]), prune(matrix[-1])))
    return (*left[:-1], *matrix[-2:-1])


def _solved(np: Any, a: Any, b: Any) -> Any:
    if not np.ndim(a):
        return b / a
    is_square = np.shape(a)[-2] == np.shape(a)[-1]
    return np.linalg.solve(a, b) if is_square else np.linalg.lstsq(a, b, rcond=None)[0]


def _left_gradient(d: Differential, g: Node, a: Node, b: Node) -> tuple[Node, ...]:
    if d.rank == 2 and prune(d.shapes[0][0]) is not prune(d.shapes[0][1]):
        raise d.refuse("a solution in the least squares")
    return solve_gradient(d, g, a, b)


def _right_gradient(d: Differential, g: Node, b: Node, a: Node) -> tuple[Node, Node]:
    """`B A^-1`: `g A^-T` for B, and of that `-X.T (g A^-T)` for A."""
    if not d.shapes[1]:
        return tree.over(g, a), tree.neg(tree.times(g, tree.over(d.result, a)))
    if prune(d.shapes[1][0]) is not prune(d.shapes[1][1]):
        raise d.refuse("a solution in the least squares")
    own = tree.apply("right_divide", g, swapped(a, len(d.shapes[1])))
    if d.rank == 1:
        return own, tree.neg(tree.apply("outer", d.result, own))
    return own, tree.neg(Apply("product", (swapped(d.result, len(d.shape)), own)))


def _shorter(rows: AnyDim, columns: AnyDim) -> AnyDim:
    """The smaller of two dimensions; an unknown one where nobody can tell."""
    one, other = prune(rows), prune(columns)
    if type(one) is Dim and type(other) is Dim and one.value is not None and other.value is not None:
        return number(min(one.value, other.value))
    return one if one is other else Var()


Parts = Callable[[AnyDim, AnyDim, Params], tuple[Shape, ...]]
"""The shapes of what a factorization returns, by the rows and columns of its matrix."""


def _svd(rows: AnyDim, columns: AnyDim, params: Params) -> tuple[Shape, ...]:
    rank, full = _shorter(rows, columns), params.get("full_matrices", True)
    if full in (True, False):
        return ((rows, rows), (rank,), (columns, columns)) if full else ((rows, rank), (rank,), (rank, columns))
    return (rows, Var()), (rank,), (Var(), columns)


def _thin_svd(rows: AnyDim, columns: AnyDim, params: Params) -> tuple[Shape, ...]:
    """torch's `svd`, whose last part is V itself."""
    rank = _shorter(rows, columns)
    return ((rows, rank), (rank,), (columns, rank)) if params.get("some", True) is True else ()


def _qr(rows: AnyDim, columns: AnyDim, params: Params) -> tuple[Shape, ...]:
    mode, rank = params.get("mode", "reduced"), _shorter(rows, columns)
    if mode == "reduced":
        return (rows, rank), (rank, columns)
    return ((rows, rows), (rows, columns)) if mode == "complete" else ()


def _parted(name: str, parts: Parts, square: bool, *calls: str, parameters: tuple[str, ...] = (), form: str = "") -> Op:
    """A function that takes a matrix apart: `part` says which of its results is meant; all of them are no array."""

    def rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
        shape = square_rule(solver, shapes, params) if square else shapes[0]
        if isinstance(shape, Clash):
            return shape._replace(arguments=(0, 0))
        found = parts(*shape, params) if shape is not None and len(shape) == 2 else ()
        place = params.get("part")
        if found and params.get("compute_uv", True) is False:
            return found[1] if place is None else None
        return found[place] if isinstance(place, int) and -len(found) <= place < len(found) else None

    def values(np: Any, a: Any, part: int = 0, **params: Any) -> Any:
        found = getattr(np.linalg, form or name)(a, **params)
        return found if params.get("compute_uv", True) is False else found[part]

    return Op(
        name,
        shape=rule,
        numpy=values,
        gradient=refused(f"a factor of a matrix, {name}"),
        calls=calls or (name,),
        parameters=(*parameters, "part"),
    )


def _of_square(solver: Solver, shapes: Shapes, params: Params) -> Result:
    shape = square_rule(solver, shapes, params)
    return shape if shape is None or isinstance(shape, Clash) else shape[:-1]


left_divide = Op(
    "left_divide",
    shape=left_divide_rule,
    numpy=_solved,
    sympy=lambda sp, a, b: a.inv() * b if is_matrix(a) else b / a,
    gradient=_left_gradient,
    arity=2,
)
right_divide = Op(
    "right_divide",
    shape=right_divide_rule,
    numpy=lambda np, b, a: _solved(np, np.transpose(a), np.transpose(b)).T if np.ndim(a) else b / a,
    sympy=lambda sp, b, a: b * a.inv() if is_matrix(a) else b / a,
    gradient=_right_gradient,
    arity=2,
)
least_squares = Op(
    "lstsq",
    shape=lambda solver, shapes, params: left_divide_rule(solver, shapes, params) if params.get("part") == 0 else None,
    numpy=lambda np, a, b, part=0, **rest: np.linalg.lstsq(a, b, rcond=None)[part],
    gradient=refused("a solution in the least squares"),
    calls=("lstsq",),
    arity=2,
    parameters=("rcond", "part"),
)
cholesky = Op(
    "cholesky",
    shape=square_rule,
    numpy=lambda np, a: np.linalg.cholesky(a),
    gradient=refused("a Cholesky factor"),
    calls=("cholesky", "chol"),
    written={"matlab": "chol(x)'"},
)
cholesky_solve = Op(
    "cholesky_solve",
    "(n,k),(n,n)->(n,k)",
    numpy=lambda np, b, factor, **rest: np.linalg.solve(factor @ np.swapaxes(factor, -1, -2), b),
    gradient=refused("a Cholesky factor"),
    calls=("torch.cholesky_solve",),
    parameters=("upper",),
)
svd = _parted("svd", _svd, False, parameters=("full_matrices", "compute_uv"))
torch_svd = _parted("torch_svd", _thin_svd, False, "torch.svd", parameters=("some", "compute_uv"), form="svd")
qr = _parted("qr", _qr, False, parameters=("mode",))
eig = _parted("eig", lambda n, m, params: ((n,), (n, n)), True)
eigh = _parted("eigh", lambda n, m, params: ((n,), (n, n)), True)
slogdet = _parted("slogdet", lambda n, m, params: ((), ()), True, "np.linalg.slogdet", "torch.linalg.slogdet")
eigenvalues = Op(
    "eigvals",
    shape=_of_square,
    numpy=lambda np, a: np.linalg.eigvalsh(a),
    gradient=refused("eigenvalues"),
    calls=("eigvals", "eigvalsh"),
    named={"python": ""},
)
