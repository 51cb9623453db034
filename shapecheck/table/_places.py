"""The headings below which names were assigned, until their sections end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

Place: TypeAlias = tuple[int, ...]
"""The headings above an assignment."""

LEFT = 500
"""How many names of ended sections are remembered; the latest ones are."""


class Places:
    """The names assigned below each heading whose section has not ended."""

    def __init__(self) -> None:
        self._of: dict[str, Place] = {}
        self._keys: dict[Place, dict[str, None]] = {}

    def put(self, key: str, place: Place) -> None:
        """Record that a name was assigned at a place, and forget where it was before."""
        before = self._of.get(key, ())
        if before != place:
            self._keys.get(before, {}).pop(key, None)
            self._of[key] = place
            self._keys.setdefault(place, {})[key] = None

    def end(self, scope: Place) -> Iterator[tuple[str, Place]]:
        """The names of the sections that end if the text continues below some headings; they are forgotten."""
        for place in [place for place in self._keys if scope[: len(place)] != place]:
            for key in self._keys.pop(place):
                yield key, self._of.pop(key)
