"""How far a fraction goes that is written in a line: what is an array, behind a number below the bar, multiplies it."""

from __future__ import annotations

from collections.abc import Iterator

from ..shapes.dims import ONE, Shape, prune
from ..syntax.nodes import Apply, Equation, Node, replace, walk
from .facts import Checked


def ended(equation: Equation, usual: Checked) -> Equation | None:
    """The statement in which a fraction ends behind the number below its bar, `uᵀv/uᵀu u` as `(uᵀv/uᵀu) u`.

    None where all that stands below is a number, or where it may end in several places.
    """
    members = equation.members
    for node in [node for member in members for node in walk(member)]:
        if type(node) is Apply and (places := list(_ends(node, usual))):
            if len(places) > 1:
                return None
            members = tuple(replace(member, node, _split(node, places[0])) for member in members)
    return None if members is equation.members else Equation(members, equation.sign, equation.span)


def _ends(node: Apply, usual: Checked) -> Iterator[int]:
    """Behind how many factors below its bar a fraction may end."""
    below = node.args[-1] if node.op == "divide" else node
    if below is node or type(below) is not Apply or below.op != "product" or below.closed:
        return
    shapes = [usual.shapes.get(id(factor)) for factor in below.args]
    if None in shapes or _is_number(shapes):
        return
    yield from (count for count in range(1, len(shapes)) if shapes[count] != () and _is_number(shapes[:count]))


def _is_number(shapes: list[Shape | None]) -> bool:
    """Whether the product of factors, from the left, is a number: inner products, and numbers."""
    whole: Shape = ()
    for shape in shapes:
        if shape and any(prune(dim) is not ONE for dim in shape):
            if len(shape) != 2:
                return False
            whole = (whole[0], shape[1]) if whole else shape
            whole = () if prune(whole[0]) is prune(whole[1]) is ONE else whole
    return not whole


def _split(node: Apply, count: int) -> Node:
    """A fraction that ends behind some factors below its bar, times the others."""
    above, below = node.args
    assert type(below) is Apply
    inner, rest = below.args[:count], below.args[count:]
    span = below.span._replace(end=inner[-1].span.end)
    whole = inner[0] if count == 1 else Apply("product", inner, below.params, span, below.sign)
    fraction = Apply("divide", (above, whole), node.params, node.span._replace(end=whole.span.end), node.sign)
    return Apply("product", (fraction, *rest), {}, node.span, " ", node.closed)
