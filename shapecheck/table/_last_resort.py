"""Which part of a convention is a last resort among names that an author declares himself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..symbols import Symbol

if TYPE_CHECKING:
    from . import Table


def last_resort(table: Table, names: Iterable[Symbol]) -> str:
    """What of a convention must not make a statement with these names fail: its "names", its "dimensions", or "".

    Its dimensions are any where an array is declared of which it says nothing; where most arrays are, so are its names.
    """
    if table.layout.is_guess:
        return "names"
    if not table.stated:
        return ""
    symbols = list(names)
    declared = sum(_is_declared_beyond(table, name) for name in symbols)
    if not declared:
        return ""
    return "names" if declared > sum(is_by_convention(table, name) for name in symbols) else "dimensions"


def loosen(table: Table, what: str) -> None:
    """Know less of a convention, as `Naming.loosen` does."""
    table.naming.loosen(what)
    table.found.clear()


def _is_declared_beyond(table: Table, name: Symbol) -> bool:
    """Whether an author states an array's shape, of whose name and dimensions the convention says nothing."""
    entry = table.stated.of(name)
    usual = table.layout.shape(name) or (name.of and table.layout.shape(name.gradient_of()))
    return entry is not None and not usual and not all(map(table.naming.is_conventional, entry.shape))


def is_by_convention(table: Table, name: Symbol) -> bool:
    """Whether the shape of a name, or of its variable, is the convention's."""
    entry = table.look_up(name)
    if entry is None or entry.origin.kind not in ("convention", "gradient"):
        return False
    return entry.origin.kind == "convention" or entry.origin.of not in table.stated.keys() | table.assigned.keys()
