"""The activations of a forward pass, and their derivatives as a textbook writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..ops import is_a, ops
from ..ops.activations import known
from ..syntax.nodes import Apply, Name, Node, Number, walk
from ..values import NamedTuple

ONE = Number("1")


class Derivative(NamedTuple):
    """The derivative of the activation `of` at a node: `g1'(Z1)`, `(Z1 > 0)`, `1 - A1^2`."""

    of: str
    at: Node
    node: Node


def activation_of(node: Node) -> str:
    """What an elementwise activation is called, "" where a node is none."""
    if type(node) is not Apply:
        return ""
    if node.op == "activation":
        return "" if node.params.get("order") else str(node.params["name"])
    return node.op if f"{node.op}_prime" in ops() else ""


def unknown_function(node: Node) -> str:
    """The name of a function that an activation is, or is the derivative of, where nobody knows it; else ""."""
    if type(node) is not Apply or node.op != "activation":
        return ""
    name = str(node.params["name"])
    return name if known(name) is None else ""


def kinked(node: Node) -> Node | None:
    """For a function with a kink the side on which each entry lies, as 0 or 1; None for any other."""
    if type(node) is not Apply:
        return None
    if node.op == "compare":
        return node
    if is_a(node, "kinked"):
        left, right = (*node.args, Number("0"))[:2]
        return Apply("compare", (left, right), {"sign": ">"})
    return None


def derivatives(steps: Iterable[tuple[Name, Node]]) -> Iterator[Derivative]:
    """The derivatives of the activations in some equations, each once."""
    seen: list[tuple[str, Node]] = []
    for name, value in steps:
        for node in walk(value):
            called = activation_of(node)
            if type(node) is Apply and called and (called, node.args[0]) not in seen:
                seen.append((called, node.args[0]))
                yield Derivative(called, node.args[0], _written(node, called, name if node is value else None))


def _written(node: Apply, called: str, result: Name | None) -> Node:
    """The derivative of an activation, in terms of its result where that has a name."""
    at = node.args[0]
    if called == "relu":
        return Apply("compare", (at, Number("0")), {"sign": ">"}, closed=True)
    if called == "tanh" and result is not None:
        return Apply("add", (ONE, Apply("neg", (Apply("power", (result, Number("2"))),))))
    if called == "sigmoid" and result is not None:
        return Apply("hadamard", (result, Apply("add", (ONE, Apply("neg", (result,))))))
    if node.op == "activation":
        return Apply("activation", node.args, {**node.params, "order": 1})
    return Apply("activation", node.args, {"name": called, "order": 1})
