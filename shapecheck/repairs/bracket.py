"""Move a bracket: `A - Y X.T` as `(A - Y) X.T`, `A * B C` as `(A * B) C`, `(A B).T` as `A B.T`, and back."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, is_scalar, joined

_WORDS = ("move the bracket",)
LONGEST = 5
"""The most members of a row that is split at every place."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply:
        return
    if node.op == "transpose":
        yield from _transposed_row(node.args[0])
    elif is_a(node, "multiplication", "row"):
        for place, argument in enumerate(node.args):
            yield from _turned(node, place, argument, checked)
            if type(argument) is Apply and argument.op == "transpose" and is_a(node, "product"):
                yield from _around(node, place, argument.args[0])
        if node.op == "add":
            yield from _between(node)


def _turned(node: Apply, place: int, argument: Node, checked: Checked) -> Iterator[Rewrite]:
    """The row takes the beginning, or the end, of a row inside it: `a + b c` as `(a + b) c`."""
    inner, negated = _positive(argument)
    if not is_a(inner, "multiplication", "row") or inner.op == node.op or len(inner.args) < 2:
        return
    for cut in _cuts(inner):
        first, last = joined(inner.op, *inner.args[:cut]), joined(inner.op, *inner.args[cut:])
        if node.op == "add" or not (is_scalar(first, checked) or is_scalar(last, checked)):
            yield from _taken(node, place, inner, (first, last), negated, checked)


def _taken(
    node: Apply, place: int, inner: Apply, parts: tuple[Node, Node], negated: bool, checked: Checked
) -> Iterator[Rewrite]:
    """The first part in a bracket with the neighbour before it, the last part with the neighbour after it."""
    first, last = parts
    before, after = node.args[:place], node.args[place + 1 :]
    if before and not _is_scaled(before[-1], inner.op, checked):
        group = joined(node.op, before[-1], _signed(first, negated))
        extra = _extra(node, before[-1], first, checked)
        yield Rewrite(_WORDS, joined(node.op, *before[:-1], joined(inner.op, group, last), *after), extra)
    if after:
        group = joined(node.op, last, after[0])
        whole = _signed(joined(inner.op, first, group), negated)
        extra = _extra(node, last, after[0], checked)
        yield Rewrite(_WORDS, joined(node.op, *before, whole, *after[1:]), extra)
    if len(before) > 1 and not after:
        group = joined(node.op, *before, _signed(first, negated))
        yield Rewrite(_WORDS, joined(inner.op, group, last))


def _cuts(row: Apply) -> range:
    """The places at which a row is cut in two; of a long one, after its first member alone."""
    return range(1, len(row.args) if len(row.args) <= LONGEST else 2)


def _extra(node: Apply, left: Node, right: Node, checked: Checked) -> int:
    """What it costs more to add or multiply, entry by entry, what is not of one shape."""
    one, other = checked.shapes.get(id(left)), checked.shapes.get(id(_positive(right)[0]))
    return int(not is_a(node, "product") and one is not None and other is not None and one != other)


def _is_scaled(node: Node, op: str, checked: Checked) -> bool:
    """Whether a node is a multiple, as `1/m A`, that a bracket should not hold: `1/m (A - Y) X.T`."""
    if type(node) is not Apply or node.op != op:
        return False
    return all(is_scalar(factor, checked) for factor in node.args[:-1])


def _between(node: Apply) -> Iterator[Rewrite]:
    """`a b - c d` as `a (b - c) d`."""
    for place, (left, right) in enumerate(zip(node.args, node.args[1:], strict=False)):
        inner, negated = _positive(right)
        if type(left) is Apply and type(inner) is Apply and left.op == inner.op and is_a(left, "multiplication", "row"):
            for cut in _cuts(left):
                group = joined("add", joined(left.op, *left.args[cut:]), _signed(inner.args[0], negated))
                whole = joined(left.op, *left.args[:cut], group, *inner.args[1:])
                yield Rewrite(_WORDS, joined("add", *node.args[:place], whole, *node.args[place + 2 :]))


def _transposed_row(inner: Node) -> Iterator[Rewrite]:
    """`(a b).T` as `a b.T` and `a.T b`."""
    if is_a(inner, "multiplication", "row"):
        first, *rest = inner.args
        *front, last = inner.args
        yield Rewrite(_WORDS, joined(inner.op, *front, Apply("transpose", (last,))))
        yield Rewrite(_WORDS, joined(inner.op, Apply("transpose", (first,)), *rest))


def _around(node: Apply, place: int, inner: Node) -> Iterator[Rewrite]:
    """`a b.T` as `(a b).T`."""
    if place:
        whole = Apply("transpose", (joined(node.op, *node.args[:place], inner),))
        yield Rewrite(_WORDS, joined(node.op, whole, *node.args[place + 1 :]))


def _positive(node: Node) -> tuple[Node, bool]:
    negated = type(node) is Apply and node.op == "neg"
    return (node.args[0] if type(node) is Apply and negated else node), negated


def _signed(node: Node, negated: bool) -> Node:
    return Apply("neg", (node,)) if negated else node


repair = Repair("bracket", 2, _propose, regroups=True, penalty=2)
