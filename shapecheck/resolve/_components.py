r"""Tell a statement that speaks of entries alone, `y_i = \sum_j w_{ij} x_j + b_i`: all names in it are numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..ops import every
from ..symbols import COUNTING
from ..syntax.nodes import Apply, Equation, Name, Node, walk

if TYPE_CHECKING:
    from ._resolver import Resolver

_LETTERS = COUNTING | {"m", "n"}
_KRONECKER = "δ"
OF_NUMBERS = (every("arithmetic") - every("product")) | frozenset(
    "product power superscript sigma call prime derivative".split()
)
"""Operations that numbers have as well as arrays."""


def running(resolver: Resolver, equation: Equation) -> frozenset[str]:
    """The letters that count entries throughout a statement; none if it speaks of whole arrays as well.

    Two letters below a name tell it: an `x_i` alone may be the i-th of several vectors.
    """
    if resolver.notation.is_code or len(equation.members) < 2:
        return frozenset()
    nodes = list(walk(*equation.members))
    if any(type(node) is Apply and node.op not in OF_NUMBERS for node in nodes):
        return frozenset()
    names = [name for member in equation.members for name in _names(member)]
    pairs = [name for name in names if len(_index(name)) > 1]
    if not any(name.base == _KRONECKER or set(_index(name)) <= COUNTING for name in pairs):
        return frozenset()
    letters = frozenset(letter for name in pairs for letter in _index(name))
    return letters if all(_is_number(resolver, name, letters) for name in names) else frozenset()


def _names(node: Node) -> Iterator[Name]:
    """The names in a tree, but for functions and for losses that are derived."""
    if type(node) is Name:
        yield node
    elif type(node) is Apply:
        first = node.args[0]
        is_apart = node.op in ("call", "derivative") and type(first) is Name and not first.indices
        for part in node.args[is_apart:]:
            yield from _names(part)


def _index(name: Name) -> str:
    """The letters below a name that count its entries: `ij`; empty if something else stands there."""
    text = name.indices[0].text.replace(",", "") if len(name.indices) == 1 and name.indices[0].kind == "_" else ""
    return text if 0 < len(text) < 4 and set(text) <= _LETTERS else ""


def _is_number(resolver: Resolver, name: Name, letters: frozenset[str]) -> bool:
    """Whether a name is an entry by these letters and no name of its own, or a number as it stands."""
    symbol = resolver.reading.symbol(name.base, name.indices)
    own = resolver.table.own(symbol)
    if letter := _index(name):
        return set(letter) <= letters and (own is None or own.shape == () or symbol.component)
    entry = resolver.table.look_up(symbol)
    return entry is not None and entry.shape == ()
