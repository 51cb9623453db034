"""One line of text with marked places: carets below them, and the words of each without collisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..values import NamedTuple
from ._cells import one_line, width
from ._cut import cut
from ._line import Line, Run
from ._wrap import NARROWEST, wrap


class Mark(NamedTuple):
    """A place in a line, in code points from its start: the sign drawn below it, its style, and its words."""

    start: int
    end: int
    sign: str
    style: str
    message: str = ""


class _Place(NamedTuple):
    """A mark in columns."""

    start: int
    end: int
    mark: Mark


def marked_line(text: str, marks: Sequence[Mark], columns: int) -> list[Line]:
    """The line, cut to the width, and the rows below it: the carets, then the words, those on the right first."""
    if not marks:
        return [[Run(cut(text, [], columns).text)]]
    shown = cut(text, [(mark.start, mark.end) for mark in marks], columns)
    places = [_place(mark, shown.columns) for mark in marks]
    worded = sorted((place for place in places if place.mark.message), key=lambda place: (place.start, place.end))
    row = _carets(places)
    if worded and _fits_beside(worded[-1], places, columns):
        last = worded.pop()
        row += [Run(" "), Run(one_line(last.mark.message), last.mark.style)]
    return [[Run(shown.text)], row, *_hanging(worded, columns)]


def _place(mark: Mark, columns: list[int]) -> _Place:
    last = len(columns) - 1
    start = columns[min(mark.start, last)]
    return _Place(start, max(columns[min(mark.end, last)], start + 1), mark)


def _fits_beside(place: _Place, places: list[_Place], columns: int) -> bool:
    is_last = all(other.end <= place.end for other in places)
    return is_last and place.end + 1 + width(one_line(place.mark.message)) <= columns


def _carets(places: list[_Place]) -> Line:
    row = [Run(" ")] * max(place.end for place in places)
    for place in sorted(places, key=lambda place: (place.start - place.end, place.mark.sign == "^")):
        row[place.start : place.end] = [Run(place.mark.sign, place.mark.style)] * (place.end - place.start)
    return _joined(row)


def _joined(row: Line) -> Line:
    found: Line = []
    for run in row:
        if found and found[-1].style == run.style:
            found[-1] = Run(found[-1].text + run.text, run.style)
        else:
            found.append(run)
    return found


def _hanging(places: list[_Place], columns: int) -> Iterator[Line]:
    """Rows of `|` and words, for places from left to right; the words of the last come first."""
    if places:
        yield _row({place.start: Run("|", place.mark.style) for place in places})
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        above = {other.start: Run("|", other.mark.style) for other in waiting if other.start < place.start}
        room = max(above, default=-2) + 2
        column = max(room, min(place.start, columns - width(one_line(place.mark.message))))
        if columns - column < NARROWEST:
            column = max(room, min(place.start, columns - NARROWEST))
        for line in wrap(place.mark.message, columns - column):
            yield _row({**above, column: Run(line, place.mark.style)})


def _row(items: dict[int, Run]) -> Line:
    row: Line = []
    done = 0
    for column, run in sorted(items.items()):
        if column > done:
            row.append(Run(" " * (column - done)))
        row.append(run)
        done = column + width(run.text)
    return row
