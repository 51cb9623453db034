"""The shapes stated in passing that hold at one place: of single names, and of names at any layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..shapes.dims import ONE
from ..symbols import Symbol
from ._entries import EITHER_WAY, Entry
from ._families import Families


class NotedShapes:
    """What is noted, by the keys of its names.

    What is noted of `W[l]` holds at every layer of which nothing else is noted. `by_key` changes by what is done here.
    """

    def __init__(self, noted: Mapping[Symbol, Entry], found: Mapping[str, Entry]) -> None:
        self.by_key: dict[str, Entry] = {**found, **{name.key: entry for name, entry in noted.items()}}
        self._families = Families(noted)
        self._noted: Mapping[Symbol, Entry] | None = None if found else noted
        self._turned: set[str] = set()

    def of(self, name: Symbol) -> Entry | None:
        """The shape noted for a name."""
        entry = self.by_key.get(name.key)
        return self._families.of_family(name) if entry is None else entry

    def is_again(self, noted: Mapping[Symbol, Entry]) -> bool:
        """Whether this is what is noted already; vectors that were turned are turned back."""
        if noted is self._noted:
            self.turn(tuple(self._turned))
        return noted is self._noted

    def forget(self, key: str) -> None:
        """Remove what is noted about a name."""
        self.by_key.pop(key, None)
        self._noted = None

    def go_back(self, by_key: dict[str, Entry]) -> None:
        """Restore a snapshot."""
        self.by_key, self._noted = dict(by_key), None

    def vectors(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of some names whose vectors may be columns or rows."""
        return tuple(key for key in keys if key in self.by_key and self.by_key[key].origin.of == EITHER_WAY)

    def is_column(self, key: str) -> bool:
        """Whether such a vector is currently a column."""
        return self.by_key[key].shape[1] is ONE

    def turn(self, keys: Iterable[str]) -> None:
        """Turn columns into rows, or the reverse."""
        for key in keys:
            self._turned ^= {key}
            self.by_key[key] = self.by_key[key]._replace(shape=self.by_key[key].shape[::-1])
