"""Turn one sign of a row of factors into the other kind: elementwise into the matrix product, and back."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, is_product, is_scalar, joined, product_sign


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or len(node.args) < 2:
        return
    if is_product(node, checked):
        same, other, words = node.op, "hadamard", "multiply elementwise"
    elif node.op in ("hadamard", "dot"):
        same, other, words = "hadamard", product_sign(checked, section), "take the matrix product"
    else:
        return
    same = "product" if same == "dot" else same
    for place in range(len(node.args) - 1):
        if not (is_scalar(node.args[place], checked) or is_scalar(node.args[place + 1], checked)):
            yield from _at(node, place, same, other, words)


def _at(node: Apply, place: int, same: str, other: str, words: str) -> Iterator[Rewrite]:
    """The sign between two neighbours turned: binding more loosely, with all behind it, or more tightly."""
    args = node.args
    before, after = joined(same, *args[: place + 1]), joined(same, *args[place + 1 :])
    yield Rewrite((words,), joined(other, before, after))
    if len(args) > place + 2:
        yield Rewrite((words,), joined(other, before, *args[place + 1 :]), penalty=1)
    if len(args) > 2:
        pair = joined(other, args[place], args[place + 1])
        yield Rewrite((words,), joined(same, *args[:place], pair, *args[place + 2 :]), penalty=1)


repair = Repair("kind", 2, _propose, regroups=True, penalty=1)
