"""Add a transpose, drop one, or move it from one factor to its neighbour: `d.T h` as `d h.T`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..shapes.dims import is_single
from ..syntax.nodes import Apply, Name, Node, walk
from ..table import is_of_torch
from ._repair import Repair, Rewrite, is_product, is_scalar, target_shape, transposed

_OUTER = -2
"""The place of `d h.T` for two columns' `d.T h`: a swap fits too, but who takes the inner product for the outer one has
the order right."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    members = checked.equation.members
    if type(node) is Apply and is_product(node, checked) and target_shape(checked) is not None:
        yield from _moved(node, checked)
    shape = checked.shapes.get(id(node))
    if shape is None or len(shape) < 2 or (node is members[0] and len(members) > 1):
        return
    if _is_target_as_it_is(node, checked):
        return
    if len(shape) > 2:
        yield from _exchanged(node, len(shape), section)
    elif type(node) is Apply and node.op == "transpose":
        yield Rewrite(("drop the transpose of ", node.args[0]), node.args[0])
    elif not is_a(node, "multiple"):
        turned = _reversed(node, checked) if type(node) is Apply and is_product(node, checked) else None
        yield Rewrite(("transpose ", node), turned or transposed(node), penalty=0 if turned else _penalty(node))


def _is_target_as_it_is(node: Node, checked: Checked) -> bool:
    """Whether a node is the name that the statement assigns, and no factor: what is updated is not turned by that."""
    members = checked.equation.members
    if type(node) is not Name or type(members[0]) is not Name or node.key != members[0].key:
        return False
    parts = walk(*members)
    rows = (part for part in parts if type(part) is Apply and is_product(part, checked))
    return not any(factor is node for row in rows for factor in row.args)


def _moved(node: Apply, checked: Checked) -> Iterator[Rewrite]:
    """The transpose of one of two neighbours taken to the other."""
    for place, (left, right) in enumerate(pairwise(node.args)):
        if _is_turned(left) != _is_turned(right) and not (is_scalar(left, checked) or is_scalar(right, checked)):
            pair = transposed(left), transposed(right)
            wrong, meant = (pair[0], right) if _is_turned(left) else (pair[1], left)
            args = (*node.args[:place], *pair, *node.args[place + 2 :])
            whole = Apply(node.op, args, node.params, sign=node.sign)
            penalty = _OUTER if _is_number(node, checked) else 0
            yield Rewrite(("transpose ", meant, " instead of ", wrong), whole, penalty=penalty)


def _is_number(node: Node, checked: Checked) -> bool:
    """Whether a product is 1×1, as the inner product of two columns is."""
    shape = checked.shapes.get(id(node))
    return shape is not None and len(shape) == 2 and is_single(shape)


def _is_turned(node: Node) -> bool:
    return type(node) is Apply and node.op == "transpose" and "axes" not in node.params


def _exchanged(node: Node, rank: int, section: Section) -> Iterator[Rewrite]:
    """The last two axes exchanged, as a `.T` was meant that turns all of them; what exchanges them is dropped.

    torch names the two alone.
    """
    order = (*range(rank - 2), rank - 1, rank - 2)
    pair = (rank - 2, rank - 1)
    if type(node) is Apply and (node.params.get("axes") in (order, pair, (-2, -1), (-1, -2)) or node.op == "swapaxes"):
        yield Rewrite(("drop the transpose of ", node.args[0]), node.args[0])
        return
    is_turned = type(node) is Apply and node.op == "transpose" and not node.params
    is_torch = is_of_torch(section.table)
    array = node.args[0] if type(node) is Apply and is_turned else node
    turned = Apply("transpose", (array,), {"axes": pair if is_torch else order}, sign=".transpose")
    yield Rewrite(("swap the last two axes of ", array), turned, penalty=0 if is_turned else _penalty(node))


def _penalty(node: Node) -> int:
    """A name is turned more often than a product, and either more often than a whole softmax, or a sum with its Σ."""
    if type(node) is not Apply:
        return 0
    return 3 if node.op in ("sigma", "sum_over") else 1 + (is_a(node, "softmax"))


def _reversed(node: Apply, checked: Checked) -> Node | None:
    """`(X dZ.T).T` as `dZ X.T`; None if that has more transposes, as `(A B).T` has."""
    places = [place for place, factor in enumerate(node.args) if not is_scalar(factor, checked)]
    factors = [transposed(node.args[place]) for place in reversed(places)]
    if sum(type(factor) is Apply and factor.op == "transpose" for factor in factors) >= len(factors):
        return None
    args = list(node.args)
    for place, factor in zip(places, factors, strict=True):
        args[place] = factor
    return Apply(node.op, tuple(args), node.params, sign=node.sign)


repair = Repair("transpose", 2, _propose, penalty=1, slip=True)
