"""The definition of an idiom: a way in which authors state shapes, and where to look for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..documents import Scope, Text
from ..shapes.dims import Dim
from ..text import Span
from ..values import NamedTuple


class Stated(NamedTuple):
    """A name with the shape that its author states.

    `name` is its spelling in the `notation`. `shape` holds dimensions of `shapes.dims`; it is empty if the name is
    said to be shaped `like` another. `span` is where that is said, in the text of the `cell`; `within` the function
    for which alone it holds. A `lone` dimension says nothing of how a vector lies, as a column or as a row. Where the
    name is said to be a gradient `of` another, that is all that is said. An `example` has numbers for sizes that are
    letters where it is said: it holds where no shape in letters is stated.
    """

    name: str
    notation: str
    shape: tuple[Dim, ...]
    span: Span
    scope: Scope = ()
    cell: int | None = None
    within: Span | None = None
    like: str = ""
    lone: bool = False
    of: str = ""
    example: bool = False


class Idiom(NamedTuple):
    """A way to state shapes: the kinds of text it occurs in, words that must be there, and what finds it."""

    name: str
    kinds: frozenset[str]
    hints: tuple[str, ...]
    find: Callable[[Text], Iterator[Stated]]
