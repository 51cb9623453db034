"""Shapes that authors state in passing, in docstrings, comments and words: they hold where nothing better is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..notations import notations
from ..shapes.dims import ONE, Dim
from ..survey import Survey
from ..symbols import Symbol
from ..syntax.nodes import Equation, Name
from ..table import EITHER_WAY, Entry, Origin
from ..text import Piece, Span, Window
from ._parts import stating


class Noted(NamedTuple):
    """A name, spelled in a notation, and the shape that is stated for it below some headings, or in one function."""

    name: str
    notation: str
    shape: tuple[Dim, ...]
    span: Span
    scope: tuple[int, ...] = ()
    within: Span | None = None


class Notes:
    """What is noted in a file, by the symbols that it is noted of."""

    def __init__(self, noted: Iterable[Noted], known: Survey) -> None:
        self._noted = [(symbol, each) for each in noted if (symbol := _symbol(each, known)) is not None]

    def holding(self, scope: tuple[int, ...], at: int) -> dict[Symbol, Entry]:
        """What holds below some headings at an offset; a name of which two shapes are noted there has none."""
        found: dict[Symbol, Entry] = {}
        doubtful: set[Symbol] = set()
        for symbol, each in self._noted:
            if scope[: len(each.scope)] != each.scope or not _covers(each.within, at):
                continue
            entry = found.setdefault(symbol, _entry(each))
            if entry.shape != each.shape:
                doubtful.add(symbol)
        return {symbol: entry for symbol, entry in found.items() if symbol not in doubtful}

    def __bool__(self) -> bool:
        return bool(self._noted)


def _entry(noted: Noted) -> Entry:
    way = EITHER_WAY if noted.notation == "latex" and noted.shape[1:] == (ONE,) else ""
    return Entry(noted.shape, Origin("stated", noted.span, way))


def _covers(within: Span | None, at: int) -> bool:
    return within is None or within.start <= at < within.end


def _symbol(noted: Noted, known: Survey) -> Symbol | None:
    """The symbol of a noted name, None where it is spelled as no single name."""
    window = Window((Piece(noted.name, 0),), noted.notation)
    program = notations[stating(window, noted.notation)].parse(window)
    statements = [each for each in program.statements if isinstance(each, Equation)]
    members = statements[0].members if len(statements) == 1 else ()
    if len(members) != 1 or type(members[0]) is not Name:
        return None
    return known.reading.symbol(members[0].base, members[0].indices)
