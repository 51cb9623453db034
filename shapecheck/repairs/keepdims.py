"""Keep the axis that a reduction sums, or let it go."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._reductions import axis_beside, changed, is_reduction
from ._repair import Repair, Rewrite

_LOST = -6
"""The place of an axis that is kept: where it mends a formula, nothing else was meant, for rank 1 is seldom meant.

Not so where the reductions beside it go along another axis.
"""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.params.get("axis") is None or not is_reduction(node):
        return
    if node.params.get("keepdims") is not True:
        is_odd = axis_beside(node, checked) not in (None, node.params["axis"])
        words = ("keep the summed axis with keepdims=True",)
        yield Rewrite(words, changed(node, keepdims=True), penalty=0 if is_odd else _LOST)
    elif not section.notation.has_columns:
        yield Rewrite(("drop keepdims",), changed(node, keepdims=None), penalty=2)


repair = Repair("keepdims", 2, _propose, slip=True)
