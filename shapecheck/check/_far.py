"""Where what is said below other headings still holds: its names may mean something else below these."""

from __future__ import annotations

from collections.abc import Iterable

from ..documents import Scope
from ..infer import Checked
from ..sections import Section
from ._ways import symbols_of

USUAL = 3
"""How many formulas must fit shapes from other headings for each that does not, for these shapes to be meant."""


def is_far(section: Section, checked: Checked) -> bool:
    """Whether a statement needs what is said below other headings."""
    if not (section.table.left or section.notes):
        return False
    entries = (section.table.look_up(symbol) for symbol in symbols_of(section, checked.equation))
    return any(entry is not None and entry.origin.far for entry in entries)


def alone(counts: Iterable[tuple[Scope, tuple[int, int]]]) -> frozenset[Scope]:
    """The headings below which names mean something else than below others, told by what does and does not fit there.

    A formula that is wrong by what is said elsewhere is so only where it is an exception, in the document and below its
    headings.
    """
    sums: dict[Scope, tuple[int, int]] = {}
    for scope, (right, wrong) in counts:
        before = sums.get(scope, (0, 0))
        sums[scope] = before[0] + right, before[1] + wrong
    right, wrong = (sum(count[place] for count in sums.values()) for place in (0, 1))
    usual = right >= USUAL * wrong
    return frozenset(scope for scope, (fit, fail) in sums.items() if fail and not (usual and (fail == 1 or fit > fail)))
