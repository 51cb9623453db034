"""Gradients that make an array square although nothing else does: `dX = dY W`, where `dX = dY W.T` asks for no luck."""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Line, backward, course
from ..infer import Checked
from ..sections import Section
from ..solution import Solution
from ..syntax.nodes import Equation
from ._confidence import is_confident

MOST = 6
"""The most lines that are left out: of a text with more mistakes nothing is certain."""
WORK = 1200
"""The most formulas that are applied again for that, since each costs as much as the first time."""


def without_squaring(section: Section, lines: list[Line], best: Solution) -> Solution:
    """The solution without the one gradient that makes an array square, where a slip of the pen explains it.

    Of two formulas that may each be the slip it is the one that fewer rewrites mend; else nothing is known of either.
    """
    for number in [number for number in sorted(best.squaring) if lines[number].is_written][: trials(lines)]:
        found = [each for one in _suspects(best, lines, number) if (each := _explained(section, lines, best, one))]
        fewest = min((ways for _, ways in found), default=0)
        likely = [other for other, ways in found if ways == fewest]
        if len(likely) == 1:
            best = likely[0]
    section.table.quantities = best.quantities
    return best


def _suspects(best: Solution, lines: list[Line], number: int) -> list[int]:
    """The gradients that may be what is wrong where one makes an array square: it, and those that share its arrays."""
    sharing = (best.sharing(lines[number]) & backward(lines)) - best.blamable - {number}
    near = sorted(sharing, key=lambda other: abs(other - number))
    return [number, *(other for other in near if lines[other].is_written)][: trials(lines)]


def _explained(section: Section, lines: list[Line], best: Solution, one: int) -> tuple[Solution, int] | None:
    """The solution without a line, where as many others fit and fewer arrays are square; how many slips explain it."""
    from ..suggest._search import search

    other = Solution(section, lines, {*best.without, one}, best.quantities.renewed)
    if not (other.cost <= best.cost and other.squaring < best.squaring):
        return None
    checked, there = _checked(lines, one)
    is_plain = bool(checked.failures) and is_confident(there, checked)
    ways = len(search(checked, there)) if is_plain else 0
    section.table.start_again(other.before)
    return (other, ways) if ways else None


def _checked(lines: list[Line], one: int) -> tuple[Checked, Section]:
    """A line as it stands by what the others say."""
    for line in course(lines):
        if isinstance(line.statement, Equation):
            checked = line.section.statements.check(line.statement)
            if line.number == one:
                return checked, line.section
    raise AssertionError("a line that is none of a section's")


def trials(lines: Sequence[Line]) -> int:
    """How many formulas of a section may be left out."""
    return min(MOST, WORK // (1 + len(lines)))
