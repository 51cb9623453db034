"""Take another name of the file for an operand, the most similar first: `dZ2` as `dA2`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import show
from ..syntax.nodes import Name, Node
from ._others import others, shape_of, standing, variable_of
from ._repair import Repair, Rewrite, target_shape


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    shape = checked.shapes.get(id(node))
    if type(node) is not Name or not shape or any(node is member for member in members):
        return
    own = variable_of(checked, section)
    here, is_wanted = standing(checked), target_shape(checked) is not None
    for place, other in enumerate(others(node, checked, section)):
        if other.key != own and show(shape_of(other, section) or ()) != show(shape):
            again = other.key in here
            if again and (not is_wanted or len(shape_of(other, section) or ()) != len(shape)):
                continue
            yield Rewrite(("replace ", node, " with ", other), other, int(again), 1 + place + 4 * again)


repair = Repair("name", 3, _propose)
