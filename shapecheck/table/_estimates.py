"""An estimate has the shape of what it estimates: `ŷ`, `y_hat` that of `y`."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from ..symbols import Symbol, make
from ._entries import Entry

_HAT = re.compile("([yY])(?:\u0302|_?hat)\\Z")


def estimate(name: Symbol, look_up: Callable[[Symbol], Entry | None]) -> Entry | None:
    """The shape of an estimate, where that of the target is known to be a matrix: a list of classes is none of it."""
    found = _HAT.match(normalize("NFD", name.base))
    entry = look_up(make(found[1], name.layer, name.example)) if found else None
    return entry if entry is not None and len(entry.shape) == 2 else None
