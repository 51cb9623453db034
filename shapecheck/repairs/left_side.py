"""Assign to another gradient, the one whose shape the right side has: `dz = 1/m X dZ.T` as `dw = …`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import Dim
from ..syntax.nodes import Name, Node, is_op, walk
from ._others import gradients, shape_of
from ._repair import Repair, Rewrite

_PARAMETERS = frozenset("Wwb")


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    if type(node) is Name and node is members[0] and len(members) == 2 and _is_full(members[1], checked):
        for place, other in enumerate(gradients(node, checked, section)):
            is_parameter = other.base.lstrip("d_") in _PARAMETERS
            extra = int(not is_parameter or other.base == node.base)
            yield Rewrite(("assign to ", other), other, extra, place + 2 * (is_parameter and extra))
        weights = _weights(node, members[1], section)
        if weights is not None:
            yield Rewrite(("assign to ", weights), weights, 1)


def _weights(name: Name, side: Node, section: Section) -> Name | None:
    """The gradient of weights that nothing is known of, where the right side is one: `dz = X dz.T` as `dw = …`."""
    symbol = section.survey.reading.by_key.get(name.key)
    turned = any(is_op(node, "transpose") for node in walk(side))
    if symbol is None or not turned or not name.base.endswith(symbol.of) or symbol.of.lower() != "z":
        return None
    base = name.base[: -len(symbol.of)] + ("w" if symbol.of.islower() else "W")
    key = section.survey.reading.symbol(base, name.indices).key
    found = Name(base + name.text[len(name.base) :], base, name.indices, key=key)
    return found if name.text.startswith(name.base) and shape_of(found, section) is None else None


def _is_full(side: Node, checked: Checked) -> bool:
    """Whether the right side has a shape and nothing in it is unknown, so that the left side can be wrong."""
    shapes = (checked.shapes.get(id(node)) for node in walk(side))
    known = all(shape is not None and all(type(dim) is Dim for dim in shape) for shape in shapes)
    return known and bool(checked.shapes.get(id(side)))


repair = Repair("left_side", 2, _propose, penalty=1, alone=True)
