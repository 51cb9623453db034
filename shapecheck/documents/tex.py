"""A LaTeX file: math environments and delimiters; comments and verbatim text are left out but for `% shapecheck: …`."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Source
from ._document import Document, Passage, Text


def windows(source: Source) -> Iterator[Passage]:
    """The formulas of a text, and what its comments state, in order."""
    from ._tex import windows as find

    return find(source)


def texts(source: Source) -> Iterator[Text]:
    """The text of each section, its mathematics included."""
    from ._tex import texts as find

    return find(source)


document = Document("tex", (".tex",), windows, texts=texts)
