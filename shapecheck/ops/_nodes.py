"""Trees to build gradients with, as a textbook would write them: no factor of 1, no sign twice, no bracket too many."""

from __future__ import annotations

from typing import Any

from ..syntax.nodes import NO_PARAMS, Apply, Node, Number, args_of

ONE = Number("1")
TWO = Number("2")
WHOLE = ("range", None, None, None)
"""A whole axis, as an item of a slice."""
BACKWARDS = ("range", None, None, -1)


def apply(op: str, *args: Node, **params: Any) -> Apply:
    """An operation applied to arguments."""
    return Apply(op, args, params or NO_PARAMS)


def is_number(node: Node, text: str) -> bool:
    """Whether a node is that number."""
    return type(node) is Number and node.text == text


def times(*factors: Node) -> Node:
    """The elementwise product."""
    return _joined("hadamard", factors)


def product(*factors: Node) -> Node:
    """The matrix product, scalars scaling."""
    return _joined("product", factors)


def _joined(op: str, factors: tuple[Node, ...]) -> Node:
    """A product without brackets, without ones, its sign in front."""
    flat: list[Node] = []
    negative = False
    for factor in factors:
        if type(factor) is Apply and factor.op == "neg":
            negative, factor = not negative, factor.args[0]
        flat.extend(args_of(factor, op))
    left = [factor for factor in flat if not is_number(factor, "1")]
    whole = Apply(op, tuple(left)) if len(left) > 1 else left[0] if left else ONE
    return neg(whole) if negative else whole


def plus(*terms: Node) -> Node:
    """The sum."""
    flat = [part for term in terms for part in args_of(term, "add")]
    return Apply("add", tuple(flat)) if len(flat) > 1 else flat[0]


def minus(left: Node, right: Node) -> Node:
    """The difference."""
    return plus(left, neg(right))


def neg(node: Node) -> Node:
    """The negative."""
    return node.args[0] if type(node) is Apply and node.op == "neg" else Apply("neg", (node,))


def over(above: Node, below: Node) -> Node:
    """The quotient."""
    if is_number(below, "1"):
        return above
    if type(above) is Apply and above.op == "neg":
        return neg(over(above.args[0], below))
    return Apply("divide", (above, below))


def power(base: Node, exponent: Node) -> Node:
    """The elementwise power."""
    return base if is_number(exponent, "1") else Apply("power", (base, exponent))


def square(node: Node) -> Node:
    """The elementwise square."""
    return power(node, TWO)


def transpose(node: Node) -> Node:
    """The transpose of a matrix; twice is not at all."""
    plain = type(node) is Apply and node.op == "transpose" and not node.params
    return node.args[0] if plain and type(node) is Apply else Apply("transpose", (node,))


def mask(left: Node, sign: str, right: Node) -> Node:
    """1 where a comparison holds, else 0."""
    return apply("compare", left, right, sign=sign)


def total(node: Node, axis: Any = None, *, keepdims: bool = True) -> Node:
    """The sum of all entries, or over axes, which stay as axes of length 1."""
    if axis is None:
        return apply("sum", node)
    return apply("sum", node, axis=axis, keepdims=True) if keepdims else apply("sum", node, axis=axis)


def shape_of(node: Node) -> Apply:
    """The shape of an array, as a parameter."""
    return apply("shape_of", node)


def reshaped(node: Node, like: Node) -> Node:
    """The entries of an array in the shape of another."""
    return apply("reshape", node, shape=shape_of(like))


def dimension(node: Node, axis: int) -> Node:
    """The length of an axis."""
    return apply("dimension", node, axis=axis)


def flipped(node: Node, axis: int) -> Node:
    """An array with an axis the other way round."""
    return apply("slice", node, items=(*(WHOLE,) * axis, BACKWARDS))


def part(node: Node, items: tuple[Any, ...]) -> Node:
    """A slice."""
    return apply("slice", node, items=items)
