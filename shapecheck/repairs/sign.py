"""Take a sign for another: the letter x between two factors for one of multiplication, a stray minus for none."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Name, Node
from ._repair import Repair, Rewrite, joined, product_sign

_WORDS = ("read x as the times sign",)


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is Apply and node.op == "add":
        yield from _stray_minus(node, checked, section)
    if not is_a(node, "product"):
        return
    for place, factor in enumerate(node.args[1:-1], 1):
        if type(factor) is Name and factor.text == "x":
            before, after = joined(node.op, *node.args[:place]), joined(node.op, *node.args[place + 1 :])
            yield Rewrite(_WORDS, joined("hadamard", before, after))
            yield Rewrite(_WORDS, joined(node.op, before, after), penalty=1)


def _stray_minus(node: Apply, checked: Checked, section: Section) -> Iterator[Rewrite]:
    """`dZ - X.T` as `dZ X.T`."""
    first, *rest = node.args
    last = rest[0].args[0] if len(rest) == 1 and type(rest[0]) is Apply and rest[0].op == "neg" else None
    if type(last) is Apply and last.op == "transpose":
        whole = joined(product_sign(checked, section), first, last)
        yield Rewrite(("multiply by ", last, " instead of subtracting it"), whole, penalty=1)


repair = Repair("sign", 2, _propose, penalty=1)
