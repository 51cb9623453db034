"""Norms between bars, each order its own; a vector is one whichever way it lies, and `norm` is the one by squares."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, long_dims
from ..shapes.signature import apply, parse_signature
from ..shapes.solve import Solver
from ..syntax.nodes import Node, Number
from . import _nodes as tree
from ._forms import is_matrix
from ._gradient import Differential, refused
from ._op import Op, Params, Result
from .products import lies_as

_WEIGHED = parse_signature("(n,n),(n)->()")


def number_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A number, of an array of any shape."""
    return ()


def weighed_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`‖x‖_A`: a number, A being square with a row for each entry of the vector."""
    vector, weights = shapes
    if vector is None or weights is None or not vector:
        return ()
    long = long_dims(vector) or [ONE]
    fits = apply(_WEIGHED, (weights, (long[0],)), solver) if len(long) == 1 else ()
    return fits._replace(arguments=tuple(1 - place for place in fits.arguments)) if isinstance(fits, Clash) else ()


def _order(ord: Any) -> Any:
    return float("inf") if ord == "inf" else ord


def _power_norm(sp: Any, a: Any, ord: Any = 2) -> Any:
    if not is_matrix(a):
        return sp.Abs(a)
    if ord != 1:
        raise NotImplementedError
    rows, columns = a.shape
    return sp.Trace(sp.OneMatrix(columns, rows) * a.applyfunc(sp.Abs))


def _vector_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """Of the norm of order p `sign(a) (|a| / ‖a‖)^(p-1)`; of the largest entry, the sign where it stands."""
    order = d.params.get("ord")
    size, signs = tree.apply("abs", a), tree.apply("sign", a)
    if order == "inf":
        return (tree.times(g, tree.mask(size, "==", d.result), signs),)
    if not isinstance(order, int | float) or order < 1:
        raise d.refuse(f"the norm of order {order}")
    if order == 1:
        return (tree.times(g, signs),)
    share = tree.power(tree.over(size, d.result), Number(str(order - 1)))
    return (tree.times(g, signs, share),)


def _of_matrices(np: Any, a: Any, ord: Any) -> Any:
    return np.linalg.norm(np.reshape(a, (1, -1)) if np.ndim(a) < 2 else a, _order(ord))


def _weighed(np: Any, x: Any, weights: Any) -> Any:
    entries = np.ravel(x)
    return np.sqrt(entries @ (weights if np.ndim(weights) else weights * np.eye(entries.size)) @ entries)


def _weighed_gradient(d: Differential, g: Node, x: Node, weights: Node) -> tuple[Node, Node]:
    """`(A + A.T) x / (2 ‖x‖)` for x, `x x.T / (2 ‖x‖)` for A."""
    twice = tree.times(tree.TWO, d.result)
    both = tree.plus(weights, tree.transpose(weights))
    entries = tree.apply("ravel", x)
    own = tree.product(both, entries)
    return (
        tree.times(g, tree.over(lies_as(d, own, x), twice)),
        tree.times(g, tree.over(tree.apply("outer", entries, entries), twice)),
    )


vector_norm = Op(
    "vector_norm",
    shape=number_rule,
    numpy=lambda np, a, ord=2: np.linalg.norm(np.ravel(a), _order(ord)),
    sympy=_power_norm,
    gradient=_vector_gradient,
    parameters=("ord",),
)
matrix_norm = Op(
    "matrix_norm",
    shape=number_rule,
    numpy=_of_matrices,
    gradient=refused("a norm of a matrix other than that by squares"),
    parameters=("ord",),
)
columns_norm = Op(
    "columns_norm",
    shape=number_rule,
    numpy=lambda np, a: np.sum(np.linalg.norm(np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a, axis=0)),
    gradient=refused("a norm of order 2,1"),
)
weighed_norm = Op(
    "weighed_norm",
    shape=weighed_rule,
    numpy=_weighed,
    gradient=_weighed_gradient,
    arity=2,
)
spectral_norm = Op(
    "spectral_norm",
    shape=number_rule,
    numpy=lambda np, a: _of_matrices(np, a, 2),
    gradient=refused("the spectral norm of a matrix"),
)
