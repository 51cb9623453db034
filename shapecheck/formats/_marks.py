"""One line of text with marked places: carets below them, and the words of each without collisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..values import NamedTuple
from ._cells import Glyph, cells, one_line, width
from ._line import Line, Run
from ._wrap import NARROWEST, wrap

_ELLIPSIS = Glyph("...", 3)
_ENDS = (1 << 30, 24, 12, 6, 3)
"""How much of each end of a marked place is kept, most first; the rest of it is left out."""


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


class Shown(NamedTuple):
    """A line as it is shown, and for each code point of the whole line, and its end, the column where it stands."""

    text: str
    columns: list[int]


def cut(text: str, marked: Sequence[tuple[int, int]], width: int) -> Shown:
    """The line in at most `width` columns where that can be done; `marked` are pairs of code points."""
    whole = cells(text)
    columns = list(accumulate((cell.width for cell in whole), initial=0))
    if columns[-1] <= width:
        return Shown("".join(cell.glyph for cell in whole), columns)
    kept = next(
        (kept for kept in _choices(len(whole), marked, width) if _columns(kept, columns) <= width),
        [(0, max(0, width - _ELLIPSIS.width))],
    )
    return _shown(whole, kept)


def _choices(length: int, marked: Sequence[tuple[int, int]], width: int) -> Iterator[list[tuple[int, int]]]:
    places = marked or [(0, 0)]
    for end in _ENDS:
        for context in range(width, -1, -1 if width < 400 else -8):
            yield _merged(length, [pair for place in places for pair in _around(place, context, end)])


def _around(place: tuple[int, int], context: int, end: int) -> list[tuple[int, int]]:
    start, stop = place[0], max(place[1], place[0] + 1)
    if stop - start <= 2 * end:
        return [(start - context, stop + context)]
    return [(start - context, start + end), (stop - end, stop + context)]


def _merged(length: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges within the line, those that touch or nearly touch as one, what is left out being longer than `...`."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in ranges):
        if found and start <= found[-1][1] + _ELLIPSIS.width:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start if start > _ELLIPSIS.width else 0, end))
    last = found[-1]
    found[-1] = last[0], length if last[1] + _ELLIPSIS.width >= length else last[1]
    return found


def _columns(kept: list[tuple[int, int]], columns: list[int]) -> int:
    gaps = len(kept) - 1 + (kept[0][0] > 0) + (kept[-1][1] < len(columns) - 1)
    return sum(columns[end] - columns[start] for start, end in kept) + gaps * _ELLIPSIS.width


def _shown(whole: list[Glyph], kept: list[tuple[int, int]]) -> Shown:
    glyphs: list[str] = []
    columns: list[int] = []
    column = done = 0
    for start, end in [*kept, (len(whole), len(whole))]:
        if start > done:
            columns += [column] * (start - done)
            glyphs.append(_ELLIPSIS.glyph)
            column += _ELLIPSIS.width
        for cell in whole[start:end]:
            columns.append(column)
            glyphs.append(cell.glyph)
            column += cell.width
        done = end
    return Shown("".join(glyphs), [*columns, column])
