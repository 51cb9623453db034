"""The digit 1 where it means the vector of ones: `1ᵀ x`, `1 1ᵀ`, `A 1`; nobody means the number there."""

from __future__ import annotations

from ..syntax.nodes import Name, Node, Number

ONES = "𝟙"
_ONE = Number("1")


def ones(node: Node) -> Node:
    """The vector of ones in the place of the number 1; any other node as it is."""
    return Name("1", ONES, (), node.span) if node == _ONE else node


def as_number(node: Node) -> Node:
    """The number 1 again where `ones` was wrong to take it for a vector; any other node as it is."""
    is_digit = type(node) is Name and node.base == ONES and node.text == _ONE.text
    return Number(_ONE.text, node.span) if is_digit else node


def is_ones(name: Name) -> bool:
    """Whether a name is that of a vector of ones: `𝟙`, `1_n`; `1_{i=j}` is a number."""
    condition = any("=" in index.text for index in name.indices)
    return name.base in (ONES, _ONE.text) and len(name.indices) < 2 and not condition
