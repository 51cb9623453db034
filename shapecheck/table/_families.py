"""A shape stated for layer l, `h[l]: n[l] x 1`, holds at every layer that has no shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..shapes.dims import Dim, symbol
from ..symbols import Symbol, at_layers, layer_of, with_letters
from ._entries import Entry

Family: TypeAlias = tuple[str, bool, bool, bool]


class Families(dict[str, Entry]):
    """Entries by the keys of their names; one whose layer is a letter is that of its whole family."""

    def __init__(self, entries: Mapping[Symbol, Entry] | None = None) -> None:
        super().__init__()
        self._general: dict[Family, tuple[Dim, str]] = {}
        for name, entry in (entries or {}).items():
            self.add(name, entry)

    def add(self, name: Symbol, entry: Entry) -> Entry:
        """Record an entry unless there is one; returns the one that holds."""
        if name.layer is not None and len(name.layer.symbols) == 1:
            self._general[_family(name)] = name.layer, name.key
        return self.setdefault(name.key, entry)

    def of(self, name: Symbol) -> Entry | None:
        """The entry of a name, or that of its family at the name's layer."""
        return self.get(name.key) or self.of_family(name)

    def of_family(self, name: Symbol) -> Entry | None:
        """The entry of a name's family at the name's layer; None if no size in it depends on the layer."""
        if name.layer is None or not self._general:
            return None
        layer, key = self._general.get(_family(name), (None, ""))
        if layer is None:
            return None
        entry = self[key]
        letter = layer.symbols[0]
        here = name.layer - (layer - symbol(letter))
        below: list[Dim] = []

        def at(text: str) -> Dim | None:
            found = shifted(text, letter, here)
            below.extend([found] if found is not None and found.value is not None and found.value < 0 else ())
            return found

        shape = tuple([at_layers(dim, at) if isinstance(dim, Dim) else dim for dim in entry.shape])
        return None if below or shape == entry.shape else entry._replace(shape=shape)


def _family(name: Symbol) -> Family:
    return with_letters(name.base), name.example, name.component, name.entry


def shifted(text: str, letter: str, here: Dim) -> Dim | None:
    """The layer that a text such as `l-1` denotes if its letter is `here`; None if it has no such letter."""
    found = layer_of(text)
    if letter not in found.symbols:
        return None
    return found - symbol(letter) + here
