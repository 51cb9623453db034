"""An estimate has the shape of what it estimates: `ŷ`, `y_hat` that of `y`; and a rate, `ẋ`, that of what changes."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

from ..symbols import Symbol, make
from ._entries import Entry

_HATS = ("\u0302", "_hat", "hat")
_DOTS = ("\u0307", "\u0308")


def rate(name: Symbol, look_up: Callable[[Symbol], Entry | None]) -> Entry | None:
    """The shape of what changes, of a rate with dots, as ẋ and ẍ; a dot on a capital may be any mark."""
    base = normalize("NFD", name.base)
    is_rate = base[1:] in _DOTS and base[0].islower()
    return look_up(make(base[0], name.layer, name.example)) if is_rate else None


def estimate(name: Symbol, look_up: Callable[[Symbol], Entry | None]) -> Entry | None:
    """The shape of an estimate, where that of the target is known to be a matrix: a list of classes is none of it."""
    base = normalize("NFD", name.base)
    is_estimate = base[:1] in ("y", "Y") and base[1:] in _HATS
    entry = look_up(make(base[0], name.layer, name.example)) if is_estimate else None
    return entry if entry is not None and len(entry.shape) == 2 else None
