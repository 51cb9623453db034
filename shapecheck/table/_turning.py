"""Vectors that may lie either way: those that the author notes, as `b ∈ ℝⁿ`, and lists of numbers, `x = [1, 2]`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from ._entries import EITHER_WAY

if TYPE_CHECKING:
    from . import Table


MOST_TURNS = 8
"""How many ways to lay a statement's vectors are tried."""


class Lying:
    """How the vectors of a file lie, as its formulas have it: `rows` says of a vector whether it is one throughout.

    A formula in which a vector fits in one way alone speaks for that, louder where it defines something, and where the
    vector stands transposed.
    """

    def __init__(self) -> None:
        self._loudest: dict[str, dict[bool, int]] = {}
        self.rows: dict[str, bool] = {}

    def speak(self, key: str, is_row: bool, loudness: int) -> None:
        """Hear what a formula says."""
        ways = self._loudest.setdefault(key, {})
        ways[is_row] = max(loudness, ways.get(is_row, 0))

    def settle(self) -> bool:
        """Settle how those lie of which the formulas say different things, the loudest first; whether there are any.

        What else was said is forgotten: a formula may have said it of one vector for the sake of another.
        """
        doubtful = {key: ways for key, ways in self._loudest.items() if len(ways) > 1 and ways[True] != ways[False]}
        loudest = max((max(ways.values()) for ways in doubtful.values()), default=0)
        self.rows |= {key: ways[True] > ways[False] for key, ways in doubtful.items() if loudest in ways.values()}
        self._loudest.clear()
        return bool(doubtful)


def vectors(table: Table, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of some names that are vectors, which may lie either way."""
    keys = tuple(keys)
    lists = [key for key in keys if _is_list(table, key)]
    return (*table.noted.vectors(key for key in keys if key not in lists), *lists)


def turn(table: Table, keys: Collection[str]) -> None:
    """Take vectors that were columns for rows, or the reverse."""
    lists = [key for key in keys if _is_list(table, key)]
    table.noted.turn(key for key in keys if key not in lists)
    for key in lists:
        table.assigned[key] = table.assigned[key]._replace(shape=table.assigned[key].shape[::-1])
    table.found.clear()


def turns(vectors: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Which of some vectors may be turned: all of them, then fewer, one first."""
    if vectors:
        yield vectors
    for count in range(1, len(vectors)):
        yield from combinations(vectors, count)


def may_turn(table: Table, key: str) -> None:
    """Let the vector that a name was assigned lie either way."""
    entry = table.assigned.get(key)
    if entry is not None and len(entry.shape) == 2:
        table.assigned[key] = entry._replace(origin=entry.origin._replace(of=EITHER_WAY))
        table.found.clear()


def lay(table: Table, keys: Iterable[str]) -> None:
    """Take for rows those vectors that are rows throughout."""
    noted = table.noted.vectors(key for key in keys if table.lying.rows.get(key))
    turn(table, [key for key in noted if table.noted.is_column(key)])


def _is_list(table: Table, key: str) -> bool:
    return key in table.assigned and table.assigned[key].origin.of == EITHER_WAY
