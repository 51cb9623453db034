"""Split a run of letters and digits into known names, where that works in exactly one way: `Wx`, `QK`, `W1X`."""

from __future__ import annotations

from collections.abc import Iterator

from ..notations._names import decompose
from ..symbols import Reading, make
from ..syntax.nodes import Name
from ..table import Table
from ..text import Span
from ._functions import known_function

LONGEST = 8


def split(name: Name, table: Table, reading: Reading) -> tuple[Name, ...] | None:
    """The names that a run is made of, the last with what follows it; None where there is no way, or more than one."""
    run = _run(name.text)
    if not 1 < len(run) <= LONGEST or not run[0].isalpha() or not name.text.startswith(name.base):
        return None
    ways = [way for way in _ways(run, name.text[len(run) :], table, reading) if len(way) > 1]
    if len(ways) != 1:
        return None
    return tuple(_pieces(ways[0], name.span.start))


def _run(text: str) -> str:
    end = next((place for place, sign in enumerate(text) if not sign.isalnum()), len(text))
    return text[:end]


def letters(name: Name) -> tuple[Name, ...] | None:
    """Two letters of LaTeX that nothing else is known of are two factors, unless the first is the d of a gradient."""
    base = name.base
    if len(base) != 2 or not base.isalpha() or base[0] == "d" or not name.text.startswith(base) or known_function(base):
        return None
    return tuple(_pieces((base[0], name.text[1:]), name.span.start))


def _ways(run: str, rest: str, table: Table, reading: Reading) -> Iterator[tuple[str, ...]]:
    """The ways to cut a run before its letters; a digit belongs to the letter before it."""
    for end in range(1, len(run)):
        if run[end].isalpha() and _is_known(run[:end], table, reading):
            for way in _ways(run[end:], rest, table, reading):
                yield (run[:end], *way)
    if _is_known(run + rest, table, reading) or (rest and _is_known(run, table, reading)):
        yield (run + rest,)


def _is_known(text: str, table: Table, reading: Reading) -> bool:
    base, indices = decompose(text)
    return table.is_splittable(reading.symbol(base, indices) if indices else make(base))


def _pieces(way: tuple[str, ...], start: int) -> Iterator[Name]:
    for text in way:
        base, indices = decompose(text)
        yield Name(text, base, indices, Span(start, start + len(text)))
        start += len(text)
