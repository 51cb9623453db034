"""What a dialect is: the trees and names of a notation, and what stands before its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ...simplify import ShapeOf
from ...syntax.nodes import Name, Node
from ...values import NamedTuple

if TYPE_CHECKING:
    from ...gradient import Graph
    from .._spelling import Spelling

Spell = Callable[[Name], str]


class Dialect(NamedTuple):
    """How a notation calls operations and names.

    `tree` makes the writer of settled trees, `name` gives what calls things, in a derivation whose spelling is known or
    elsewhere, and `head` the lines before others. Its `language` is how a message calls it; where that is empty, names
    and signs are those of mathematics.
    """

    tree: Callable[[ShapeOf, Spell], Callable[[Node], Node]]
    name: Callable[[Spelling | None], Spell]
    language: str = ""
    head: Callable[[Graph, Sequence[str], Spell], Iterable[str]] | None = None
