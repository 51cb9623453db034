"""A Jupyter notebook: each cell is Markdown or Python; places are the cell's, edits are made in the file's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..text import Edit, Source
from ._document import Document, Passage, Text


def windows(source: Source) -> Iterator[Passage]:
    """The passages of all cells in order, each in the text of its cell; none where the file is no notebook."""
    from ._notebook import windows as find

    return find(source)


def texts(source: Source) -> Iterator[Text]:
    """The running text and the programs of all cells."""
    from ._notebook import texts as find

    return find(source)


def sources(source: Source) -> list[Source] | str:
    """The cells in order, those included that are not read; a text says why the file is no notebook."""
    from ._notebook import sources as find

    return find(source)


def host_edits(source: Source, cell: int, edits: Sequence[Edit]) -> list[Edit]:
    """Edits of a cell's text as edits of the file's, which change nothing else; a cell is counted from 1."""
    from ._notebook import host_edits as find

    return find(source, cell, edits)


document = Document("notebook", (".ipynb",), windows, texts=texts, sources=sources, host_edits=host_edits)
