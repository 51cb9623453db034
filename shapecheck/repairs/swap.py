"""Put the factors of a matrix product in another order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, is_product, is_scalar, transposed

MOST = 4
"""The most factors whose orders are all tried: 4 have 24 orders, 5 already 120."""
_GRAM = -4
"""The place of a product with its own transpose among those whose factors may be swapped: it goes first."""
_TURNED = 2
"""The place of `x @ A.T` for `A.T @ x` with x of rank 1: that is `A @ x`, which says it without the transpose."""
_RENAMED = -1
"""The place of arrays exchanged under transposes that stay: of three factors one knows which is turned."""


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
            words = "swap the factors" if one_move else "reorder the factors"
            likely = _likely([node.args[place] for place in places], checked)
            yield Rewrite((words,), _ordered(node, places, order), 0 if one_move else 1, likely)
    yield from _renamed(node, places)


def _likely(factors: list[Node], checked: Checked) -> int:
    """The place of swapped factors among what mends a formula."""
    if len(factors) != 2:
        return 0
    if _is_turned(factors[0]) and len(checked.shapes.get(id(factors[1])) or ()) == 1:
        return _TURNED
    return _GRAM if _is_gram(*factors) else 0


def _renamed(node: Apply, places: list[int]) -> Iterator[Rewrite]:
    """The arrays of two factors exchanged while the transposes stay, as `V S U.T` for `U S V.T`.

    Of two factors alone the order is what is wrong, and each keeps its transpose.
    """
    for one, other in combinations(places, 2):
        left, right = node.args[one], node.args[other]
        if _is_turned(left) != _is_turned(right) and len(places) > 2:
            args = list(node.args)
            args[one], args[other] = _in_place_of(left, right), _in_place_of(right, left)
            yield Rewrite(("swap the factors",), Apply(node.op, tuple(args), node.params, sign=node.sign), 0, _RENAMED)


def _in_place_of(old: Node, new: Node) -> Node:
    """The array of one factor as that of another stands there: with its transpose, or without one."""
    array = transposed(new) if _is_turned(new) else new
    return Apply(old.op, (array,), old.params, sign=old.sign) if type(old) is Apply and _is_turned(old) else array


def _is_gram(left: Node, right: Node) -> bool:
    """Whether one factor is the other's transpose, as in `X X.T`, which is easily taken for `X.T X`."""
    return _is_turned(left) != _is_turned(right) and transposed(left) == right


def _is_turned(node: Node) -> bool:
    return is_a(node, "transposition") and "axes" not in node.params


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
