"""Settle the names, calls and indices of a tree, once the names of the whole file are known."""

from ..notations import Notation
from ..symbols import Reading
from ..table import Table
from ._arrays import FORMS as ARRAYS
from ._bars import FORMS as BARS
from ._calls import FORMS as CALLS
from ._derivatives import jacobian_name
from ._forms import FORMS
from ._names import layered_name
from ._resolver import Resolver
from ._running import FORMS as RUNNING

__all__ = ["Resolver", "jacobian_name", "layered_name", "resolver"]


def resolver(table: Table, reading: Reading, notation: Notation) -> Resolver:
    """What resolves the statements of one file in one notation."""
    return Resolver(table, reading, notation, {**FORMS, **CALLS, **ARRAYS, **BARS, **RUNNING})
