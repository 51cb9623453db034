"""Keep the axis that a reduction sums, or let it go."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._reductions import changed, is_reduction
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.params.get("axis") is None or not is_reduction(node):
        return
    if node.params.get("keepdims") is not True:
        yield Rewrite(("keep the summed axis with keepdims=True",), changed(node, keepdims=True))
    elif section.notation != "matlab":
        yield Rewrite(("drop keepdims",), changed(node, keepdims=None), penalty=2)


repair = Repair("keepdims", 2, _propose)
