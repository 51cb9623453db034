"""Arrays made from a shape: ones, zeros, identities, random numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..shapes.dims import Dim, Shape, Var, is_of_place, prune
from ..shapes.solve import Solver
from ._axes import dimension, target
from ._op import Op, Params, Result


def shape_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape that is given; a scalar where none is.

    A name that only says at which position its value stood, as after `shape, x = cache`, may hold a whole shape.
    """
    found = target(params.get("shape", ()))
    return None if found is not None and len(found) == 1 and is_of_place(found[0]) else found


def size_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The shape that `size` gives; a scalar where none is."""
    size = params.get("size")
    return () if size is None else target(size)


def eye_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """Square unless a number of columns is given; without any number a square matrix of unknown size."""
    if "n" not in params:
        side = Var("I", eager=True)
        return side, side
    rows = dimension(params["n"])
    columns = params.get("m")
    return rows, rows if columns is None else dimension(columns)


def range_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """As many as there are from the first, 0 if one number is given, to the last."""
    first, last = prune(dimension(params.get("first"))), params.get("last")
    if last is None:
        return (first,)
    end = prune(dimension(last))
    known = type(first) is Dim and type(end) is Dim and params.get("step", 1) in (1, None)
    return (end - first,) if known else (Var(),)  # type: ignore[operator]


def spaced_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """As many as `num` says."""
    return (dimension(params.get("num")),)


def permuted_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The rows of an array in any order; of a number, as many whole numbers."""
    return (Var(),) if shapes[0] == () else shapes[0]


def drawn_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A vector like the mean, once for each of `size`."""
    mean, size = shapes[0], size_rule(solver, shapes, params)
    return None if mean is None or not isinstance(size, tuple) else (*size, *mean)


def _drawn(np: Any, shape: Any) -> Any:
    return np.random.default_rng(0).standard_normal(shape)


def _matrix(build: Callable[..., Any]) -> Callable[..., Any]:
    """The sympy form of a constant matrix, rank 1 being a column."""

    def form(sp: Any, shape: Any = (), **rest: Any) -> Any:
        dims = shape if type(shape) is tuple else (shape,)
        if len(dims) > 2:
            raise NotImplementedError
        return build(sp, *dims, *(1,) * (2 - len(dims))) if dims else build(sp, 1, 1)[0, 0]

    return form


def _identity_matrix(sp: Any, n: Any, m: Any = None) -> Any:
    if m is not None and m != n:
        raise NotImplementedError
    return sp.Identity(n)


def _spaced(np: Any, start: Any = 0.0, stop: Any = 1.0, num: int = 50) -> Any:
    return np.linspace(start, stop, num)


MADE = "it is made of its shape alone"

ones = Op(
    "ones",
    shape=shape_rule,
    numpy=lambda np, shape=(), **rest: np.ones(shape),
    constant=MADE,
    sympy=_matrix(lambda sp, n, m: sp.OneMatrix(n, m)),
    calls=("ones",),
    arity=0,
    parameters=("shape",),
    kinds=("ones",),
)
zeros = Op(
    "zeros",
    shape=shape_rule,
    numpy=lambda np, shape=(), **rest: np.zeros(shape),
    constant=MADE,
    sympy=_matrix(lambda sp, n, m: sp.ZeroMatrix(n, m)),
    calls=("zeros", "empty"),
    arity=0,
    parameters=("shape",),
    kinds=("zeros",),
)
full = Op(
    "full",
    shape=shape_rule,
    numpy=lambda np, shape=(), fill_value=1.0, **rest: np.full(shape, fill_value),
    constant=MADE,
    calls=("full",),
    arity=0,
    parameters=("shape", "fill_value"),
)
eye = Op(
    "eye",
    shape=eye_rule,
    numpy=lambda np, n, m=None, **rest: np.eye(n, m),
    constant=MADE,
    sympy=_identity_matrix,
    calls=("eye", "np.identity"),
    arity=0,
    parameters=("n", "m"),
)
random = Op(
    "random",
    shape=shape_rule,
    numpy=lambda np, shape=(), **rest: _drawn(np, shape),
    constant=MADE,
    calls=("randn", "rand"),
    arity=0,
    parameters=("shape",),
    kinds=("random",),
    named={"python": "np.random.randn"},
)
random_sized = Op(
    "random_sized",
    shape=size_rule,
    numpy=lambda np, size=None, **rest: np.asarray(_drawn(np, size)),
    constant=MADE,
    calls=("random_sample", "standard_normal", "ranf", "random"),
    arity=0,
    parameters=("size",),
    kinds=("random",),
    named={"python": "np.random.random_sample"},
)
random_between = Op(
    "random_between",
    shape=size_rule,
    numpy=lambda np, size=None, **rest: np.asarray(_drawn(np, size)),
    constant=MADE,
    calls=("normal", "uniform", "binomial", "randint", "integers", "laplace"),
    arity=0,
    parameters=("low", "high", "size"),
    kinds=("random",),
    named={"python": "np.random.normal"},
)
arange = Op(
    "arange",
    shape=range_rule,
    numpy=lambda np, first, last=None, step=1: np.arange(first) if last is None else np.arange(first, last, step),
    constant=MADE,
    calls=("arange",),
    arity=0,
    parameters=("first", "last", "step"),
)
linspace = Op(
    "linspace",
    shape=spaced_rule,
    numpy=_spaced,
    constant=MADE,
    calls=("linspace",),
    arity=0,
    parameters=("start", "stop", "num"),
)
choice = Op(
    "choice",
    shape=size_rule,
    constant="drawn at random",
    calls=("np.random.choice",),
    parameters=("size", "replace", "p"),
)
permutation = Op(
    "permutation",
    shape=permuted_rule,
    constant="drawn at random",
    calls=("np.random.permutation", "torch.randperm"),
)
multivariate_normal = Op(
    "multivariate_normal",
    shape=drawn_rule,
    numpy=lambda np, mean, cov, size=None, **rest: np.random.default_rng(0).multivariate_normal(mean, cov, size),
    constant="drawn at random",
    calls=("np.random.multivariate_normal",),
    arity=2,
    parameters=("size", "check_valid", "tol"),
    named={"python": "np.random.multivariate_normal"},
)
