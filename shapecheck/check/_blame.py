"""Find the wrong formulas of a document: the fewest that contradict the rest, each explained by a small mistake.

A document is not addressed to shapecheck, so anything that is not plainly a mistake counts as not understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..course import Line, course, lines_of
from ..infer import Checked
from ..sections import Section
from ..settings import Settings
from ..solution import Solution
from ..syntax.nodes import Equation
from ..text import Span
from ._confidence import is_confident
from ._laid_otherwise import as_rows, in_another_layout, in_runs
from ._outcomes import Outcome, check_section
from ._texts import Texts

ROUNDS = 2
"""How many formulas of a section may mislead all others: each costs solving the section again."""
MOST = 6
"""The most lines that are left out: of a text with more mistakes nothing is certain."""
WORK = 1200
"""The most formulas that are applied again for that, since each costs as much as the first time."""


def solved(section: Section, texts: Texts, settings: Settings) -> list[Outcome]:
    """The outcomes of a document's section, with the shapes that its formulas together say."""
    lines = lines_of(section)
    solution, tied = _cheapest(section, lines)
    solution = without_squaring(section, lines, solution)
    blamed = (solution.blamable - tied - in_another_layout(solution)) & _claims(solution)
    spared = in_runs(solution) | as_rows(solution)
    solution.quantities.blame(_places(lines, blamed), _places(lines, spared))
    return check_section(section, texts, settings)


def _places(lines: list[Line], numbers: set[int]) -> frozenset[tuple[int | None, Span]]:
    return frozenset((line.passage.cell, line.statement.span) for line in lines if line.number in numbers)


def _cheapest(section: Section, lines: list[Line]) -> tuple[Solution, set[int]]:
    """The solution that gives up the fewest formulas, and those of them that another one explains as well."""
    without: frozenset[int] = frozenset()
    best = Solution(section, lines)
    renewed = best.quantities.renewed
    tied: set[int] = set()
    for _ in range(ROUNDS):
        others = {one: Solution(section, lines, without | {one}, renewed) for one in _suspects(best, lines)}
        tied = {number for number in best.failing if any(number not in other.failing for other in others.values())}
        cheapest = min(others, key=lambda one: others[one].cost, default=-1)
        if cheapest < 0 or others[cheapest].cost + 1 >= best.cost:
            break
        without |= {cheapest}
        best = others[cheapest]
    section.table.quantities = best.quantities
    return best, tied


def _claims(solution: Solution) -> set[int]:
    """The formulas that may be wrong: those for gradients, and all code."""
    return {*solution.behind, *(line.number for line in solution.lines if line.section.notation.is_code)}


def _suspects(solution: Solution, lines: list[Line]) -> list[int]:
    """The formulas for gradients that share arrays with those that do not fit, those with most of them first."""
    counts: dict[int, int] = {}
    for line in lines:
        if line.number in solution.failing and line.is_written:
            for other in solution.sharing(line):
                counts[other] = counts.get(other, 0) + 1
    taken = solution.behind - solution.blamable
    found = [number for number in counts if number in taken and lines[number].is_written]
    return sorted(found, key=lambda number: -counts[number])[: trials(lines)]


def without_squaring(section: Section, lines: list[Line], best: Solution) -> Solution:
    """The solution without the one gradient that makes an array square, where a slip of the pen explains it.

    Of two formulas that may each be the slip it is the one that fewer rewrites mend; else nothing is known of either.
    """
    for number in [number for number in sorted(best.squaring) if lines[number].is_written][: trials(lines)]:
        found = [each for one in _of_slip(best, lines, number) if (each := _explained(section, lines, best, one))]
        fewest = min((ways for _, ways in found), default=0)
        likely = [other for other, ways in found if ways == fewest]
        if len(likely) == 1:
            best = likely[0]
    section.table.quantities = best.quantities
    return best


def _of_slip(best: Solution, lines: list[Line], number: int) -> list[int]:
    """The gradients that may be what is wrong where one makes an array square: it, and those that share its arrays."""
    sharing = (best.sharing(lines[number]) & best.behind) - best.blamable - {number}
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
