"""Entries of dictionaries: `grads["dW1"]` is the gradient of `params["W1"]`, or of W1."""

from __future__ import annotations

from collections.abc import Iterable

from ..symbols import Symbol, make


def elsewhere(entry: Symbol, known: Iterable[str]) -> Symbol:
    """The entry of that key of the one dictionary that is known to have it, else the name that its key is."""
    if entry.base[-2:] != '"]':
        return entry
    keys, end = set(known), entry.base[entry.base.rindex("[") :]
    if entry.key in keys:
        return entry
    found = [key for key in keys if key.endswith(end) and "grad" not in key]
    named = found[0] if len(found) == 1 else end[2:-2]
    return make(named) if len(found) < 2 else entry
