"""Exchange a factor of one term with one of another, where neither product fits: `W h + U x` as `W x + U h`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node, is_op, without
from ._repair import Repair, Rewrite, is_product


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.op != "add":
        return
    wrong = {id(fact.node) for fact in checked.failures}
    terms = enumerate(without(term, "neg") for term in node.args)
    products = [(place, part) for place, part in terms if id(part) in wrong]
    for (place, one), (beside, other) in combinations(products, 2):
        if type(one) is Apply and type(other) is Apply and is_product(one, checked) and is_product(other, checked):
            for left, right in _exchanged(one, other):
                args = list(node.args)
                args[place], args[beside] = _signed(args[place], left), _signed(args[beside], right)
                is_last = left.args[-1] is other.args[-1]
                whole = Apply("add", tuple(args), node.params, sign=node.sign)
                yield Rewrite(("swap factors between two terms",), whole, penalty=int(not is_last))


def _signed(term: Node, product: Apply) -> Node:
    return Apply("neg", (product,), term.params, sign=term.sign) if is_op(term, "neg") else product


def _exchanged(one: Apply, other: Apply) -> Iterator[tuple[Apply, Apply]]:
    """Two products with a factor of each in the place of the other's."""
    for place, left in enumerate(one.args):
        for beside, right in enumerate(other.args):
            yield _with(one, place, right), _with(other, beside, left)


def _with(node: Apply, place: int, factor: Node) -> Apply:
    args = (*node.args[:place], factor, *node.args[place + 1 :])
    return Apply(node.op, args, node.params, sign=node.sign)


repair = Repair("exchange", 2, _propose, regroups=True, alone=True, slip=True)
