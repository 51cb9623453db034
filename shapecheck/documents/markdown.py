"""A Markdown text: mathematics between delimiters, in environments and fences; code and lines that are equations."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Source
from ._document import Document, Passage, Text


def windows(source: Source) -> Iterator[Passage]:
    """The formulas and statements of a text in order."""
    from ._markdown import windows as find

    return find(source)


def texts(source: Source) -> Iterator[Text]:
    """The running text and the programs of a text, for what they state."""
    from ._markdown import texts as find

    return find(source)


document = Document("markdown", (".md", ".markdown"), windows, texts=texts)
