"""Turn one sign of a row of factors into the other kind: elementwise into the matrix product, and back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Node, is_op
from ._repair import Repair, Rewrite, is_product, is_scalar, joined, product_sign, target_shape, transposed

_UNSAID = 4
"""The place of another product than the one that `@` or `np.dot` names, where no left side says that it is meant."""
_QUADRATIC = 2
"""The place of entrywise products in `x A x`, where the form `x.T A x` is meant if it fits."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or len(node.args) < 2:
        return
    if is_product(node, checked):
        same, other, words = node.op, "hadamard", "multiply elementwise"
    elif is_a(node, "multiplication"):
        same, other, words = "hadamard", product_sign(checked, section), "use the matrix product"
    else:
        return
    same = "product" if same == "dot" else same
    for place, (left, right) in enumerate(pairwise(node.args)):
        if other != "hadamard" and left == right:
            continue  # a square entry by entry, as `1 - h * h` has it, is meant
        if not (is_scalar(left, checked) or is_scalar(right, checked)):
            alike = other == "hadamard" and _are_alike(left, right, checked)
            behind = int(other != "hadamard" and _are_alike_turned_back(left, right, checked))
            if is_a(node, "product") and node.op != "product" and target_shape(checked) is None:
                behind = _UNSAID
            if other == "hadamard" and len(node.args) > 2 and node.args[0] == node.args[-1]:
                behind = _QUADRATIC
            for rewrite in _at(node, place, same, other, words, alike):
                yield rewrite._replace(penalty=rewrite.penalty + behind)


def _at(node: Apply, place: int, same: str, other: str, words: str, alike: bool) -> Iterator[Rewrite]:
    """The sign between two neighbours turned: binding more loosely, with all after it, or more tightly.

    Tightly is as likely where the two are `alike`, so that they can be multiplied entry by entry.
    """
    args = node.args
    before, after = joined(same, *args[: place + 1]), joined(same, *args[place + 1 :])
    yield Rewrite((words,), joined(other, before, after))
    if len(args) > place + 2:
        yield Rewrite((words,), joined(other, before, *args[place + 1 :]), penalty=1)
    if len(args) > 2:
        pair = joined(other, args[place], args[place + 1])
        yield Rewrite((words,), joined(same, *args[:place], pair, *args[place + 2 :]), penalty=int(not alike))


def _are_alike(left: Node, right: Node, checked: Checked) -> bool:
    """Whether two factors have one shape."""
    one, other = checked.shapes.get(id(left)), checked.shapes.get(id(right))
    return one is not None and other is not None and one == other


def _are_alike_turned_back(left: Node, right: Node, checked: Checked) -> bool:
    """Whether two factors would have one shape without the transpose of one: then that is what is wrong with them."""
    pairs = ((left, right), (right, left))
    return any(is_op(one, "transpose") and _are_alike(transposed(one), other, checked) for one, other in pairs)


repair = Repair("kind", 2, _propose, regroups=True, penalty=1, slip=True)
