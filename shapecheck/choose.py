"""Which convention would make a formula right: tried on the statement, told as data."""

from __future__ import annotations

from collections.abc import Iterable

from .conventions import BUILT_IN, Convention
from .sections import Section
from .syntax.nodes import Equation


def fitting_conventions(section: Section, statement: Equation) -> tuple[Convention, ...]:
    """The conventions nobody asked for in which a statement, as parsed, is right as it is written."""
    if section.asked or not section.table.layout.speaks:
        return ()
    others = (other for name, other in BUILT_IN.items() if name != section.convention.name)
    return tuple(other for other in others if fits(section.alternative(other), statement))


def fits(section: Section, statement: Equation) -> bool:
    """Whether a statement is right in a section, without a doubt."""
    checked = section.statements.trial(section.resolver.resolve(statement), {})
    return not checked.facts and not checked.unknown


def fits_by_one(section: Section, statement: Equation) -> tuple[str, ...]:
    """The dimensions, stated to be 1, without whose being 1 a statement that fits would not."""
    if not section.table.ones:
        return ()
    there = section.generalised()
    checked = there.statements.trial(there.resolver.resolve(statement), {})
    return tuple(sorted(section.table.ones)) if checked.failures else ()


def better_convention(section: Section, wrong: Iterable[Equation], right: Iterable[Equation]) -> Convention | None:
    """The convention under which fewer of a section's statements are wrong, None where the present one is best."""
    wrong, right = list(wrong), list(right)
    best: tuple[int, Convention | None] = (len(wrong), None)
    for name, other in BUILT_IN.items():
        if name != section.convention.name and not section.asked and wrong:
            there = section.alternative(other)
            left = sum(not fits(there, statement) for statement in wrong)
            if left < best[0]:
                left += sum(not fits(there, statement) for statement in right)
                best = min(best, (left, other), key=lambda found: found[0])
    return best[1]


def writes_gradients_transposed(section: Section, wrong: Iterable[Equation], right: Iterable[Equation]) -> bool:
    """Whether all of a section's gradients are of their variable's shape transposed (numerator layout)."""
    wrong = list(wrong)
    if len(wrong) < 2 or section.table.numerator_layout:
        return False
    there = section.transposed()
    return all(fits(there, statement) for statement in (*wrong, *right))
