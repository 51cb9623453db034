"""How many formulas of a section are left out, one after the other, to see which of them contradicts the rest."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Line

MOST = 6
"""The most lines that are left out: of a text with more mistakes nothing is certain."""
WORK = 1200
"""The most formulas that are applied again for that, since each costs as much as the first time."""


def trials(lines: Sequence[Line]) -> int:
    """How many formulas of a section may be left out."""
    return min(MOST, WORK // (1 + len(lines)))
