"""Small changes of a formula that mend it: a factor dropped, or put before it, a term added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..gradient import EACH
from ..ops import is_a
from ..ops._nodes import neg, over, product
from ..syntax.nodes import NOWHERE, Apply, Node, Number, name_of
from ._factors import Factor


def body_of(tree: Node) -> Node:
    """What is computed for each entry, as its author writes it; any other tree as it is."""
    return tree.args[0] if type(tree) is Apply and tree.op == EACH else tree


def sum_of(nodes: Sequence[Node]) -> Node:
    """The sum of some terms."""
    return nodes[0] if len(nodes) == 1 else Apply("add", tuple(nodes))


def without_a_factor(tree: Node) -> Iterator[Node]:
    """The formula with one of its factors dropped."""
    if is_a(tree, "multiplication") and len(tree.args) > 1:
        for place in range(len(tree.args)):
            rest = (*tree.args[:place], *tree.args[place + 1 :])
            yield rest[0] if len(rest) == 1 else Apply(tree.op, rest, tree.params, NOWHERE, tree.sign)
    if is_a(tree, "multiple"):
        yield tree.args[0]


def scaled(tree: Node, factor: Factor) -> Iterator[Node]:
    """The formula multiplied by the inverse of its factor."""
    if factor.text == "-1":
        yield neg(tree)
    inverse = _coefficient(factor.inverse)
    if inverse is not None:
        yield product(inverse, tree)


def _coefficient(text: str) -> Node | None:
    """The node of a factor such as `2`, `m` or `1/m`; None for what is longer."""
    above, _, below = text.partition("/")
    parts = [part for part in (above, below) if part]
    if not all(part.isidentifier() or part.isdecimal() for part in parts):
        return None
    nodes: list[Node] = [Number(part) if part.isdecimal() else name_of(part) for part in parts]
    return over(nodes[0], nodes[1]) if below else nodes[0]
