"""The shape of a gradient from that of its variable, or the reverse, unless the name means something else here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..symbols import ERRORS, Symbol, make
from ._entries import Entry

if TYPE_CHECKING:
    from . import Table


def is_of_torch(table: Table) -> bool:
    """Whether a file calls torch."""
    return any(key.startswith(("torch.", "F.")) for key in table.used)


def is_authors(table: Table, name: Symbol, in_function: bool) -> bool:
    """Whether an assigned name without an index is its author's: no weights of the file are the convention's.

    In a function an `A` may as well be what its layer is given.
    """
    if in_function and name.layer is None and name.base == "A":
        return True
    return name.layer is None and name.key in table.will_be_assigned and not table.layout.has_weights(table.stated)


def is_authors_error(table: Table, name: Symbol) -> bool:
    """Whether a δ without an index, or a `delta2`, that is assigned in a text without Z, is an ordinary name.

    So is a δ that is declared there, as the threshold of a loss.
    """
    if name.base not in ERRORS:
        return False
    assigned = name.key in table.will_be_assigned and (name.layer is None or name.base == "delta")
    declared = name.layer is None and bool(table.stated.of(name))
    return (assigned or declared) and table.variable(name).key not in table.used


def by_gradient(table: Table, name: Symbol) -> Entry | None:
    """The shape of the variable that a name is the gradient of, or of the gradient that it is the variable of."""
    if name.of and not is_authors_error(table, name):
        variable = table.variable(name)
        entry = table.own(variable) or table._by_convention(variable) or table._solved(variable)
        if entry is not None:
            return as_gradient(table, entry, variable.key)
    assigned = name.key in table.will_be_assigned
    is_number = "d" + name.base in table.numbers
    gradient = None if assigned or is_number else table.own(make("d" + name.base, name.layer, name.example))
    return as_gradient(table, gradient, "d" + name.key) if gradient else None


def as_gradient(table: Table, entry: Entry, of: str) -> Entry:
    """The entry of a gradient from that of its variable, or the reverse; transposed in numerator layout."""
    shape = entry.shape[::-1] if table.numerator_layout and len(entry.shape) == 2 else entry.shape
    return Entry(shape, entry.origin._replace(kind="gradient", of=of))
