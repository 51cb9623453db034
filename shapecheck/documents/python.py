"""A Python file: one window, the whole text, with the pragmas of its lines; `# shapecheck: …` states shapes."""

from __future__ import annotations

from collections.abc import Iterator

from ..text import Source
from ._document import Document, Passage, Text


def windows(source: Source) -> Iterator[Passage]:
    """The program, then what its comments state, in order."""
    from ._programs import windows as find

    return find(source, "python")


def texts(source: Source) -> Iterator[Text]:
    """The whole program."""
    from ._programs import texts as find

    return find(source)


document = Document("python", (".py",), windows, texts=texts)
