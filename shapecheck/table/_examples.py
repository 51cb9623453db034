"""The i-th example of an array: a column with the features of the whole."""

from __future__ import annotations

from collections.abc import Callable

from ..shapes.dims import ONE
from ..symbols import Symbol, make
from ._entries import Entry


def example(name: Symbol, look_up: Callable[[Symbol], Entry | None], rows: str) -> Entry | None:
    """The shape of `x(i)`, where that of x, or of X, is known; `rows` says what the rows of the whole are."""
    for base in (name.base, name.base[:-1] + name.base[-1:].upper()):
        whole = look_up(make(base, name.layer))
        if whole is not None:
            features = 0 if rows != "examples" else 1
            return Entry((whole.shape[features], ONE), whole.origin) if len(whole.shape) == 2 else None
    return None
