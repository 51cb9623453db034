"""Find the names that are arrays with their index: the `x_i` of `W x_i` or `x_i x_i^T` is the i-th vector, no entry.

The index is a letter. A number, as in `W_2`, belongs to a layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..ops import is_a
from ..syntax.nodes import Apply, Index, Name, Node, walk
from ..vocabulary import COUNTS
from ._names import Names, Numbered


def arrays_in(node: Node) -> Iterator[Numbered]:
    """What an operation shows to be arrays: what it transposes, and what a matrix or a row stands before."""
    if type(node) is Apply and node.op == "transpose":
        yield from _numbered(node.args[0])
    elif type(node) is Apply and is_a(node, "contraction"):
        for one, other in pairwise(node.args):
            if _is_wide(one):
                yield from _numbered(other)


def _is_wide(node: Node) -> bool:
    """Whether a factor is a row or a matrix by its look: a transpose, or a capital that counts nothing."""
    if type(node) is Name:
        return node.base.isupper() and not node.indices and node.base not in COUNTS
    return type(node) is Apply and node.op == "transpose"


def numbered(node: Node) -> Iterator[Numbered]:
    """The names of a tree that a letter below them tells from others."""
    for part in walk(node):
        yield from _numbered(part)


def _numbered(node: Node) -> Iterator[Numbered]:
    if type(node) is Name and len(node.indices) == 1 and _is_lettered(node.indices[0]):
        yield node.base, node.indices[0]


def _is_lettered(index: Index) -> bool:
    return index.kind == "_" and not index.text.isdecimal()


def made_of(given: Iterable[Numbered], right: Iterable[Numbered]) -> Iterator[tuple[Numbered, Numbered]]:
    """The names that an equation gives, each with those right of it that have the same letter below them."""
    others = list(right)
    for name in given:
        yield from ((name, of) for of in others if of[1] == name[1] and of[1].text.isalpha())


def arrays(names: Names) -> frozenset[Numbered]:
    """These names, those that equations make of one, `d_i = ∂L/∂z_i`, and what their letters count beside them."""
    found, more = set[Numbered](), set(names.arrays)
    while more:
        found |= more
        more = {given for given, of in names.made if of in found} - found
    counting, whole = {index for _, index in found}, {base for base, indices in names.spelled if not indices}
    beside = {(base, indices[0]) for base, indices in names.spelled if base not in whole and len(indices) == 1}
    return frozenset(found | {(base, index) for base, index in beside if index in counting})
