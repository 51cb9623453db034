"""How many formulas of a section are left out, one after the other, to see which of them contradicts the rest."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Line

MOST = 6
"""How many are left out at most."""
WORK = 1200
"""How many formulas are taken up again for that: it costs as much as reading them as often."""


def trials(lines: Sequence[Line]) -> int:
    """How many formulas of a section may be left out."""
    return min(MOST, WORK // (1 + len(lines)))
