"""Take a name's neighbour one layer up or down: `W2` as `W1`, `A1` as `X`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Name, Node
from ._others import first_layer, shifted
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is Name and checked.shapes.get(id(node)) and not _is_target(node, checked):
        target = checked.target
        found = (shifted(node, -1, section), shifted(node, 1, section), first_layer(node, checked, section))
        for other in found:
            if other is not None and other.key != target:
                yield Rewrite(("take ", other, " in place of ", node), other)


def _is_target(node: Name, checked: Checked) -> bool:
    members = checked.equation.members
    return len(members) > 1 and node is members[0]


repair = Repair("layer", 3, _propose)
