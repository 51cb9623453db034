"""Activations and their derivatives by name, and the activation of which nothing but its name is known."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any
from zlib import crc32

from ..syntax.nodes import Node
from . import _nodes as tree
from ._forms import each, entrywise
from ._gradient import Differential, refused
from ._op import Op
from .elementwise import cos, exp, log, reciprocal, sin

_SIGMA = frozenset(("σ", "sigma"))
_SPELLINGS = (
    *("{}_prime", "{}_derivative", "{}_deriv", "{}_der", "{}_grad", "{}_gradient", "{}_diff", "{}_derivation"),
    *("{}prime", "{}derivative", "{}deriv", "{}grad", "{}gradient", "d{}", "d_{}", "grad_{}", "deriv_{}"),
    *("derivative_{}", "derivative_of_{}", "{}_d", "der_{}", "prime_{}"),
)


def _known(name: str, numpy: Callable[..., Any], sympy: Callable[..., Any], *calls: str, **more: Any) -> Op:
    """An activation, called by its own name and by others."""

    def gradient(d: Differential, g: Node, x: Node) -> tuple[Node]:
        return (tree.times(g, tree.apply(f"{name}_prime", x)),)

    every = (name, *calls)
    kinds = ("activation", *more.pop("kinds", ()))
    form = entrywise(sympy)
    return Op(name, "()->()", numpy=numpy, sympy=form, gradient=gradient, names=every, kinds=kinds, **more)


def _derivative(of: Op, numpy: Callable[..., Any], sympy: Callable[..., Any], **more: Any) -> Op:
    """The derivative of an activation, under the names that people give it."""
    calls = tuple(spelling.format(name) for name in of.calls for spelling in _SPELLINGS)
    return Op(
        f"{of.name}_prime",
        "()->()",
        numpy=numpy,
        sympy=entrywise(sympy),
        gradient=refused(f"the derivative of {of.name}, which has no rule of its own"),
        calls=calls,
        **more,
    )


def _logistic(library: Any, x: Any) -> Any:
    return 1 / (1 + library.exp(-x))


def _normal(np: Any, x: Any) -> Any:
    """The distribution function of the normal distribution."""
    return (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2))) / 2


def _named_array(np: Any, x: Any, name: str = "g", order: int = 0) -> Any:
    """The function of that name where it is known, σ as the sigmoid, else a smooth one that depends on the name.

    That one is between 0 and 1, so that its logarithm and that of 1 - g(x) exist.
    """
    op = known(name, order)
    if op is not None and op.numpy is not None:
        return op.numpy(np, x)
    phase = crc32(name.encode()) % 628 / 100
    return 0.5 * (order == 0) + 0.4 * np.sin(x + phase + order * math.pi / 2)


def _named(sp: Any, x: Any, name: str = "g", order: int = 0) -> Any:
    op = _functions().get((_plain(name), order))
    if op is not None and op.sympy is not None:
        return op.sympy(sp, x)
    function = sp.Function(name)
    if not order:
        return each(x, function)
    variable = sp.Dummy("x")
    derivative = sp.Lambda(variable, function(variable).diff(variable, order))
    return each(x, derivative)


def _plain(name: str) -> str:
    """A function's name without its library, in lower case: `np.tanh`, `\\tanh`, `Sigmoid`."""
    return name.rpartition(".")[2].lstrip("\\").lower()


def known(name: str, order: int = 0) -> Op | None:
    """What a function of that name computes, or its derivative, σ being the sigmoid; None if that is not known."""
    plain = _plain(name)
    return _functions().get(("sigmoid" if plain in _SIGMA else plain, order))


@cache
def _functions() -> dict[tuple[str, int], Op]:
    """Functions and their derivatives by name and order."""
    pairs = (
        *((exp, exp), (log, reciprocal), (sin, cos), (sigmoid, sigmoid_prime), (tanh, tanh_prime), (relu, relu_prime)),
        *((leaky_relu, leaky_relu_prime), (elu, elu_prime), (softplus, softplus_prime), (gelu, gelu_prime)),
        *((silu, silu_prime), (softsign, softsign_prime), (linear, linear_prime)),
    )
    return {(call, order): pair[order] for pair in pairs for call in pair[0].calls for order in (0, 1)}


def _derived(d: Differential, x: Node) -> Node:
    """`g'(x)` of `g(x)`."""
    name, order = d.params.get("name", "g"), d.params.get("order", 0) + 1
    if order > 1 and (_plain(name), 0) in _functions():
        raise d.refuse(f"the derivative of {name}', which has no rule")
    return tree.apply("activation", x, name=name, order=order)


