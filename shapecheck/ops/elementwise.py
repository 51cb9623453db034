"""Functions of one entry and their kin: exponentials, roots, masks, choices; the result has its argument's shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ._forms import each, entrywise, is_matrix, plus, spread, times
from ._op import Op, Params, Result, elementwise_rule


def _function(
    name: str,
    numpy: Callable[..., Any],
    sympy: Callable[..., Any] | None,
    *calls: str,
    methods: tuple[str, ...] | None = None,
) -> Op:
    """A function of one entry, called by its own name and by others."""
    form = sympy and entrywise(sympy)
    return Op(name, "()->()", None, numpy, form, (name, *calls), (name,) if methods is None else methods)


def _choice(sp: Any, condition: Any, yes: Any, no: Any) -> Any:
    condition, yes, no = spread(sp, (condition, yes, no))
    return plus(sp, times(sp, condition, yes), times(sp, plus(sp, sp.Integer(1), -condition), no))


def _larger(sp: Any, a: Any, b: Any) -> Any:
    return plus(sp, a, b, each(plus(sp, a, -b), sp.Abs)) / 2


def _smaller(sp: Any, a: Any, b: Any) -> Any:
    return plus(sp, a, b, -each(plus(sp, a, -b), sp.Abs)) / 2


def _where_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The choice between two arrays; with a condition alone its result is a tuple of indices."""
    return elementwise_rule(solver, shapes, params) if len(shapes) == 3 else None


def _bounds(bounds: tuple[Any, ...], params: Params) -> tuple[Any, Any]:
    low, high = (*bounds, None, None)[:2]
    given = params.get
    return (given("a_min", given("min")) if low is None else low), (
        given("a_max", given("max")) if high is None else high
    )


def _clipped_array(np: Any, a: Any, *bounds: Any, **params: Any) -> Any:
    return np.clip(a, *_bounds(bounds, params))


def _clipped(sp: Any, a: Any, *bounds: Any, **params: Any) -> Any:
    low, high = _bounds(bounds, params)
    a = a if low is None else _larger(sp, a, low)
    return a if high is None else _smaller(sp, a, high)


def _erf(np: Any, x: Any) -> Any:
    return np.vectorize(math.erf, otypes=[float])(x)


exp = _function("exp", lambda np, x: np.exp(x), lambda sp, x: sp.exp(x))
expm1 = _function("expm1", lambda np, x: np.expm1(x), lambda sp, x: sp.exp(x) - 1)
log = _function("log", lambda np, x: np.log(x), lambda sp, x: sp.log(x), "ln")
log2 = _function("log2", lambda np, x: np.log2(x), lambda sp, x: sp.log(x, 2))
log10 = _function("log10", lambda np, x: np.log10(x), lambda sp, x: sp.log(x, 10))
log1p = _function("log1p", lambda np, x: np.log1p(x), lambda sp, x: sp.log(1 + x))
sqrt = _function("sqrt", lambda np, x: np.sqrt(x), lambda sp, x: sp.sqrt(x))
absolute = _function("abs", lambda np, x: np.abs(x), lambda sp, x: sp.Abs(x), "absolute", "fabs")
sign = _function("sign", lambda np, x: np.sign(x), lambda sp, x: sp.sign(x), "sgn")
square = _function("square", lambda np, x: np.square(x), lambda sp, x: x**2)
reciprocal = _function("reciprocal", lambda np, x: 1 / x, lambda sp, x: 1 / x)
sinh = _function("sinh", lambda np, x: np.sinh(x), lambda sp, x: sp.sinh(x))
cosh = _function("cosh", lambda np, x: np.cosh(x), lambda sp, x: sp.cosh(x))
sech = _function("sech", lambda np, x: 1 / np.cosh(x), lambda sp, x: sp.sech(x))
sin = _function("sin", lambda np, x: np.sin(x), lambda sp, x: sp.sin(x))
cos = _function("cos", lambda np, x: np.cos(x), lambda sp, x: sp.cos(x))
tan = _function("tan", lambda np, x: np.tan(x), lambda sp, x: sp.tan(x))
arctan = _function("arctan", lambda np, x: np.arctan(x), lambda sp, x: sp.atan(x), "atan")
erf = _function("erf", _erf, lambda sp, x: sp.erf(x))
floor = _function("floor", lambda np, x: np.floor(x), lambda sp, x: sp.floor(x))
round_ = _function("round", lambda np, x: np.round(x), None, "around", "rint")
heaviside = _function(
    "heaviside", lambda np, x: np.heaviside(x, 0.0), lambda sp, x: sp.Heaviside(x, 0), "step", "indicator"
)
isnan = _function("isnan", lambda np, x: np.isnan(x) * 1.0, None, methods=())
logit = _function("logit", lambda np, x: np.log(x / (1 - x)), lambda sp, x: sp.log(x / (1 - x)))

same = Op(
    "same",
    "()->()",
    numpy=lambda np, x, **params: x,
    sympy=lambda sp, x, **params: x,
    calls=(
        *("array", "asarray", "asmatrix", "ascontiguousarray", "tensor", "as_tensor", "from_numpy", "copy", "deepcopy"),
        *("int", "int8", "int32", "int64", "float", "float32", "float64", "double", "bool", "real", "nan_to_num"),
    ),
    methods=(
        *("astype", "copy", "clone", "detach", "numpy", "contiguous", "float", "double", "int", "long", "bool", "half"),
        *("to", "cpu", "cuda", "conj", "requires_grad_"),
    ),
    parameters=("dtype",),
)
ones_like = Op(
    "ones_like",
    "()->()",
    numpy=lambda np, x, **params: np.ones(np.shape(x)),
    sympy=lambda sp, x, **params: sp.OneMatrix(*x.shape) if is_matrix(x) else sp.Integer(1),
    calls=("ones_like",),
    parameters=("dtype",),
)
zeros_like = Op(
    "zeros_like",
    "()->()",
    numpy=lambda np, x, **params: np.zeros(np.shape(x)),
    sympy=lambda sp, x, **params: sp.ZeroMatrix(*x.shape) if is_matrix(x) else sp.Integer(0),
    calls=("zeros_like", "empty_like"),
    parameters=("dtype",),
)
random_like = Op(
    "random_like",
    "()->()",
    numpy=lambda np, x, **params: np.random.default_rng(0).standard_normal(np.shape(x)),
    calls=("randn_like", "rand_like"),
)
dropout = Op(
    "dropout",
    "()->()",
    numpy=lambda np, x, **params: x,
    calls=("dropout",),
    parameters=("p", "training"),
)
where = Op(
    "where",
    shape=_where_rule,
    numpy=lambda np, condition, yes, no: np.where(condition, yes, no),
    sympy=_choice,
    calls=("where",),
    arity=None,
)
maximum = Op(
    "maximum",
    "(),()->()",
    numpy=lambda np, a, b: np.maximum(a, b),
    sympy=_larger,
    calls=("maximum", "fmax"),
    methods=("maximum",),
    arity=2,
)
minimum = Op(
    "minimum",
    "(),()->()",
    numpy=lambda np, a, b: np.minimum(a, b),
    sympy=_smaller,
    calls=("minimum", "fmin"),
    methods=("minimum",),
    arity=2,
)
clip = Op(
    "clip",
    "(),(),()->()",
    numpy=_clipped_array,
    sympy=_clipped,
    calls=("clip", "clamp"),
    methods=("clip", "clamp"),
    arity=None,
    parameters=("a_min", "a_max", "min", "max"),
)
