"""What a name has from another one: an example from the whole, an estimate `ŷ` from y, `grads["dW1"]` from W1."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from ..conventions import EXAMPLES
from ..shapes.dims import ONE, prune
from ..symbols import Symbol, make
from ._entries import SCALAR, Entry

if TYPE_CHECKING:
    from . import Table

_DOTS = ("\u0307", "\u0308")
_HATS = ("\u0302", "_hat", "hat")


def example(table: Table, name: Symbol) -> Entry | None:
    """The shape of `x(i)`, where that of x, or of X, is known; of an `x_i` that is one of several, by convention."""
    of = table.several.get(name.key)
    if of is not None and table.layout.convention.rows != "examples":
        return _column(table, table._by_convention(make(of)))
    for base in (name.base, name.base[:-1] + name.base[-1:].upper()):
        whole = table.look_up(make(base, name.layer)) if name.example else None
        if whole is not None:
            return _column(table, whole)
    return None


def _column(table: Table, whole: Entry | None) -> Entry | None:
    """One example: their number tells along which axis they lie, or else what the convention's rows are."""
    if whole is None or len(whole.shape) != 2:
        return None
    count = table.naming.dimension(EXAMPLES.text)
    among = [axis for axis, dim in enumerate(map(prune, whole.shape)) if dim is count]
    examples = among[0] if len(among) == 1 else int(table.layout.convention.rows != "examples")
    return Entry((whole.shape[1 - examples], ONE), whole.origin)


def part(name: Symbol, whole: Callable[[Symbol], Entry | None]) -> Entry | None:
    """An entry of a matrix, or of a vector, as a number; one row or column of a matrix may lie either way."""
    entry = whole(name)
    if entry is None:
        return SCALAR if name.entry and name.base[:1].islower() else None
    is_vector = sum(prune(dim) is not ONE for dim in entry.shape) < 2
    return SCALAR if name.entry or is_vector else None


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


def elsewhere(name: Symbol, known: Iterable[str], used: Collection[str]) -> Symbol:
    """The entry or attribute of that name where it is known to be one, else the name that an entry's key is.

    `weight_grad` is the gradient of `weights` where nothing is called `weight`.
    """
    keys = set(known)
    if name.key in keys:
        return name
    if name.base[-2:] == '"]':
        return _entry(name, keys)
    number = "" if name.layer is None else name.layer.value
    if number is None or name.example or name.component or name.key in used or "." in name.base:
        return name
    text = f"{name.base}{number}"
    ends = (f".{text}", f"._{text}", f'["{text}"]', f".{text}s", f"._{text}s", f'["{text}s"]')
    found = [key for key in keys if key.endswith(ends) and "grad" not in key]
    if not found and f"{text}s" in used:
        return make(f"{text}s")
    return make(found[0]) if len(found) == 1 else name


def _entry(entry: Symbol, keys: set[str]) -> Symbol:
    end = entry.base[entry.base.rindex("[") :]
    found = [key for key in keys if key.endswith(end) and "grad" not in key]
    named = found[0] if len(found) == 1 else end[2:-2]
    return make(named) if len(found) < 2 else entry
