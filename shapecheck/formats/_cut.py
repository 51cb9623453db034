"""Fit a long line into a few columns: what lies around the marked places stays, the rest becomes `...`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..values import NamedTuple
from ._cells import Glyph, cells

_ELLIPSIS = Glyph("...", 3)
_ENDS = (1 << 30, 24, 12, 6, 3)
"""How much of each end of a marked place is kept, most first; the rest of it is left out."""


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
