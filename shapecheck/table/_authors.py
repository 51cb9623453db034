"""Which names are their author's own, although a convention or the spelling of a gradient would know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..symbols import ERRORS, Symbol

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
    """Whether a δ without an index, or a `delta2`, assigned where no Z stands, is a name like any other.

    So is a δ that is declared there, as the threshold of a loss.
    """
    if name.base not in ERRORS:
        return False
    assigned = name.key in table.will_be_assigned and (name.layer is None or name.base == "delta")
    declared = name.layer is None and bool(table.stated.of(name))
    return (assigned or declared) and table.variable(name).key not in table.used
