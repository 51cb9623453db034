"""Take the letter x between two factors for a sign of multiplication: `A x B` as `A * B`, or as `A B`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node
from ._repair import MATRIX_PRODUCTS, Repair, Rewrite, joined

_WORDS = ("take the x for a sign",)


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.op not in MATRIX_PRODUCTS:
        return
    for place, factor in enumerate(node.args[1:-1], 1):
        if type(factor) is Name and factor.text == "x":
            before, after = joined(node.op, *node.args[:place]), joined(node.op, *node.args[place + 1 :])
            yield Rewrite(_WORDS, joined("hadamard", before, after))
            yield Rewrite(_WORDS, joined(node.op, before, after), penalty=1)


repair = Repair("sign", 2, _propose, penalty=1)
