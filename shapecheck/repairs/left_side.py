"""Assign to another gradient, the one whose shape the right side has: `dz = 1/m X dZ.T` as `dw = …`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import Dim
from ..syntax.nodes import Name, Node, walk
from ._others import gradients
from ._repair import Repair, Rewrite

_PARAMETERS = frozenset("Wwb")


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    if type(node) is Name and node is members[0] and len(members) == 2 and _is_full(members[1], checked):
        for place, other in enumerate(gradients(node, checked, section)):
            extra = 0 if other.base.lstrip("d_") in _PARAMETERS else 1
            yield Rewrite(("assign to ", other), other, extra, place)


def _is_full(side: Node, checked: Checked) -> bool:
    """Whether the right side has a shape and nothing in it is unknown, so that the left side can be wrong."""
    shapes = (checked.shapes.get(id(node)) for node in walk(side))
    known = all(shape is not None and all(type(dim) is Dim for dim in shape) for shape in shapes)
    return known and bool(checked.shapes.get(id(side)))


repair = Repair("left_side", 2, _propose, penalty=1, alone=True)
