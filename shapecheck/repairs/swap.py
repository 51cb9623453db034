"""Put the factors of a matrix product in another order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, is_product, is_scalar

MOST = 4
_GRAM = -4
"""The place of a product with its own transpose among those whose factors may be swapped: it goes first."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or not (is_product(node, checked) or node.op == "outer"):
        return
    places = [place for place, factor in enumerate(node.args) if not is_scalar(factor, checked)]
    if not 1 < len(places) <= MOST:
        return
    usual = tuple(range(len(places)))
    for order in permutations(usual):
        if order != usual:
            one_move = _is_one_move(order)
            words = "swap the factors" if one_move else "put the factors in another order"
            likely = _GRAM if len(places) == 2 and _is_gram(*(node.args[place] for place in places)) else 0
            yield Rewrite((words,), _ordered(node, places, order), 0 if one_move else 1, likely)


def _is_gram(left: Node, right: Node) -> bool:
    """Whether one factor is the other's transpose, as in `X X.T`, which is easily taken for `X.T X`."""
    turned = [node.args[0] for node in (left, right) if type(node) is Apply and node.op == "transpose"]
    plain = [node for node in (left, right) if not (type(node) is Apply and node.op == "transpose")]
    return len(turned) == 1 and turned == plain


def _is_one_move(order: tuple[int, ...]) -> bool:
    """Whether one exchange, of two factors or of two neighbouring groups, gives this order."""
    moved = [place for place, factor in enumerate(order) if place != factor]
    part = [factor - moved[0] for factor in order[moved[0] : moved[-1] + 1]]
    turned = all(after == (before + 1) % len(part) for before, after in pairwise(part))
    return len(moved) == 2 or turned


def _ordered(node: Apply, places: list[int], order: tuple[int, ...]) -> Node:
    args = list(node.args)
    for place, factor in zip(places, order, strict=True):
        args[place] = node.args[places[factor]]
    return Apply(node.op, tuple(args), node.params, sign=node.sign)


repair = Repair("swap", 2, _propose, slip=True)
