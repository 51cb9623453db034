"""Below which headings names were assigned, until these end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

Place: TypeAlias = tuple[int, ...]
"""The headings above what was assigned."""

LEFT = 500
"""Of how many names, those found last, it is still known what they were below headings that have ended."""


class Places:
    """The names assigned below each of the headings that have not ended."""

    def __init__(self) -> None:
        self._of: dict[str, Place] = {}
        self._keys: dict[Place, dict[str, None]] = {}

    def put(self, key: str, place: Place) -> None:
        """A name is assigned at a place, and no more at another."""
        before = self._of.get(key, ())
        if before != place:
            self._keys.get(before, {}).pop(key, None)
            self._of[key] = place
            self._keys.setdefault(place, {})[key] = None

    def end(self, scope: Place) -> Iterator[tuple[str, Place]]:
        """The names of all places that have ended where a text goes on below some headings; they are forgotten."""
        for place in [place for place in self._keys if scope[: len(place)] != place]:
            for key in self._keys.pop(place):
                yield key, self._of.pop(key)
