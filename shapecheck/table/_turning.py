"""Vectors that may be columns or rows: those stated as `b ∈ ℝⁿ`, and lists of numbers, `x = [1, 2]`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from ._entries import EITHER_WAY

if TYPE_CHECKING:
    from . import Table


MOST_TURNS = 8
"""How many combinations of columns and rows are tried for a statement."""


class Lying:
    """Which vectors of a file are rows, by its formulas: `rows` says whether a vector is a row throughout.

    A formula in which a vector fits in one way alone speaks for that, louder where it defines something, and where the
    vector stands transposed.
    """

    def __init__(self) -> None:
        self._loudest: dict[str, dict[bool, int]] = {}
        self.rows: dict[str, bool] = {}

    def speak(self, key: str, is_row: bool, loudness: int) -> None:
        """Record what a formula implies about a vector."""
        ways = self._loudest.setdefault(key, {})
        ways[is_row] = max(loudness, ways.get(is_row, 0))

    def settle(self) -> bool:
        """Settle the vectors on which formulas disagree, the loudest first; returns whether there are any.

        All else is forgotten: a formula may have spoken for one vector only because of another.
        """
        doubtful = {key: ways for key, ways in self._loudest.items() if len(ways) > 1 and ways[True] != ways[False]}
        loudest = max((max(ways.values()) for ways in doubtful.values()), default=0)
        self.rows |= {key: ways[True] > ways[False] for key, ways in doubtful.items() if loudest in ways.values()}
        self._loudest.clear()
        return bool(doubtful)


def vectors(table: Table, keys: Iterable[str]) -> tuple[str, ...]:
    """Those of some names whose vectors may be columns or rows."""
    keys = tuple(keys)
    lists = [key for key in keys if _is_list(table, key)]
    return (*table.noted.vectors(key for key in keys if key not in lists), *lists)


def turn(table: Table, keys: Collection[str]) -> None:
    """Turn columns into rows, or the reverse."""
    lists = [key for key in keys if _is_list(table, key)]
    table.noted.turn(key for key in keys if key not in lists)
    for key in lists:
        table.assigned[key] = table.assigned[key]._replace(shape=table.assigned[key].shape[::-1])
    table.found.clear()


def turns(vectors: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The subsets of vectors to turn: all of them, then single ones, then larger subsets."""
    if vectors:
        yield vectors
    for count in range(1, len(vectors)):
        yield from combinations(vectors, count)


def may_turn(table: Table, key: str) -> None:
    """Allow the vector assigned to a name to be a column or a row."""
    entry = table.assigned.get(key)
    if entry is not None and len(entry.shape) == 2:
        table.assigned[key] = entry._replace(origin=entry.origin._replace(of=EITHER_WAY))
        table.found.clear()


def lay(table: Table, keys: Iterable[str]) -> None:
    """Turn those vectors into rows that are rows throughout."""
    noted = table.noted.vectors(key for key in keys if table.lying.rows.get(key))
    turn(table, [key for key in noted if table.noted.is_column(key)])


def _is_list(table: Table, key: str) -> bool:
    return key in table.assigned and table.assigned[key].origin.of == EITHER_WAY
