"""Exchange the two indices of an entry: `Σ_j W_ji x_j` as `Σ_j W_ij x_j`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import NOWHERE, Index, Name, Node
from ._repair import Repair, Rewrite


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    low = [index for index in node.indices if index.kind == "_"] if type(node) is Name else []
    letters = low[0].text.replace(",", "") if len(low) == 1 else ""
    if type(node) is not Name or len(letters) != 2 or not node.key.endswith("{,}"):
        return
    turned = str.maketrans(letters, letters[::-1])
    head, mark, tail = node.text.rpartition("_")
    indices = tuple(Index("_", each.text.translate(turned)) if each is low[0] else each for each in node.indices)
    other = Name(f"{head}{mark}{tail.translate(turned)}", node.base, indices, NOWHERE, node.key)
    yield Rewrite(("swap the indices of ", node), other)


repair = Repair("index", 2, _propose, slip=True)
