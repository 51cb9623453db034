"""What stands below a fraction's bar beside a number: of `1/2m Σ…` the m too, of `1/2x` the 2 alone."""

from __future__ import annotations

from ..shapes.dims import is_single
from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ..text import Span
from ..vocabulary import SCALARS, SIZES
from ._resolver import Resolver

_NUMBERS = SCALARS | SIZES | {"σ"}
"""What is a number below a bar, where nobody says otherwise; σ is a standard deviation there, `1/2σ²`."""
_POWERS = ("superscript", "power")


def whole_fraction(resolver: Resolver, factors: tuple[Node, ...]) -> tuple[Node, ...]:
    """The factors of a product, with a number's name that stands below the bar of the first of them in its place."""
    first, second, *rest = factors
    if type(first) is not Apply or first.op != "divide" or first.closed or type(first.args[1]) is not Number:
        return factors
    above, number = first.args
    is_joined = second.span.start == first.span.end > 0
    is_last = not rest and first.sign == " / " and type(above) is Apply
    if not (is_joined or is_last) or not _is_number(resolver, second):
        return factors
    below = Apply("product", (number, second), NO_PARAMS, Span(number.span.start, second.span.end))
    span = Span(first.span.start, second.span.end)
    return (Apply("divide", (above, below), NO_PARAMS, span, first.sign), *rest)


def _is_number(resolver: Resolver, node: Node) -> bool:
    """Whether a factor is a name of a number, or a power of one: it is declared so, or usually means one."""
    if type(node) is Apply and node.op in _POWERS and type(node.args[1]) is Number:
        node = node.args[0]
    if type(node) is not Name:
        return False
    symbol = resolver.symbol(node)
    entry = resolver.table.look_up(symbol)
    if entry is not None:
        return is_single(entry.shape)
    return resolver.table.is_dimension(symbol) or node.base in _NUMBERS
