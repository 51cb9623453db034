"""A gradient has the shape of its variable, and a variable that of its gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..symbols import Symbol, make
from ._authors import is_authors_error
from ._entries import Entry

if TYPE_CHECKING:
    from . import Table


def by_gradient(table: Table, name: Symbol) -> Entry | None:
    """The shape of the variable of which a name is the gradient, or of the gradient of which it is the variable."""
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
    """The entry of a gradient for that of its variable, or the reverse; transposed in the numerator layout."""
    shape = entry.shape[::-1] if table.numerator_layout and len(entry.shape) == 2 else entry.shape
    return Entry(shape, entry.origin._replace(kind="gradient", of=of))