activation = Op(
    "activation",
    "()->()",
    numpy=_named_array,
    sympy=_named,
    gradient=lambda d, g, x: (tree.times(g, _derived(d, x)),),
    parameters=("name", "order"),
    kinds=("activation",),
)
sigmoid = _known("sigmoid", _logistic, _logistic, "sigm", "logistic", "expit", written={"matlab": "1 ./ (1 + exp(-x))"})
tanh = _known("tanh", lambda np, x: np.tanh(x), lambda sp, x: sp.tanh(x))
relu = _known(
    "relu",
    lambda np, x: np.maximum(x, 0),
    lambda sp, x: sp.Max(0, x),
    kinds=("kinked",),
    written={"matlab": "max(x, 0)"},
)
leaky_relu = _known(
    "leaky_relu",
    lambda np, x: np.where(x > 0, x, 0.01 * x),
    lambda sp, x: sp.Max(0, x) + sp.Rational(1, 100) * sp.Min(0, x),
    "leakyrelu",
    "lrelu",
    kinds=("kinked",),
    written={"python": "np.where(x > 0, x, 0.01 * x)", "matlab": "max(x, 0) + 0.01 * min(x, 0)"},
)
elu = _known(
    "elu",
    lambda np, x: np.where(x > 0, x, np.expm1(x)),
    lambda sp, x: sp.Max(0, x) + sp.exp(sp.Min(0, x)) - 1,
    kinds=("kinked",),
    written={"python": "np.where(x > 0, x, np.expm1(np.minimum(x, 0)))", "matlab": "max(x, 0) + exp(min(x, 0)) - 1"},
)
softplus = _known(
    "softplus",
    lambda np, x: np.log1p(np.exp(x)),
    lambda sp, x: sp.log(1 + sp.exp(x)),
    written={"python": "np.log1p(np.exp(x))", "matlab": "log(1 + exp(x))"},
)
gelu = _known(
    "gelu",
    lambda np, x: x * _normal(np, x),
    lambda sp, x: x * (1 + sp.erf(x / sp.sqrt(2))) / 2,
    written={"python": "x * (1 + np.vectorize(math.erf)(x / 2**0.5)) / 2", "matlab": "x .* (1 + erf(x / sqrt(2))) / 2"},
)
silu = _known(
    "silu",
    lambda np, x: x * _logistic(np, x),
    lambda sp, x: x * _logistic(sp, x),
    "swish",
    written={"python": "x * (1 / (1 + np.exp(-x)))", "matlab": "x ./ (1 + exp(-x))"},
)
softsign = _known(
    "softsign",
    lambda np, x: x / (1 + np.abs(x)),
    lambda sp, x: x / (1 + sp.Abs(x)),
    written={"python": "x / (1 + np.abs(x))", "matlab": "x ./ (1 + abs(x))"},
)
linear = _known("linear", lambda np, x: x, lambda sp, x: x, "identity_function", written={"python": "x", "matlab": "x"})

sigmoid_prime = _derivative(
    sigmoid,
    lambda np, x: _logistic(np, x) * (1 - _logistic(np, x)),
    lambda sp, x: _logistic(sp, x) * (1 - _logistic(sp, x)),
    written={"matlab": "1 ./ (1 + exp(-x)) .* (1 - 1 ./ (1 + exp(-x)))"},
)
tanh_prime = _derivative(
    tanh, lambda np, x: 1 - np.tanh(x) ** 2, lambda sp, x: 1 - sp.tanh(x) ** 2, written={"matlab": "1 - tanh(x).^2"}
)
relu_prime = _derivative(
    relu, lambda np, x: (x > 0) * 1.0, lambda sp, x: sp.Heaviside(x, 0), written={"matlab": "x > 0"}
)
leaky_relu_prime = _derivative(
    leaky_relu,
    lambda np, x: np.where(x > 0, 1.0, 0.01),
    lambda sp, x: sp.Rational(1, 100) + sp.Rational(99, 100) * sp.Heaviside(x, 0),
    written={"python": "np.where(x > 0, 1, 0.01)", "matlab": "(x > 0) + 0.01 * (x <= 0)"},
)
elu_prime = _derivative(
    elu,
    lambda np, x: np.exp(np.minimum(x, 0)),
    lambda sp, x: sp.exp(sp.Min(0, x)),
    written={"python": "np.exp(np.minimum(x, 0))", "matlab": "exp(min(x, 0))"},
)
softplus_prime = _derivative(softplus, _logistic, _logistic, written={"matlab": "1 ./ (1 + exp(-x))"})
gelu_prime = _derivative(
    gelu,
    lambda np, x: _normal(np, x) + x * np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi),
    lambda sp, x: (1 + sp.erf(x / sp.sqrt(2))) / 2 + x * sp.exp(-(x**2) / 2) / sp.sqrt(2 * sp.pi),
    written={
        "python": "(1 + np.vectorize(math.erf)(x / 2**0.5)) / 2 + x * np.exp(-(x**2) / 2) / (2 * np.pi)**0.5",
        "matlab": "(1 + erf(x / sqrt(2))) / 2 + x .* exp(-x.^2 / 2) / sqrt(2 * pi)",
    },
)
silu_prime = _derivative(
    silu,
    lambda np, x: _logistic(np, x) * (1 + x * (1 - _logistic(np, x))),
    lambda sp, x: _logistic(sp, x) * (1 + x * (1 - _logistic(sp, x))),
    written={
        "python": "(1 / (1 + np.exp(-x))) * (1 + x / (1 + np.exp(x)))",
        "matlab": "(1 + x ./ (1 + exp(x))) ./ (1 + exp(-x))",
    },
)
softsign_prime = _derivative(
    softsign,
    lambda np, x: 1 / (1 + np.abs(x)) ** 2,
    lambda sp, x: 1 / (1 + sp.Abs(x)) ** 2,
    written={"python": "1 / (1 + np.abs(x))**2", "matlab": "1 ./ (1 + abs(x)).^2"},
)
linear_prime = _derivative(
    linear,
    lambda np, x: np.ones(np.shape(x)),
    lambda sp, x: sp.Integer(1) + 0 * x,
    written={"python": "np.ones_like(x)", "matlab": "ones(size(x))"},
)
