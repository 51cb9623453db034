"""Linear algebra: the transpose, the inverse, determinants, Kronecker and outer products, norms."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, Var, prune
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from . import _nodes as tree
from ._axes import entries
from ._forms import each, is_matrix, times
from ._inverted import (
    det_gradient,
    inverse_gradient,
    kron_gradient,
    outer_gradient,
    pinv_gradient,
    solve_gradient,
    trace_gradient,
)
from ._op import Op, Params, Result, ShapeRule
from ._reduced import norm_gradient
from .axes import permuted, transpose_gradient, transposed_array
from .reductions import reduced, summed

_SQUARE = parse_signature("(n,n)->(n,n)")


def transpose_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The axes reversed, so that rank 1 stays as it is; with `axes` in that order."""
    shape = shapes[0]
    if shape is None:
        return None
    axes = params.get("axes") if params else None
    return shape[::-1] if axes is None else permuted(shape, axes)


def _square(scalar: bool) -> ShapeRule:
    """The rule of what only square matrices have (in mathematics a scalar too): a matrix of that shape, or a number."""

    def rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
        shape = shapes[0]
        if not shape and (shape is None or solver.mathematics):
            return shape
        whole = apply(_SQUARE, (shape,), solver)
        return whole[:-2] if scalar and not isinstance(whole, Clash) else whole

    return rule


square_rule = _square(scalar=False)


def solve_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`solve(A, b)`: the shape of b, A being square with as many rows."""
    matrix, right = shapes
    if matrix is not None:
        square = square_rule(solver, (matrix,), params)
        if isinstance(square, Clash):
            return square
    if not matrix or not right:
        return right
    row = max(len(right) - 2, 0)
    if not solver.unify(matrix[-1], right[row]):
        return Clash("inner", (0, 1), (len(matrix) - 1, row), (prune(matrix[-1]), prune(right[row])))
    return right


def kron_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The dimensions multiplied, axis by axis from the last."""
    left, right = shapes
    if left is None or right is None:
        return None
    rank = max(len(left), len(right))
    pairs = zip((ONE,) * (rank - len(left)) + left, (ONE,) * (rank - len(right)) + right, strict=True)
    return tuple(entries((one, other)) for one, other in pairs)


def outer_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """As many rows as the first has entries, as many columns as the second."""
    return tuple(Var() if shape is None else entries(shape) for shape in shapes)


def vec_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """All entries below one another: a column."""
    return (Var() if shapes[0] is None else entries(shapes[0])), ONE


def _norm_matrix(sp: Any, a: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord not in (None, "fro") and not (ord == 2 and (axis is not None or 1 in getattr(a, "shape", (1,)))):
        raise NotImplementedError
    if is_matrix(a) and axis is None and not keepdims:
        return sp.sqrt(sp.Trace(a.T * a))
    return each(summed(sp, times(sp, a, a), axis, keepdims), sp.sqrt)


def _outer_matrix(sp: Any, a: Any, b: Any) -> Any:
    left = a if not is_matrix(a) or a.shape[1] == 1 else a.T
    right = b if not is_matrix(b) or b.shape[0] == 1 else b.T
    return left * right


transpose = Op(
    "transpose",
    shape=transpose_rule,
    numpy=transposed_array,
    sympy=lambda sp, a, axes=None: a if not is_matrix(a) or axes in ((0, 1), (-2, -1)) else a.T,
    gradient=transpose_gradient,
    names=("transpose", "t"),
    parameters=("axes",),
    kinds=("transposition",),
)
inverse = Op(
    "inverse",
    shape=square_rule,
    numpy=lambda np, a: np.linalg.inv(a) if np.ndim(a) else 1 / a,
    sympy=lambda sp, a: a.inv() if is_matrix(a) else 1 / a,
    gradient=inverse_gradient,
    calls=("inv", "inverse"),
    methods=("inverse",),
    kinds=("regular", "square"),
    named={"python": "np.linalg.inv"},
)
pinv = Op(
    "pinv",
    "(n,m)->(m,n)",
    numpy=lambda np, a: np.linalg.pinv(a),
    gradient=pinv_gradient,
    calls=("pinv",),
    kinds=("regular",),
    named={"python": "np.linalg.pinv"},
)
solve = Op(
    "solve",
    shape=solve_rule,
    numpy=lambda np, a, b: np.linalg.solve(a, b) if np.ndim(a) else b / a,
    sympy=lambda sp, a, b: a.inv() * b if is_matrix(a) else b / a,
    gradient=solve_gradient,
    calls=("solve",),
    arity=2,
    kinds=("regular", "square"),
    noun="system that is solved",
    named={"python": "np.linalg.solve"},
)
det = Op(
    "det",
    shape=_square(scalar=True),
    numpy=lambda np, a: np.linalg.det(a) if np.ndim(a) else a,
    sympy=lambda sp, a: sp.Determinant(a) if is_matrix(a) else a,
    gradient=det_gradient,
    calls=("det",),
    kinds=("regular", "square"),
    noun="determinant",
    named={"python": "np.linalg.det"},
)
trace = Op(
    "trace",
    shape=_square(scalar=True),
    numpy=lambda np, a: np.trace(a, axis1=-2, axis2=-1) if np.ndim(a) else a,
    sympy=lambda sp, a: sp.Trace(a) if is_matrix(a) else a,
    gradient=trace_gradient,
    calls=("trace", "tr"),
    methods=("trace",),
    kinds=("square",),
)
kron = Op(
    "kron",
    shape=kron_rule,
    numpy=lambda np, a, b: np.kron(a, b),
    sympy=lambda sp, a, b: sp.KroneckerProduct(a, b) if is_matrix(a) and is_matrix(b) else a * b,
    gradient=kron_gradient,
    calls=("kron",),
    arity=2,
    kinds=("outer",),
)
outer = Op(
    "outer",
    shape=outer_rule,
    numpy=lambda np, a, b: np.outer(a, b),
    sympy=_outer_matrix,
    gradient=outer_gradient,
    calls=("outer", "ger"),
    methods=("outer",),
    arity=2,
    kinds=("outer",),
    noun="outer product",
)
vec = Op(
    "vec",
    shape=vec_rule,
    numpy=lambda np, a: np.reshape(a, (-1, 1), order="F"),
    gradient=lambda d, g, a: (tree.transpose(tree.reshaped(g, tree.transpose(a))),),
    calls=("vec",),
    written={"python": "x.reshape(-1, 1, order='F')"},
)
norm = Op(
    "norm",
    shape=reduced,
    numpy=lambda np, a, ord=None, axis=None, keepdims=False: np.linalg.norm(a, ord, axis, keepdims),
    sympy=_norm_matrix,
    gradient=norm_gradient,
    names=("norm",),
    parameters=("ord", "axis", "keepdims"),
    named={"python": "np.linalg.norm"},
)
tril = Op(
    "tril",
    shape=lambda solver, shapes, params: shapes[0],
    numpy=lambda np, a, k=0: np.tril(a, k),
    gradient=lambda d, g, a: (tree.apply("tril", g, **d.params),),
    calls=("tril",),
    parameters=("k",),
)
triu = Op(
    "triu",
    shape=lambda solver, shapes, params: shapes[0],
    numpy=lambda np, a, k=0: np.triu(a, k),
    gradient=lambda d, g, a: (tree.apply("triu", g, **d.params),),
    calls=("triu",),
    parameters=("k",),
)
