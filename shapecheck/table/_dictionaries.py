"""Entries and attributes: `grads["dW1"]` is the gradient of `params["W1"]`, or of W1, and `dW1` that of `self.W1`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..symbols import Symbol, make


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
