"""What types say of a fraction in a line: where it ends below its bar, and whether a 1 above is a vector of ones."""

from __future__ import annotations

from collections.abc import Iterator

from ..notations._ones import ONES, is_ones, ones
from ..shapes.dims import ONE, Shape, is_single, prune, symbol
from ..syntax.nodes import Apply, Equation, Name, Node, Number, names_in, replace, walk
from ..values import replace as replaced
from .facts import Checked

_ONE = Number("1")


def ended(equation: Equation, usual: Checked) -> Equation | None:
    """The statement in which a fraction ends after the number below its bar, `uᵀv/uᵀu u` as `(uᵀv/uᵀu) u`.

    A 1 after a matrix is the vector of ones, `Xᵀ 1/n`. None if nothing is to be read so, or may be in several ways.
    """
    members = equation.members
    for node in list(walk(*members)):
        if type(node) is not Apply or node.op != "divide":
            continue
        places = list(_ends(node, usual))
        if len(places) > 1:
            return None
        whole = _with_ones(node, usual)
        other = _split(whole, places[0]) if places else whole
        members = tuple(replace(member, node, other) for member in members) if other is not node else members
    return None if members is equation.members else Equation(members, equation.sign, equation.span)


def _with_ones(node: Apply, usual: Checked) -> Apply:
    """A fraction in which the 1 above is ones, if below is the number of them, or one made with ones."""
    above, below = node.args
    if type(above) is not Apply or above.op != "product" or above.closed or above.args[-1] != _ONE:
        return node
    before = usual.shapes.get(id(above.args[-2]))
    if before is None or len(before) != 2 or prune(before[1]) is ONE:
        return node
    names = list(names_in(below))
    is_count = type(below) is Name and prune(before[1]) is symbol(below.text)
    if not (is_count or any(map(is_ones, names))):
        return node
    factors = (*above.args[:-1], replaced(ones(above.args[-1]), key=ONES))
    return replaced(node, args=(replaced(above, args=factors), below))


def _ends(node: Apply, usual: Checked) -> Iterator[int]:
    """After how many factors below its bar a fraction may end."""
    below = node.args[-1]
    if type(below) is not Apply or below.op != "product" or below.closed:
        return
    shapes = [usual.shapes.get(id(factor)) for factor in below.args]
    if None in shapes or _is_number(shapes):
        return
    yield from (count for count in range(1, len(shapes)) if shapes[count] != () and _is_number(shapes[:count]))


def _is_number(shapes: list[Shape | None]) -> bool:
    """Whether the product of factors, from the left, is a number: inner products, and numbers."""
    whole: Shape = ()
    for shape in shapes:
        if shape and not is_single(shape):
            if len(shape) != 2:
                return False
            whole = (whole[0], shape[1]) if whole else shape
            whole = () if prune(whole[0]) is prune(whole[1]) is ONE else whole
    return not whole


def _split(node: Apply, count: int) -> Node:
    """A fraction that ends after some factors below its bar, times the others."""
    above, below = node.args
    assert type(below) is Apply
    inner, rest = below.args[:count], below.args[count:]
    span = below.span._replace(end=inner[-1].span.end)
    whole = inner[0] if count == 1 else Apply("product", inner, below.params, span, below.sign)
    fraction = Apply("divide", (above, whole), node.params, node.span._replace(end=whole.span.end), node.sign)
    return Apply("product", (fraction, *rest), {}, node.span, " ", node.closed)
