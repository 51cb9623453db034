"""The entries of a table: a name's shape, and where it comes from."""

from __future__ import annotations

from collections.abc import Container
from typing import TypeVar

from ..shapes.dims import Shape
from ..symbols import Symbol
from ..text import Span
from ..values import NamedTuple
from ..vocabulary import INDEXED_NUMBERS, SCALARS

MEMORY = 4096
"""For how many names a table caches what it found; formulas near each other share names."""
EITHER_WAY = "either way"
"""`Origin.of` for a vector: the b of b ∈ ℝⁿ is a column in one document and a row in another."""
T = TypeVar("T")


class Origin(NamedTuple):
    """Where a shape comes from.

    The kinds are `option`, `declaration`, `include`, `stated`, `equation`, `convention`, `gradient`, `supposed` and
    `letter`; for a gradient, `of` is the key of its variable. The span is in the text of the `cell`, or of an included
    `file`. A `far` shape was found below a heading that has ended.
    """

    kind: str
    span: Span | None = None
    of: str = ""
    far: bool = False
    cell: int | None = None
    file: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether the author states the shape, so that it is not inferred."""
        return self.kind in ("option", "declaration", "include", "stated")


class Entry(NamedTuple):
    """A name's shape and its origin."""

    shape: Shape
    origin: Origin


SCALAR = Entry((), Origin("letter"))
CONVENTIONAL = Origin("convention")


def remember(cache: dict[str, T], key: str, value: T) -> None:
    """Cache what was found for a name."""
    if len(cache) >= MEMORY:
        cache.clear()
    cache[key] = value


def is_number_by_letter(name: Symbol, stated: Container[str]) -> bool:
    """Whether a name is a letter for numbers: λ, `η_t`; but if μ is stated, `μ_1` has its shape."""
    plain = name.base in SCALARS and (name.key == name.base or name.base not in stated)
    return plain or name.base.partition("_")[0] in INDEXED_NUMBERS
