"""A text put together from pieces of a host file: `Excerpt(pieces).window(3, 9)` is a window on part of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from ..text import Piece, Window


class Excerpt:
    """The text that some pieces of a host file make, such as a block quote's lines without their `> `."""

    __slots__ = ("_begins", "pieces", "text")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple([piece for piece in pieces if piece.text]) or (Piece("", 0),)
        self._begins = [0]
        for piece in self.pieces[:-1]:
            self._begins.append(self._begins[-1] + len(piece.text))
        self.text = "".join([piece.text for piece in self.pieces])

    def host(self, offset: int) -> int:
        """Where a character stands in the host file."""
        at = bisect_right(self._begins, offset) - 1
        piece = self.pieces[at]
        return piece.start + (offset - self._begins[at] if piece.width is None else 0)

    def cut(self, start: int, end: int) -> list[Piece]:
        """The pieces of the host file between two offsets of this text."""
        found: list[Piece] = []
        at = bisect_right(self._begins, start) - 1
        while at < len(self.pieces) and (self._begins[at] < end or not found):
            text, host, width = self.pieces[at]
            begin = self._begins[at]
            low, high = max(start - begin, 0), min(end - begin, len(text))
            if low < high or not found:
                found.append(Piece(text[low:high], host + low if width is None else host, width))
            at += 1
        return found

    def window(self, start: int, end: int, notation: str) -> Window:
        """A window on the characters between two offsets of this text."""
        return Window(tuple(self.cut(start, end)), notation)

    def part(self, start: int, end: int) -> Excerpt:
        """The excerpt between two offsets of this text."""
        return Excerpt(self.cut(start, end))

    def replaced(self, pattern: re.Pattern[str], texts: Mapping[str, str]) -> Excerpt:
        """This text with what a pattern finds replaced by the texts of its first groups, each in its place."""
        made: list[Piece] = []
        at = 0
        for found in pattern.finditer(self.text):
            here, end = self.host(found.start()), self.host(found.end() - 1) + 1
            made += [*self.cut(at, found.start()), Piece(texts[found[1]], here, end - here)]
            at = found.end()
        return Excerpt([*made, *self.cut(at, len(self.text))]) if made else self

    def without(self, spans: Iterable[tuple[int, int]]) -> Excerpt:
        """This text with some spans, given in order, left out."""
        kept: list[Piece] = []
        at = 0
        for start, end in spans:
            kept.extend(self.cut(at, start) if start > at else ())
            at = max(at, end)
        return Excerpt([*kept, *self.cut(at, len(self.text))])
