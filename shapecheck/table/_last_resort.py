"""Which part of a convention is only a last resort beside names that the author declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..conventions import is_conventional
from ..shapes.dims import ONE, Dim
from ..symbols import Symbol

if TYPE_CHECKING:
    from . import Table


def last_resort(table: Table, names: Iterable[Symbol]) -> str:
    """What of a convention must not make a statement with these names fail: "names", "dimensions", a "guess", or "".

    Its dimensions are any where an array is declared of which it says nothing; where most arrays are, so are its names.
    Where all names but one are declared, in sizes of their author's own, the shape of that one is only a guess.
    """
    if table.layout.is_guess:
        return "names"
    if not table.stated:
        return ""
    symbols = list(names)
    if _is_only_guess(table, symbols):
        return "guess"
    declared = sum(_is_declared_beyond(table, name) for name in symbols)
    if not declared:
        return ""
    return "names" if declared > sum(is_by_convention(table, name) for name in symbols) else "dimensions"


def _is_only_guess(table: Table, names: list[Symbol]) -> bool:
    """Whether only one name of a statement has its shape from the convention, and no other has one of its sizes."""
    guessed = {table.variable(name).key if name.of else name.key for name in names if is_by_convention(table, name)}
    declared = [entry for name in names if (entry := table.stated.of(table.variable(name) if name.of else name))]
    sizes = [dim for entry in declared for dim in entry.shape if isinstance(dim, Dim) and dim is not ONE]
    speaks_for_it = table.naming.borne_out or any(is_conventional(name) for dim in sizes for name in dim.symbols)
    return len(guessed) == 1 and bool(sizes) and not speaks_for_it


def loosen(table: Table, what: str) -> None:
    """Ignore a part of the convention, as `Naming.loosen` does."""
    table.naming.loosen(what)
    table.found.clear()


def _is_declared_beyond(table: Table, name: Symbol) -> bool:
    """Whether the author states the shape of an array whose name and dimensions are unknown to the convention."""
    entry = table.stated.of(name)
    usual = table.layout.shape(name) or (name.of and table.layout.shape(name.gradient_of()))
    return entry is not None and not usual and not all(map(table.naming.is_conventional, entry.shape))


def is_by_convention(table: Table, name: Symbol) -> bool:
    """Whether the shape of a name, or of its variable, comes from the convention."""
    entry = table.look_up(name)
    if entry is None or entry.origin.kind not in ("convention", "gradient"):
        return False
    return entry.origin.kind == "convention" or entry.origin.of not in table.stated.keys() | table.assigned.keys()
