"""Add entry by entry, `W * X .+ b`, what a sign without a dot adds only where the shapes are equal."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is Apply and node.op == "add" and node.params.get("whole"):
        yield Rewrite(("add entry by entry",), Apply("add", node.args))


repair = Repair("spread", 2, _propose, slip=True)
