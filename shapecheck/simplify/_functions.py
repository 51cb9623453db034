"""Rewrites of one operation: derivatives by what they are the derivatives of, functions written out as functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..ops._nodes import minus
from ..ops.activations import known, sigmoid
from ..syntax.nodes import Apply, Node, Number, is_op
from ._terms import key

if TYPE_CHECKING:
    from ._reader import Reader

ONE = Number("1")


def rewritten(node: Apply, reader: Reader) -> Node | None:
    """What a node is written as more simply, None if it stays."""
    if node.op == "activation" and node.params.get("order") == 1:
        return _derivative(node.params["name"].rpartition(".")[2].lower(), node, reader)
    if node.op.endswith("_prime"):
        return _derivative(node.op.removesuffix("_prime"), node, reader)
    rule = _RULES.get(node.op)
    return rule(node, reader) if rule else None


def _derivative(name: str, node: Apply, reader: Reader) -> Node | None:
    (argument,) = node.args
    if name == "tanh":
        return minus(ONE, Apply("power", (Apply("tanh", (argument,)), Number("2"))))
    if name == "relu":
        return Apply("compare", (argument, Number("0")), {"sign": ">"})
    if name in ("linear", "identity"):
        return Apply("ones_like", (argument,))
    value: Node | None = _known_value(name, argument, node, reader)
    if value is None and name == "sigmoid":
        value = Apply("sigmoid", (argument,))
    if known(name) is sigmoid and value is not None:
        return Apply("hadamard", (value, minus(ONE, value)))
    return None


def _known_value(name: str, argument: Node, node: Apply, reader: Reader) -> Node | None:
    """The name that an activation of this argument has."""
    simple = reader.simple(argument)
    known = Apply("sigmoid", (simple,))
    given = Apply("activation", (simple,), {"name": node.params.get("name", name), "order": 0})
    return reader.named.get(key(known)) or reader.named.get(key(given))


def _known_as(op: str, inner: str) -> Callable[[Apply, Reader], Node | None]:
    """A function of what another gives, for which there is an operation."""

    def rewrite(node: Apply, reader: Reader) -> Node | None:
        (argument,) = node.args
        return Apply(op, argument.args, argument.params) if is_op(argument, inner) else None

    return rewrite


def _negative_square(node: Apply, reader: Reader) -> Node | None:
    """A root's square."""
    base, exponent = node.args
    if type(base) is Apply and base.op == "sqrt" and type(exponent) is Number and exponent.text == "2":
        return base.args[0]
    return None


_RULES: Mapping[str, Callable[[Apply, Reader], Node | None]] = {
    "reciprocal": lambda node, reader: Apply("divide", (ONE, *node.args)),
    "log": _known_as("log_softmax", "softmax"),
    "exp": _known_as("softmax", "log_softmax"),
    "power": _negative_square,
}
