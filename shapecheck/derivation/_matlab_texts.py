"""Functions that MATLAB has not by name, written out in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..notations.matlab import notation
from ..syntax.nodes import Apply, Equation, Name, Node, Number
from ..text import Piece, Window
from ._numpy_forms import Nodes


def written_out(text: str, args: Nodes) -> Node:
    """A text of MATLAB as a tree, with arguments in the place of x, y and z."""
    return _put(_read(text), dict(zip("xyz", args, strict=False)))


@cache
def _read(text: str) -> Node:
    (statement,) = notation.parse(Window((Piece(text, 0),), notation.name)).statements
    assert isinstance(statement, Equation)
    return statement.members[0]


def _put(node: Node, given: Mapping[str, Node]) -> Node:
    if type(node) is Name:
        return given.get(node.text) or Name(node.text, node.base)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    return Apply(node.op, tuple(_put(each, given) for each in node.args), node.params, sign=node.sign)
