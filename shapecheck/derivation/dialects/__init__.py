"""How trees are written in the notations that call functions by names of their own: a module each, with a `dialect`."""

from __future__ import annotations

from ...notations import Notation
from ...registry import Registry
from ._dialect import Dialect

_dialects = Registry(__name__, __path__[0], "dialect")


def dialect_of(notation: Notation) -> Dialect | None:
    """The dialect of a notation; None if it writes functions as mathematics does."""
    if notation.name not in _dialects:
        return None
    found: Dialect = _dialects[notation.name]
    return found
