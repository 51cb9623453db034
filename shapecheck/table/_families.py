"""What is said of a name at layer l holds at every layer of which nothing else is said: `h[l]: n[l] x 1`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ..shapes.dims import Dim, symbol
from ..symbols import Symbol, at_layers, layer_of, with_letters
from ._entries import Entry

Family: TypeAlias = tuple[str, bool, bool, bool]


class Families(dict[str, Entry]):
    """Entries by the keys of their names; one whose layer has a letter is that of all its family."""

    def __init__(self, entries: Mapping[Symbol, Entry] | None = None) -> None:
        super().__init__()
        self._general: dict[Family, tuple[Dim, str]] = {}
        for name, entry in (entries or {}).items():
            self.add(name, entry)

    def add(self, name: Symbol, entry: Entry) -> Entry:
        """Record an entry, if there is none yet; the one that holds."""
        if name.layer is not None and len(name.layer.symbols) == 1:
            self._general[_family(name)] = name.layer, name.key
        return self.setdefault(name.key, entry)

    def of(self, name: Symbol) -> Entry | None:
        """What is said of a name, or of its family for the layer of this one."""
        return self.get(name.key) or self.of_family(name)

    def of_family(self, name: Symbol) -> Entry | None:
        """What is said of a name's family, for the layer of this one: nothing, where no size in it has a layer."""
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
    """The layer that a text such as `l-1` says where its letter stands for `here`; None where it has none such."""
    found = layer_of(text)
    if letter not in found.symbols:
        return None
    return found - symbol(letter) + here
