"""Write out a chain of derivatives with a tensor in it: `∂L/∂Z ∂Z/∂W` of `Z = W A + b` as `∂L/∂Z A.T`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node
from ._layers import factors, jacobian, layer_of, without_font
from ._repair import Repair, Rewrite, is_scalar, joined, product_sign


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if not is_a(node, "multiplication"):
        return
    row = list(factors(node))
    links = [factor for factor in map(_link, row) if factor is not None]
    others = [factor for factor in row if _link(factor) is None]
    arrays = [factor for factor in others if not is_scalar(factor, checked)]
    if len(arrays) == 1 and not all(map(_is_elementwise, links)):
        scalars = [factor for factor in others if factor is not arrays[0]]
        yield from _written_out(node, scalars, arrays[0], links, checked, section)


def _written_out(
    row: Apply, scalars: list[Node], start: Node, links: list[Apply], checked: Checked, section: Section
) -> Iterator[Rewrite]:
    """The gradient at the end of a chain from that at its start, nothing if a link's layer is not known."""
    sign = "dot" if row.op == "dot" else product_sign(checked, section)
    found = joined("dot", *scalars, start) if sign == "dot" else start
    said: tuple[str | Node, ...] = ()
    for link in _in_order(start, links, section):
        layer = None if _is_elementwise(link) else layer_of(link.args[0], section)
        if _is_elementwise(link):
            step: Node | None = joined("hadamard", found, link)
        else:
            step = layer.gradient(link.args[1], found, sign) if layer else None
        if step is None:
            return
        found, links = step, [other for other in links if other is not link]
        said = said or ((without_font(link.args[0]), " = ", layer.value) if layer else ())
    if not links:
        whole = found if sign == "dot" else joined("product", *scalars, found)
        yield Rewrite(("write out the chain rule through ", *said), whole)


def _link(factor: Node) -> Apply | None:
    """A factor that leads from one array to another: a derivative, or `g'(Z)` of an activation."""
    if type(factor) is Apply and factor.op == "activation" and factor.params.get("order"):
        return factor if type(factor.args[0]) is Name else None
    return jacobian(factor)


def _is_elementwise(link: Apply) -> bool:
    return link.op == "activation" or bool(link.params.get("elementwise"))


def _leads_from(link: Apply, at: str, section: Section) -> bool:
    """Whether a link is the derivative of the array of that key; `g'(Z[1])` is that of A[1]."""
    first = link.args[0]
    if type(first) is not Name:
        return False
    if link.op != "activation":
        return first.key == at
    capital = {"Z": "A", "z": "a"}.get(first.base)
    return capital is not None and section.survey.reading.symbol(capital, first.indices).key == at


def _in_order(start: Node, links: list[Apply], section: Section) -> Iterator[Apply]:
    """The links of a chain, each the derivative of that by which the one before it is taken."""
    symbol = section.survey.reading.by_key.get(start.key) if type(start) is Name else None
    at = section.table.variable(symbol).key if symbol and symbol.of else None
    for _ in links:
        link = next((each for each in links if at and _leads_from(each, at, section)), None)
        if link is None:
            return
        yield link
        below = link.args[-1]
        at = below.key if type(below) is Name else None


repair = Repair("chain_rule", 2, _propose, regroups=True, slip=True)
