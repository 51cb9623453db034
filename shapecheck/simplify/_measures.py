"""What terms and trees are like: how long, in which order, over which axes."""

from __future__ import annotations

from fractions import Fraction

from ..ops import is_a
from ..shapes.dims import ONE, Shape
from ..syntax.nodes import Apply, Node, Number, is_op, walk
from ._terms import Key, Term, Terms


def sums_in(term: Term) -> list[tuple[Key, Node]]:
    """The sums among the factors of a term, those with a quotient in them first."""
    found = [
        (name, node)
        for name, (node, exponent) in (*term.arrays.items(), *term.scalars.items())
        if exponent > 0 and type(node) is Apply and node.op == "add"
    ]
    return sorted(found, key=lambda each: not any(is_op(part, "divide") for part in walk(each[1])))


def cost(terms: Terms) -> int:
    """How long terms are: the names and numbers in them."""
    return sum(
        (abs(number) != 1 or not (scalars or arrays))
        + sum(_size(node) + (exponent not in (1, -1)) for node, exponent in (*scalars.values(), *arrays.values()))
        for number, scalars, arrays in terms
    )


def _size(node: Node) -> int:
    if type(node) is not Apply:
        return 1
    if node.op == "power" and type(node.args[1]) is Number:
        return _size(node.args[0]) + 1
    return sum(map(_size, node.args)) + (not is_a(node, "arithmetic"))


def order(term: Term) -> tuple[str, ...]:
    """Where a term stands in a sum that is to be compared: constants before names, names by the alphabet."""
    return tuple(f"{name}^{factor.exponent}" for name, factor in sorted({**term.scalars, **term.arrays}.items()))


def is_ones(node: Node) -> bool:
    """Whether a node is an array of ones."""
    return is_a(node, "ones")


def is_raised(node: Node) -> bool:
    """Whether a node is an array with a new axis in front, which broadcasting would give it anyway."""
    return type(node) is Apply and node.op == "expand_dims" and node.params.get("axis") in (0, (0,))


def covers(shapes: list[Shape | None], wanted: Shape) -> bool:
    """Whether arrays of these shapes broadcast to at least the axes of a shape."""
    for axis, dim in enumerate(reversed(wanted), 1):
        if dim is not ONE and not any(
            shape is not None and len(shape) >= axis and shape[-axis] is dim for shape in shapes
        ):
            return False
    return any(shape is not None and len(shape) >= len(wanted) for shape in shapes) or not wanted


def exact(text: str) -> Fraction | None:
    """A whole number or a short decimal as a fraction; None for what is better left as it is written."""
    if not set(text) <= set("0123456789.-") or len(text) > 20:
        return None
    number = Fraction(text)
    return number if number.denominator in (1, 2, 4, 5, 8, 10) else None
