"""A Julia file: one window, the whole text, with the pragmas of its lines; `# shapecheck: …` states shapes."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Source
from ._document import Document, Passage


def windows(source: Source) -> Iterator[Passage]:
    """The program, then what its comments state, in order."""
    from ._programs import windows as find

    return find(source, "julia")


document = Document("julia", (".jl",), windows)
