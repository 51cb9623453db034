"""Findings by the lines on which they stand, for the comments that speak of a line."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostic import Diagnostic
from ..text import Source


class Lines:
    """Findings by the lines of a text on which they stand."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[int, Diagnostic] = {}
        self._on: dict[int, list[int]] = {}
        self._count = 0

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Add findings behind those that are there."""
        for each in found:
            self._count += 1
            self._found[self._count] = each
            first, last = (self._source.place(offset).line for offset in each.span)
            for line in range(first, last + 1):
                self._on.setdefault(line, []).append(self._count)

    def taken(self, line: int) -> list[Diagnostic]:
        """The findings on a line, which then are no more among the others."""
        return [self._found.pop(number) for number in self._on.pop(line, ()) if number in self._found]

    def rest(self) -> list[Diagnostic]:
        """All that are left, in order."""
        return list(self._found.values())
