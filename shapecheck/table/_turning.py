"""Vectors that may lie either way: those that the author notes, as `b ∈ ℝⁿ`, and lists of numbers, `x = [1, 2]`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from ._entries import EITHER_WAY

if TYPE_CHECKING:
    from . import Table


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


def may_turn(table: Table, key: str) -> None:
    """Let the vector that a name was assigned lie either way."""
    entry = table.assigned.get(key)
    if entry is not None and len(entry.shape) == 2:
        table.assigned[key] = entry._replace(origin=entry.origin._replace(of=EITHER_WAY))
        table.found.clear()


def _is_list(table: Table, key: str) -> bool:
    return key in table.assigned and table.assigned[key].origin.of == EITHER_WAY
