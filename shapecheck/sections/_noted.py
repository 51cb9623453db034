"""Shapes that authors state in passing, in docstrings, comments and words: they hold where nothing better is known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from ..notations import notations
from ..shapes.dims import Dim
from ..survey import PRIME, Survey, primed
from ..symbols import Declared, Symbol, at_layers
from ..syntax.nodes import Apply, Equation, Name, Node
from ..table import EITHER_WAY, Entry, Origin
from ..text import Piece, Span, Window
from ..values import NamedTuple
from ..vocabulary import LOSSES
from ._parts import stating

FARTHEST = 100
"""How many of the earlier headings that state something are looked back on: about as many as a book has chapters."""


class Noted(NamedTuple):
    """A name, spelled in a notation, and the shape that is stated for it below some headings, or in one function.

    The span is in the text of the `cell`; a `lone` dimension does not say how a vector lies. No shape is stated of a
    name that is said to be the gradient `of` another. One in letters goes before that of an `example`.
    """

    name: str
    notation: str
    shape: tuple[Dim, ...]
    span: Span
    scope: tuple[int, ...] = ()
    within: Span | None = None
    cell: int | None = None
    lone: bool = False
    of: str = ""
    example: bool = False


class _Note(NamedTuple):
    """What is noted of a symbol, and where it holds."""

    symbol: Symbol
    entry: Entry
    noted: Noted


class Notes:
    """What is noted in a file, by the symbols that it is noted of."""

    def __init__(self, noted: Iterable[Noted], known: Survey) -> None:
        self._wide: dict[tuple[int, ...], list[_Note]] = {}
        self._within: dict[int | None, _Functions] = {}
        notes = [note for note in (_note(each, known) for each in noted) if note is not None]
        lettered = {note.symbol for note in notes if any(dim.symbols for dim in note.noted.shape)}
        for note in notes:
            if note.noted.example and note.symbol in lettered:
                continue
            if note.noted.within is None:
                self._wide.setdefault(note.noted.scope, []).append(note)
            else:
                self._within.setdefault(note.noted.cell, _Functions()).add(note, note.noted.within)
        self._scopes = sorted(self._wide)
        self._held: dict[tuple[tuple[int, ...], bool], dict[Symbol, Entry]] = {}
        self._agreed: dict[tuple[int, ...], dict[Symbol, Entry]] = {}
        self._borrowed: dict[tuple[int, ...], Borrowed] = {}

    def holding(
        self, scope: tuple[int, ...], at: int, cell: int | None = None, *, is_code: bool = False
    ) -> dict[Symbol, Entry]:
        """What holds below some headings at an offset: what is noted below the nearest of them goes first.

        In code no vector lies either way. Where no function says more, it is the same object each time.
        """
        functions = self._within.get(cell)
        here = functions.around(at) if functions else ()
        within = [note for note in here if _is_below(scope, note.noted.scope)]
        if within:
            return _lying(_nearest([*self._above(scope), *within]), is_code)
        if (scope, is_code) not in self._held:
            self._held[scope, is_code] = _lying(_nearest(self._above(scope)), is_code)
        return self._held[scope, is_code]

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
        before = bisect_left(self._scopes, scope)
        for other in reversed(self._scopes[max(0, before - FARTHEST) : before]):
            if _is_below(scope, other):
                continue
            there = self._agreed_below(other)
            if any(symbol in taken and taken[symbol].shape != entry.shape for symbol, entry in there.items()):
                ended.add(other)
            else:
                taken.update({symbol: entry for symbol, entry in there.items() if symbol not in taken})
        far = {symbol: _far(entry) for symbol, entry in taken.items() if symbol not in own}
        return Borrowed(far, frozenset(ended))

    def _agreed_below(self, scope: tuple[int, ...]) -> dict[Symbol, Entry]:
        """The shapes noted directly below some headings."""
        if scope not in self._agreed:
            self._agreed[scope] = _agreed(self._wide[scope])
        return self._agreed[scope]

    def __bool__(self) -> bool:
        return bool(self._wide or self._within)


class _Functions:
    """Notes by the function, of one text, for which alone each holds; functions may stand in one another."""

    def __init__(self) -> None:
        self._notes: dict[Span, list[_Note]] = {}
        self._outer: dict[Span, Span | None] | None = None
        self._spans: list[Span] = []

    def add(self, note: _Note, within: Span) -> None:
        """Add a note that holds within a function."""
        self._notes.setdefault(within, []).append(note)

    def around(self, at: int) -> Iterator[_Note]:
        """The notes that hold at an offset, those of outer functions first."""
        outer = self._nested()
        place = bisect_right(self._spans, at, key=lambda span: span.start) - 1
        span = self._spans[place] if place >= 0 else None
        found: list[Span] = []
        while span is not None:
            found += [span] if at < span.end else []
            span = outer[span]
        return (note for each in reversed(found) for note in self._notes[each])

    def _nested(self) -> dict[Span, Span | None]:
        """The function that each stands in."""
        if self._outer is None:
            self._outer = {}
            above: list[Span] = []
            self._spans = sorted(self._notes, key=lambda span: (span.start, -span.end))
            for span in self._spans:
                while above and above[-1].end <= span.start:
                    above.pop()
                self._outer[span] = above[-1] if above else None
                above.append(span)
        return self._outer


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


def _lying(found: dict[Symbol, Entry], is_code: bool) -> dict[Symbol, Entry]:
    if not is_code:
        return found
    return {symbol: entry for symbol, entry in found.items() if entry.origin.of != EITHER_WAY}


def _is_below(scope: tuple[int, ...], above: tuple[int, ...]) -> bool:
    return scope[: len(above)] == above


def _far(entry: Entry) -> Entry:
    return entry._replace(origin=entry.origin._replace(far=True))


def _note(noted: Noted, known: Survey) -> _Note | None:
    """What is noted, None if its name is spelled as no single name."""
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
    found = list(members(noted, known.declared))
    if len(found) != 1:
        return None
    node, is_transposed = found[0], False
    if (name := primed(node)) is not None:
        return known.reading.symbol(name.base + PRIME, name.indices), False
    if type(node) is Apply and node.op == "transpose":
        node, is_transposed = node.args[0], True
    if type(node) is Apply and node.op == "derivative":
        above, below = node.args
        if type(above) is Name and above.base in LOSSES | known.losses and type(below) is Name:
            return known.reading.gradient(known.reading.symbol(below.base, below.indices)), is_transposed
    if type(node) is not Name:
        return None
    return known.reading.symbol(node.base, node.indices), is_transposed


def members(noted: Noted, declared: Declared) -> Iterator[Node]:
    """The trees of what a shape is noted of."""
    window = Window((Piece(noted.name, 0),), noted.notation)
    program = stating(window, notations[noted.notation]).parse(window, declared)
    statements = [each for each in program.statements if isinstance(each, Equation)]
    yield from statements[0].members if len(statements) == 1 else ()
