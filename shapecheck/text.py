"""Places in a text: sources, spans, windows and edits, all in offsets of the host file."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any, cast

from .values import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")


class _Regex:
    """A regular expression that is compiled when something is asked of it."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(re.compile(self.pattern, self._flags), name)
        return found


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that few texts need: it is compiled on first use."""
    return cast("re.Pattern[str]", _Regex(text, flags))


class Span(NamedTuple):
    """A part of a text, from `start` up to but not including `end`, in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """The text that replaces a span."""

    span: Span
    text: str


class Place(NamedTuple):
    """A line and a column, both starting at 1, the column in code points."""

    line: int
    column: int


class Source:
    """A host text with the path under which it is reported; `cell` counts a notebook's cells."""

    __slots__ = ("_starts", "cell", "path", "text")

    def __init__(self, text: str, path: str = "<formula>", cell: int | None = None) -> None:
        self.text = text
        self.path = path
        self.cell = cell
        self._starts: list[int] | None = None

    def __reduce__(self) -> tuple[type[Source], tuple[str, str, int | None]]:
        return Source, (self.text, self.path, self.cell)

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins; lines end at \\n, \\r\\n and \\r only."""
        if self._starts is None:
            self._starts = [0, *(end.end() for end in _LINE_END.finditer(self.text))]
        return self._starts

    def place(self, offset: int) -> Place:
        """The line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


class Piece(NamedTuple):
    """A run of text at `start` in the host file, or one that replaces `width` characters there (a macro's)."""

    text: str
    start: int
    width: int | None = None


class Window:
    """A formula's text, in one or more pieces of a host file, and its notation.

    In a program of several windows, such as the cells of a notebook, `before` is the previous one.
    """

    __slots__ = ("_begins", "_rest", "before", "notation", "start", "text")

    def __init__(self, pieces: tuple[Piece, ...], notation: str = "plain") -> None:
        self.notation = notation
        self.before: Window | None = None
        self.start = pieces[0].start
        self._rest = pieces if len(pieces) > 1 or pieces[0].width is not None else ()
        self.text = "".join([piece.text for piece in pieces]) if self._rest else pieces[0].text
        self._begins = (0, *accumulate([len(piece.text) for piece in pieces[:-1]])) if self._rest else ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of the host file, in order."""
        return self._rest or (Piece(self.text, self.start),)

    @property
    def is_verbatim(self) -> bool:
        """Whether the host file contains its text as it is, unlike that of a macro or of a library's message."""
        return not any([piece.width is not None for piece in self._rest])

    def host(self, start: int, end: int) -> Span:
        """The span of the host file for a span of this window's text."""
        if not self._rest:
            return Span(self.start + start, self.start + end)
        first = self._place(start)[0]
        return Span(first, max(self._place(end - 1)[1], first))

    def _place(self, offset: int) -> tuple[int, int]:
        """Where a character stands in the host file, and what follows it there."""
        at = max(bisect_right(self._begins, offset) - 1, 0)
        text, start, width = self._rest[at]
        offset -= self._begins[at]
        if offset < len(text):
            return (start + offset, start + offset + 1) if width is None else (start, start + width)
        end = start + (len(text) if width is None else width) + offset
        return end, end + 1


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """The text with each span replaced; spans must not overlap."""
    pieces: list[str] = []
    at = 0
    for span, new in sorted(edits):
        pieces += [text[at : span.start], new]
        at = span.end
    return "".join([*pieces, text[at:]])
