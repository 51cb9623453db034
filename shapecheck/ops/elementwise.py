"""Functions of one entry and their kin: exponentials, roots, masks, choices; the result has its argument's shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ..syntax.nodes import Apply, Name, Node, Number
from . import _nodes as tree
from ._forms import each, entrywise, plus, spread, times
from ._gradient import Differential, refused
from ._kinds import Kind
from ._op import GradientRule, Op, Params, Result, elementwise_rule

Derivative: TypeAlias = "Callable[[Node, Node], Node]"
JUMPS = "constant between its jumps"
LOGARITHM: tuple[Kind, ...] = ("logarithm",)
RANDOM = "a dropout whose mask has no name; multiply by a mask that has one"


def _function(
    name: str,
    derivative: Derivative | str,
    *calls: str,
    numpy: Callable[..., Any] | None = None,
    sympy: Callable[..., Any] | None = None,
    **more: Any,
) -> Op:
    """A function of one entry x with the value y, called by its own name and by others, in numpy and sympy too.

    `derivative` makes the factor that its gradient has, of x and y, or says why it has none.
    """
    return Op(
        name,
        "()->()",
        numpy=numpy or (lambda np, x: getattr(np, name)(x)),
        sympy=entrywise(sympy or (lambda sp, x: getattr(sp, name)(x))),
        gradient=None if isinstance(derivative, str) else _chain_rule(derivative),
        constant=derivative if isinstance(derivative, str) else "",
        calls=(name, *calls),
        methods=(name,),
        **more,
    )


def _chain_rule(derivative: Derivative) -> GradientRule:
    return lambda d, g, x: (tree.times(g, derivative(x, d.result)),)


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


def bounds_of(bounds: Sequence[Any], params: Params) -> tuple[Any, Any]:
    """The least and the largest value that `clip` leaves, None for no bound."""
    low, high = (*bounds, None, None)[:2]
    given = params.get
    return (given("a_min", given("min")) if low is None else low), (
        given("a_max", given("max")) if high is None else high
    )


def _clipped_array(np: Any, a: Any, *bounds: Any, **params: Any) -> Any:
    return np.clip(a, *bounds_of(bounds, params))


def _clipped(sp: Any, a: Any, *bounds: Any, **params: Any) -> Any:
    low, high = bounds_of(bounds, params)
    a = a if low is None else _larger(sp, a, low)
    return a if high is None else _smaller(sp, a, high)


def _erf(np: Any, x: Any) -> Any:
    return np.vectorize(math.erf, otypes=[float])(x)


def _call(name: str, x: Node) -> Node:
    return tree.apply(name, x)


def _over(below: Node, base: str = "") -> Node:
    """`1 / x`, for a logarithm to another base over its constant too."""
    return tree.over(tree.ONE, tree.times(below, tree.apply("log", Number(base))) if base else below)


def _one_plus(x: Node) -> Node:
    return tree.plus(tree.ONE, x)


def _bell(x: Node) -> Node:
    """`2/sqrt(pi) exp(-x^2)`."""
    return tree.times(Number(repr(2 / math.sqrt(math.pi))), tree.apply("exp", tree.neg(tree.square(x))))


exp = _function("exp", lambda x, y: y)
expm1 = _function("expm1", lambda x, y: _call("exp", x), sympy=lambda sp, x: sp.exp(x) - 1)
log = _function("log", lambda x, y: _over(x), "ln", kinds=LOGARITHM)
log2 = _function("log2", lambda x, y: _over(x, "2"), sympy=lambda sp, x: sp.log(x, 2), kinds=LOGARITHM)
log10 = _function("log10", lambda x, y: _over(x, "10"), sympy=lambda sp, x: sp.log(x, 10), kinds=LOGARITHM)
log1p = _function("log1p", lambda x, y: _over(_one_plus(x)), sympy=lambda sp, x: sp.log(1 + x), kinds=LOGARITHM)
sqrt = _function("sqrt", lambda x, y: _over(tree.times(tree.TWO, y)), kinds=("power",))
absolute = _function(
    "abs", lambda x, y: _call("sign", x), "absolute", "fabs", sympy=lambda sp, x: sp.Abs(x), kinds=("kinked",)
)
sign = _function("sign", JUMPS, "sgn")
square = _function("square", lambda x, y: tree.times(tree.TWO, x), sympy=lambda sp, x: x**2, written={"matlab": "x.^2"})
reciprocal = _function(
    "reciprocal",
    lambda x, y: tree.neg(_over(tree.square(x))),
    numpy=lambda np, x: 1 / x,
    sympy=lambda sp, x: 1 / x,
    written={"matlab": "1 ./ x"},
)
sinh = _function("sinh", lambda x, y: _call("cosh", x))
cosh = _function("cosh", lambda x, y: _call("sinh", x))
sech = _function(
    "sech",
    lambda x, y: tree.neg(tree.times(y, _call("tanh", x))),
    numpy=lambda np, x: 1 / np.cosh(x),
    written={"python": "1 / np.cosh(x)"},
)
sin = _function("sin", lambda x, y: _call("cos", x))
cos = _function("cos", lambda x, y: tree.neg(_call("sin", x)))
tan = _function("tan", lambda x, y: _one_plus(tree.square(y)))
arctan = _function(
    "arctan",
    lambda x, y: _over(_one_plus(tree.square(x))),
    "atan",
    sympy=lambda sp, x: sp.atan(x),
    named={"matlab": "atan"},
)
erf = _function("erf", lambda x, y: _bell(x), numpy=_erf, written={"python": "np.vectorize(math.erf)(x)"})
floor = _function("floor", JUMPS)
round_ = Op(
    "round",
    "()->()",
    numpy=lambda np, x, decimals=0, **params: np.round(x, int(decimals)),
    constant=JUMPS,
    calls=("round", "around", "rint"),
    methods=("round",),
    parameters=("decimals",),
)
heaviside = _function(
    "heaviside",
    JUMPS,
    "step",
    "indicator",
    numpy=lambda np, x: np.heaviside(x, 0.0),
    sympy=lambda sp, x: sp.Heaviside(x, 0),
    written={"python": "np.heaviside(x, 0)", "matlab": "x > 0"},
)
isnan = Op("isnan", "()->()", numpy=lambda np, x: np.isnan(x) * 1.0, constant=JUMPS, calls=("isnan",))
logit = _function(
    "logit",
    lambda x, y: _over(tree.times(x, tree.minus(tree.ONE, x))),
    numpy=lambda np, x: np.log(x / (1 - x)),
    sympy=lambda sp, x: sp.log(x / (1 - x)),
    written={"python": "np.log(x / (1 - x))", "matlab": "log(x ./ (1 - x))"},
)


def _where_gradient(d: Differential, g: Node, *args: Node) -> tuple[Node | None, ...]:
    """g where the condition holds for the one, where it does not for the other."""
    if len(args) != 3:
        raise d.refuse("`where` of a condition alone, which gives places")
    condition, _, _ = args
    return None, tree.times(g, condition), tree.times(g, tree.minus(tree.ONE, condition))


def _clip_gradient(d: Differential, g: Node, a: Node, *bounds: Node) -> tuple[Node | None, ...]:
    """g where the array lies between its bounds; what is below or above is the bound's."""
    low, high = (_as_node(bound) for bound in bounds_of(bounds, d.params))
    inside = [tree.mask(a, ">", low)] if low else []
    inside += [tree.mask(a, "<", high)] if high else []
    below = [tree.mask(a, "<=", low), *([tree.mask(low, "<", high)] if high else [])] if low else []
    above = [tree.mask(tree.apply("maximum", a, low) if low else a, ">=", high)] if high else []
    return tuple(tree.times(g, *masks) for masks in (inside, below, above)[: 1 + len(bounds)])


