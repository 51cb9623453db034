"""Shapes that authors state in passing, in docstrings, comments and words: they hold where nothing better is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..notations import notations
from ..shapes.dims import Dim
from ..survey import Survey
from ..symbols import Symbol, at_layers
from ..syntax.nodes import Apply, Equation, Name, Node
from ..table import EITHER_WAY, Entry, Origin
from ..text import Piece, Span, Window
from ._parts import stating

_LOSSES = frozenset("JLECℓℒ")


class Noted(NamedTuple):
    """A name, spelled in a notation, and the shape that is stated for it below some headings, or in one function.

    The span is in the text of the `cell`; a `lone` dimension does not say how a vector lies.
    """

    name: str
    notation: str
    shape: tuple[Dim, ...]
    span: Span
    scope: tuple[int, ...] = ()
    within: Span | None = None
    cell: int | None = None
    lone: bool = False


class _Note(NamedTuple):
    """What is noted of a symbol, and where it holds."""

    symbol: Symbol
    entry: Entry
    noted: Noted

    def holds_in(self, cell: int | None, at: int) -> bool:
        """Whether an offset of a cell is within the function for which alone it is said."""
        within = self.noted.within
        return within is None or (self.noted.cell == cell and within.start <= at < within.end)


class Notes:
    """What is noted in a file, by the symbols that it is noted of."""

    def __init__(self, noted: Iterable[Noted], known: Survey) -> None:
        self._wide: dict[tuple[int, ...], list[_Note]] = {}
        self._within: list[_Note] = []
        for note in filter(None, (_note(each, known) for each in noted)):
            (self._wide.setdefault(note.noted.scope, []) if note.noted.within is None else self._within).append(note)
        self._held: dict[tuple[int, ...], dict[Symbol, Entry]] = {}
        self._borrowed: dict[tuple[int, ...], Borrowed] = {}

    def holding(self, scope: tuple[int, ...], at: int, cell: int | None = None) -> dict[Symbol, Entry]:
        """What holds below some headings at an offset: what is noted below the nearest of them goes first."""
        within = [note for note in self._within if _is_below(scope, note.noted.scope) and note.holds_in(cell, at)]
        if within:
            return _nearest([*self._above(scope), *within])
        if scope not in self._held:
            self._held[scope] = _nearest(self._above(scope))
        return self._held[scope]

    def _above(self, scope: tuple[int, ...]) -> list[_Note]:
        """What is noted in no function, below some headings or those that contain them."""
        return [note for depth in range(len(scope) + 1) for note in self._wide.get(scope[:depth], ())]

    def borrowed(self, scope: tuple[int, ...]) -> Borrowed:
        """What is noted below earlier headings that have ended, as far as nothing noted here or since says otherwise.

        Where a later heading gives a name another shape its author has begun something else: of the earlier one
        nothing is left.
        """
        if scope not in self._borrowed:
            self._borrowed[scope] = self._borrow(scope)
        return self._borrowed[scope]

    def _borrow(self, scope: tuple[int, ...]) -> Borrowed:
        here = self._above(scope)
        taken = {note.symbol: note.entry for note in here} | _nearest(here)
        own, ended = frozenset(taken), set()
        for other in sorted((other for other in self._wide if other < scope), reverse=True):
            if _is_below(scope, other):
                continue
            there = _agreed(self._wide[other])
            if any(symbol in taken and taken[symbol].shape != entry.shape for symbol, entry in there.items()):
                ended.add(other)
            else:
                taken = there | taken
        far = {symbol: _far(entry) for symbol, entry in taken.items() if symbol not in own}
        return Borrowed(far, frozenset(ended))

    def __bool__(self) -> bool:
        return bool(self._wide or self._within)


class Borrowed(NamedTuple):
    """What holds from below other headings; what was found below the `ended` ones does not."""

    entries: dict[Symbol, Entry]
    ended: frozenset[tuple[int, ...]]


def _nearest(notes: Iterable[_Note]) -> dict[Symbol, Entry]:
    """The shapes of notes below headings that contain one another; those of two below the same have none."""
    levels: dict[int, list[_Note]] = {}
    for note in notes:
        levels.setdefault(len(note.noted.scope), []).append(note)
    found: dict[Symbol, Entry] = {}
    for level in sorted(levels):
        for note in levels[level]:
            found.pop(note.symbol, None)
        found |= _agreed(levels[level])
    return found


def _agreed(notes: Iterable[_Note]) -> dict[Symbol, Entry]:
    """The shapes of some notes; a name with two has none."""
    found: dict[Symbol, Entry] = {}
    doubtful: set[Symbol] = set()
    for symbol, entry, _ in notes:
        if found.setdefault(symbol, entry).shape != entry.shape:
            doubtful.add(symbol)
    return {symbol: entry for symbol, entry in found.items() if symbol not in doubtful}


def _is_below(scope: tuple[int, ...], above: tuple[int, ...]) -> bool:
    return scope[: len(above)] == above


def _far(entry: Entry) -> Entry:
    return entry._replace(origin=entry.origin._replace(far=True))


def _note(noted: Noted, known: Survey) -> _Note | None:
    """What is noted, None where its name is spelled as no single name."""
    found = _symbol(noted, known)
    if found is None:
        return None
    symbol, is_transposed = found
    shape = tuple([at_layers(dim, known.reading.layer) for dim in noted.shape])
    way = EITHER_WAY if noted.lone and not is_transposed else ""
    origin = Origin("stated", noted.span, way, cell=noted.cell)
    return _Note(symbol, Entry(shape[::-1] if is_transposed else shape, origin), noted)


def _symbol(noted: Noted, known: Survey) -> tuple[Symbol, bool] | None:
    """The symbol of a noted name, and whether it is its transpose that is noted."""
    members = list(_members(noted, known))
    if len(members) != 1:
        return None
    node, is_transposed = members[0], False
    if type(node) is Apply and node.op == "transpose":
        node, is_transposed = node.args[0], True
    if type(node) is Apply and node.op == "derivative":
        above, below = node.args
        if type(above) is Name and above.base in _LOSSES | known.losses and type(below) is Name:
            return known.reading.gradient(known.reading.symbol(below.base, below.indices)), is_transposed
    if type(node) is not Name:
        return None
    return known.reading.symbol(node.base, node.indices), is_transposed


def _members(noted: Noted, known: Survey) -> Iterator[Node]:
    window = Window((Piece(noted.name, 0),), noted.notation)
    program = notations[stating(window, noted.notation)].parse(window, known.declared)
    statements = [each for each in program.statements if isinstance(each, Equation)]
    yield from statements[0].members if len(statements) == 1 else ()
