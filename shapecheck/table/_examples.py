"""Parts of arrays: the i-th example, a column with the features of the whole, and single entries."""

from __future__ import annotations

from collections.abc import Callable

from ..shapes.dims import ONE, prune
from ..symbols import Symbol, make
from ._entries import SCALAR, Entry


def example(name: Symbol, look_up: Callable[[Symbol], Entry | None], rows: str) -> Entry | None:
    """The shape of `x(i)`, where that of x, or of X, is known; `rows` says what the rows of the whole are."""
    for base in (name.base, name.base[:-1] + name.base[-1:].upper()):
        whole = look_up(make(base, name.layer))
        if whole is not None:
            features = 0 if rows != "examples" else 1
            return Entry((whole.shape[features], ONE), whole.origin) if len(whole.shape) == 2 else None
    return None


def part(name: Symbol, whole: Callable[[Symbol], Entry | None]) -> Entry | None:
    """An entry of a matrix, or of a vector, as a number; one row or column of a matrix may lie either way."""
    entry = whole(name)
    if entry is None:
        return SCALAR if name.entry and name.base[:1].islower() else None
    is_vector = sum(prune(dim) is not ONE for dim in entry.shape) < 2
    return SCALAR if name.entry or is_vector else None