def _as_node(value: Any) -> Node | None:
    return value if value is None or isinstance(value, Name | Number | Apply) else Number(str(value))


same = Op(
    "same",
    "()->()",
    numpy=lambda np, x, **params: x,
    sympy=lambda sp, x, **params: x,
    gradient=lambda d, g, x: (g,),
    calls=(
        *("array", "asarray", "asmatrix", "ascontiguousarray", "tensor", "as_tensor", "from_numpy", "copy", "deepcopy"),
        *("int", "int8", "int32", "int64", "float", "float32", "float64", "double", "bool", "real", "nan_to_num"),
    ),
    methods=(
        *("astype", "copy", "clone", "detach", "numpy", "contiguous", "float", "double", "int", "long", "bool", "half"),
        *("to", "cpu", "cuda", "conj", "requires_grad_"),
    ),
    parameters=("dtype",),
    kinds=("multiple",),
    written={"matlab": "x"},
)
dropout = Op(
    "dropout",
    "()->()",
    numpy=lambda np, x, **params: x,
    gradient=refused(RANDOM),
    calls=("dropout",),
    parameters=("p", "training"),
    named={"python": "", "matlab": ""},
)
where = Op(
    "where",
    shape=_where_rule,
    numpy=lambda np, condition, yes, no: np.where(condition, yes, no),
    sympy=_choice,
    gradient=_where_gradient,
    calls=("where",),
    arity=None,
    kinds=("spreading",),
    written={"matlab": "x .* y + (1 - x) .* z"},
)
maximum = Op(
    "maximum",
    "(),()->()",
    numpy=lambda np, a, b: np.maximum(a, b),
    sympy=_larger,
    gradient=lambda d, g, a, b: (tree.times(g, tree.mask(a, ">", b)), tree.times(g, tree.mask(b, ">", a))),
    calls=("maximum", "fmax"),
    methods=("maximum",),
    kinds=("kinked",),
    named={"matlab": "max", "latex": "\\max"},
)
minimum = Op(
    "minimum",
    "(),()->()",
    numpy=lambda np, a, b: np.minimum(a, b),
    sympy=_smaller,
    gradient=lambda d, g, a, b: (tree.times(g, tree.mask(a, "<", b)), tree.times(g, tree.mask(b, "<", a))),
    calls=("minimum", "fmin"),
    methods=("minimum",),
    kinds=("kinked",),
    named={"matlab": "min", "latex": "\\min"},
)
clip = Op(
    "clip",
    "(),(),()->()",
    numpy=_clipped_array,
    sympy=_clipped,
    gradient=_clip_gradient,
    names=("clip", "clamp"),
    arity=None,
    parameters=("a_min", "a_max", "min", "max"),
)
