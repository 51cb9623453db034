"""The shapes that authors state in passing, as they hold at one place: of names, and of names at any layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..shapes.dims import ONE, Dim, symbol
from ..symbols import Symbol, at_layers, layer_of
from ._entries import EITHER_WAY, Entry


class NotedShapes:
    """What is noted, by the keys of its names.

    What is noted of `W[l]` holds at every layer of which nothing else is noted.
    """

    def __init__(self, noted: Mapping[Symbol, Entry], found: Mapping[str, Entry]) -> None:
        self.by_key: dict[str, Entry] = {**found, **{name.key: entry for name, entry in noted.items()}}
        self._layered = {
            (name.base, name.example, name.component): (name.layer, entry)
            for name, entry in noted.items()
            if name.layer is not None and len(name.layer.symbols) == 1
        }

    def of(self, name: Symbol) -> Entry | None:
        """What is noted of a name."""
        entry = self.by_key.get(name.key)
        return self._at_its_layer(name) if entry is None and self._layered and name.layer is not None else entry

    def _at_its_layer(self, name: Symbol) -> Entry | None:
        """What is noted of a name of layer l, for the layer of this one."""
        layer, entry = self._layered.get((name.base, name.example, name.component), (None, None))
        if layer is None or entry is None or name.layer is None:
            return None
        letter = layer.symbols[0]
        here = name.layer - (layer - symbol(letter))
        below: list[Dim] = []

        def at(text: str) -> Dim | None:
            found = shifted(text, letter, here)
            below.extend([found] if found is not None and found.value is not None and found.value < 0 else ())
            return found

        shape = tuple([at_layers(dim, at) if isinstance(dim, Dim) else dim for dim in entry.shape])
        return None if below else entry._replace(shape=shape)

    def vectors(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of some names that are vectors, which may lie either way."""
        return tuple(key for key in keys if key in self.by_key and self.by_key[key].origin.of == EITHER_WAY)

    def is_column(self, key: str) -> bool:
        """Whether a vector that may lie either way is taken for a column."""
        return self.by_key[key].shape[1] is ONE

    def forget_vectors(self) -> None:
        """Know no more of vectors that may lie either way."""
        self.by_key = {key: entry for key, entry in self.by_key.items() if entry.origin.of != EITHER_WAY}

    def turn(self, keys: Iterable[str]) -> None:
        """Take vectors that were columns for rows, or the reverse."""
        for key in keys:
            self.by_key[key] = self.by_key[key]._replace(shape=self.by_key[key].shape[::-1])


def shifted(text: str, letter: str, here: Dim) -> Dim | None:
    """The layer that a text such as `l-1` says where its letter stands for `here`; None where it has none such."""
    found = layer_of(text)
    if letter not in found.symbols:
        return None
    return found - symbol(letter) + here
