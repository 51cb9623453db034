"""Number the headings of a document: what stands below which."""

from __future__ import annotations

from ._document import Scope


class Headings:
    """The headings above the place that is being read."""

    def __init__(self) -> None:
        self._levels: list[int] = []
        self._numbers: list[int] = [0]

    def meet(self, level: int) -> None:
        """Go on below a heading of that level."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            self._numbers.pop()
        self._levels.append(level)
        self._numbers[-1] += 1
        self._numbers.append(0)

    @property
    def scope(self) -> Scope:
        """The number of each heading above, the highest first."""
        return tuple(self._numbers[:-1])
