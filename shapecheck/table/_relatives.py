"""Shapes that follow from another name's: an example's from the data, that of `ŷ` from y, of `grads["dW1"]` from W1."""

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
    """The shape of `x(i)` if that of x or X is known; that of an `x_i` which is one of several, by convention."""
    of = table.several.get(name.key)
    if of is not None and table.layout.convention.rows != "examples":
        return _column(table, table._by_convention(make(of)))
    for base in (name.base, name.base[:-1] + name.base[-1:].upper()):
        whole = table.look_up(make(base, name.layer)) if name.example else None
        if whole is not None:
            return _column(table, whole)
    return None


def _column(table: Table, whole: Entry | None) -> Entry | None:
    """One example of a matrix: the axis of examples is told by their number, or else by the convention."""
    if whole is None or len(whole.shape) != 2:
        return None
    count = table.naming.dimension(EXAMPLES.text)
    among = [axis for axis, dim in enumerate(map(prune, whole.shape)) if dim is count]
    examples = among[0] if len(among) == 1 else int(table.layout.convention.rows != "examples")
    return Entry((whole.shape[1 - examples], ONE), whole.origin)


def part(name: Symbol, whole: Callable[[Symbol], Entry | None]) -> Entry | None:
    """A number for an entry of a matrix or vector; None for one row or column of a matrix."""
    entry = whole(name)
    if entry is None:
        return SCALAR if name.entry and name.base[:1].islower() else None
    is_vector = sum(prune(dim) is not ONE for dim in entry.shape) < 2
    return SCALAR if name.entry or is_vector else None


def rate(name: Symbol, look_up: Callable[[Symbol], Entry | None]) -> Entry | None:
    """The shape of x for its rates ẋ and ẍ; a dot on a capital may be any mark."""
    base = normalize("NFD", name.base)
    is_rate = base[1:] in _DOTS and base[0].islower()
    return look_up(make(base[0], name.layer, name.example)) if is_rate else None


def estimate(name: Symbol, look_up: Callable[[Symbol], Entry | None]) -> Entry | None:
    """The shape of an estimate `ŷ`, if y is a matrix: a list of classes has another shape than its estimate."""
    base = normalize("NFD", name.base)
    is_estimate = base[:1] in ("y", "Y") and base[1:] in _HATS
    entry = look_up(make(base[0], name.layer, name.example)) if is_estimate else None
    return entry if entry is not None and len(entry.shape) == 2 else None


def elsewhere(name: Symbol, known: Iterable[str], used: Collection[str]) -> Symbol:
    """The known entry or attribute with that name, else the name that is the entry's key.

    `weight_grad` is the gradient of `weights` if nothing is called `weight`.
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
