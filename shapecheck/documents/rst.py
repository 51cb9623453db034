"""A reStructuredText file: `:math:`, `.. math::`, Python code blocks; `.. shapecheck: …` is read."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Source
from ._document import Document, Passage, Text


def windows(source: Source) -> Iterator[Passage]:
    """The formulas and statements of a text in order."""
    from ._rst import windows as find

    return find(source)


def texts(source: Source) -> Iterator[Text]:
    """The running text and the programs of a text."""
    from ._rst import texts as find

    return find(source)


document = Document("rst", (), windows, named=(".rst",), texts=texts)
