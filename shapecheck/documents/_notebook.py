"""Read a notebook: its cells as Markdown or programs, and write edits of a cell into the JSON of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..text import Edit, Piece, Source, Span, Window, regex
from ._cells import Cell, Literal, cells, host_span
from ._document import Headings, Passage, Text
from ._excerpt import Excerpt
from ._markdown import read
from ._markdown import texts as markdown_texts
from ._programs import passages as programs

_OTHER_LANGUAGE = regex(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b|python3?\b)")
_LINE = r"[%!][^\s=][^\r\n]*|\?[^\r\n]*|[\w.]+[ \t]*=[ \t]*[%!][A-Za-z][^\r\n]*|[\w.]+\?{1,2}[ \t]*$"
_MAGIC = regex(rf"^[ \t]*+(?:{_LINE})(?:\r?\n)?", re.MULTILINE)
"""A line of IPython's: `%matplotlib inline`, `!pip install …`, `x = !ls`, `np.dot?`."""


def windows(source: Source) -> Iterator[Passage]:
    """The passages of all cells in order, each in the text of its cell; none if the file is not a notebook."""
    headings = Headings()
    before: Window | None = None
    for kind, cell in _sources(source):
        if kind == "markdown":
            yield from read(cell, headings)
        elif kind:
            program = _program(cell.text) if kind == "python" else Excerpt([Piece(cell.text, 0)])
            for passage in programs(program, kind, headings.scope, cell.cell, cell.cell or 0):
                if passage.window.notation == kind:
                    passage.window.before, before = before, passage.window
                yield passage


def texts(source: Source) -> Iterator[Text]:
    """The running text, the tables and the programs of all cells."""
    headings = Headings()
    for kind, cell in _sources(source):
        if kind == "markdown":
            yield from markdown_texts(cell, headings)
        elif kind == "python":
            yield Text(_program(cell.text), "program", headings.scope, cell.cell)


def sources(source: Source) -> list[Source] | str:
    """The cells in order, those included that are not read; a text says why the file is not a notebook."""
    found = cells(source.text)
    return found if isinstance(found, str) else [cell for _, cell in _numbered(source, found)]


def _sources(source: Source) -> Iterator[tuple[str, Source]]:
    found = cells(source.text)
    return iter(()) if isinstance(found, str) else _numbered(source, found)


def _numbered(source: Source, found: tuple[Cell, ...]) -> Iterator[tuple[str, Source]]:
    """The kind and the source of each cell."""
    for number, cell in enumerate(found, 1):
        yield cell.kind, Source(cell.text, source.path, number)


def _program(text: str) -> Excerpt:
    """A code cell without the lines that are IPython's; empty if another language is spoken in it."""
    whole = Excerpt([Piece(text, 0)])
    if not any(sign in text for sign in "%!?"):
        return whole
    if _OTHER_LANGUAGE.match(text):
        return Excerpt(())
    return whole.without([line.span() for line in _MAGIC.finditer(text)])


def host_edits(source: Source, cell: int, edits: Sequence[Edit]) -> list[Edit]:
    """Edits of a cell's text as edits of the file's; a cell is counted from 1.

    No character of the file changes but those that stand for the edited ones: other strings and escapes are kept.
    """
    found = cells(source.text)
    if isinstance(found, str) or not 1 <= cell <= len(found):
        return []
    ascii_only = source.text.isascii() and "\\u" in source.text
    literals = found[cell - 1].literals
    begins = [0, *accumulate(len(literal.text) for literal in literals)]
    placed = [(edit, _touched(source.text, literals, begins, edit.span)) for edit in edits]
    return [each for edit, touched in placed for each in _host_edits(edit, touched, ascii_only)]


def _host_edits(edit: Edit, touched: list[Span], ascii_only: bool) -> Iterator[Edit]:
    from json import dumps

    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", edit.text)
    if len(lines) != len(touched):
        lines = [edit.text, *[""] * (len(touched) - 1)]
    for span, line in zip(touched, lines, strict=False):
        yield Edit(span, dumps(line, ensure_ascii=ascii_only)[1:-1])


def _touched(text: str, literals: Sequence[Literal], begins: Sequence[int], span: Span) -> list[Span]:
    """The spans of the file that stand for a span of a cell's text: one in each string that it reaches into."""
    found = []
    first = min(bisect_right(begins, span.start), len(literals)) - 1
    for number in range(max(first, 0), len(literals)):
        begin, end = begins[number : number + 2]
        is_here = begin <= span.start < end or (span.start == end and number == len(literals) - 1)
        if is_here or (begin < span.end and span.start < begin):
            low, high = max(span.start, begin) - begin, min(max(span.end, begin), end) - begin
            found.append(host_span(literals[number], low, high, text))
        elif begin >= span.end:
            break
    return found
