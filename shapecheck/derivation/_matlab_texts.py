"""Functions that MATLAB has not by name, written out in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..notations.matlab import notation
from ..syntax.nodes import Apply, Equation, Name, Node, Number
from ..text import Piece, Window
from ._numpy_forms import Nodes

TEXTS: Mapping[str, str] = {
    "sigmoid": "1 ./ (1 + exp(-x))",
    "sigmoid_prime": "1 ./ (1 + exp(-x)) .* (1 - 1 ./ (1 + exp(-x)))",
    "tanh_prime": "1 - tanh(x).^2",
    "relu": "max(x, 0)",
    "relu_prime": "x > 0",
    "leaky_relu": "max(x, 0) + 0.01 * min(x, 0)",
    "leaky_relu_prime": "(x > 0) + 0.01 * (x <= 0)",
    "elu": "max(x, 0) + exp(min(x, 0)) - 1",
    "elu_prime": "exp(min(x, 0))",
    "softplus": "log(1 + exp(x))",
    "softplus_prime": "1 ./ (1 + exp(-x))",
    "gelu": "x .* (1 + erf(x / sqrt(2))) / 2",
    "gelu_prime": "(1 + erf(x / sqrt(2))) / 2 + x .* exp(-x.^2 / 2) / sqrt(2 * pi)",
    "silu": "x ./ (1 + exp(-x))",
    "silu_prime": "(1 + x ./ (1 + exp(x))) ./ (1 + exp(-x))",
    "softsign": "x ./ (1 + abs(x))",
    "softsign_prime": "1 ./ (1 + abs(x)).^2",
    "linear": "x",
    "linear_prime": "ones(size(x))",
    "logit": "log(x ./ (1 - x))",
    "heaviside": "x > 0",
    "square": "x.^2",
    "reciprocal": "1 ./ x",
    "same": "x",
    "item": "x",
    "logical_and": "(x ~= 0) .* (y ~= 0)",
    "logical_or": "(x ~= 0) + (y ~= 0) > 0",
    "logical_not": "x == 0",
    "where": "x .* y + (1 - x) .* z",
    "zeros_like": "zeros(size(x))",
    "ones_like": "ones(size(x))",
    "random_like": "randn(size(x))",
    "shape_of": "size(x)",
    "count": "numel(x)",
    "cholesky": "chol(x)'",
    "floor_divide": "floor(x ./ y)",
}
"""Of the arguments x, y and z."""


def written_out(text: str, args: Nodes) -> Node:
    """A text of MATLAB as a tree, with arguments in the place of x, y and z."""
    return _put(_read(text), dict(zip("xyz", args, strict=False)))


@cache
def _read(text: str) -> Node:
    (statement,) = notation.parse(Window((Piece(text, 0),), notation.name)).statements
    assert isinstance(statement, Equation)
    return statement.members[0]


def _put(node: Node, given: Mapping[str, Node]) -> Node:
    if type(node) is Name:
        return given.get(node.text) or Name(node.text, node.base)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    return Apply(node.op, tuple(_put(each, given) for each in node.args), node.params, sign=node.sign)
