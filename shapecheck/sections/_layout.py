"""Which layout is meant where nobody asks for one: one that what is declared allows, and what is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from ..conventions import BUILT_IN, INPUTS, NONE, Convention
from ..notations import Notation
from ..syntax.nodes import Equation, Name, without
from ..table import Naming
from ._section import Section

Written: TypeAlias = tuple[Notation, Equation]
"""A statement as parsed, and its notation."""

SEVERAL = 2
"""How many formulas tell a layout: a single one that does not fit is a mistake."""
MOST = 500
"""How many of a section's formulas are asked: they tell its layout, and a file of thousands has to stay fast."""
SPEAKS_AGAINST = 2
"""How many times the formulas that only the usual convention makes right must fail under it for it not to be meant."""


def laid_out(
    usual: Section, opened: Callable[[Convention], Section], undecided: Callable[[Convention | None], Section]
) -> Section:
    """The usual section, or the one that is opened under the convention under which the fewest formulas fail.

    What is declared must be possible under a convention: so none gives a name a shape that contradicts it. Names of
    sizes that are the conventions' own, as in `X: n0 x m`, are meant as those. Where nothing is declared, several
    formulas leave it undecided which convention is meant if they speak against the usual one, or it knows none of
    their names.
    """
    if not usual.table.stated:
        return _by_formulas(usual, opened, undecided)
    naming = usual.table.naming
    if not naming.contradicted and not naming.has_own_sizes:
        return usual
    formulas = _formulas(usual)
    if not naming.contradicted and not any(usual.tried(each).failures for each in formulas):
        return usual
    found = [] if naming.contradicted else [(_lost(usual, formulas), usual)]
    for other in map(opened, _others(usual.convention)):
        if _is_possible(other.table.naming, strained=naming.contradicted):
            found.append((_lost(other, formulas), other))
    return min(found, key=lambda pair: pair[0])[1] if found else opened(NONE)


def _by_formulas(
    usual: Section, opened: Callable[[Convention], Section], undecided: Callable[[Convention | None], Section]
) -> Section:
    """The usual section, or one in which the formulas decide themselves what is meant.

    What defines an array tells more than a gradient, which is the likelier mistake of the two.
    """
    formulas = _formulas(usual)
    if len(formulas) < SEVERAL:
        return usual
    if not usual.table.layout.speaks:
        return undecided(None)
    failing = [each for each in formulas if usual.tried(each).failures]
    defining = [each for each in failing if defines(usual, each[1])]
    if not defining and len(failing) < SEVERAL:
        return usual
    others = [opened(other) for other in _others(usual.convention)]
    if not defining and not _suits(others, failing):
        return usual
    telling = [each for each in formulas if each not in failing and not _suits_all(others, each)]
    for_it = [each for each in telling if defines(usual, each[1])]
    against, borne_out = (len(defining), len(for_it)) if defining or for_it else (len(failing), len(telling))
    return undecided(usual.convention) if against >= SPEAKS_AGAINST * borne_out else usual


def _suits(others: list[Section], formulas: list[Written]) -> bool:
    """Whether all of some formulas fit under one of the other conventions."""
    return any(all(other.tried(each).is_sure for each in formulas) for other in others)


def _suits_all(others: list[Section], formula: Written) -> bool:
    """Whether a formula fails under none of the other conventions."""
    return not any(other.tried(formula).failures for other in others)


def defines(section: Section, equation: Equation) -> bool:
    """Whether an equation says what an array is, and is not the gradient of one."""
    members = equation.members
    target = without(members[0], "superscript")
    if len(members) < 2 or type(target) is not Name:
        return False
    return not section.table.is_gradient(section.survey.reading.symbol(target.base, target.indices))


def _others(usual: Convention) -> Iterator[Convention]:
    """The other layouts; none but who writes Θ counts from the layer below."""
    yield from (other for other in BUILT_IN.values() if other is not usual and other.first <= usual.first)


def _is_possible(naming: Naming, strained: bool) -> bool:
    """Whether a convention may be what is declared; a column `x: m x 1` is not a table of examples of one number."""
    return not naming.contradicted and INPUTS.text not in naming.ones and (strained or not naming.strained)


def _formulas(section: Section) -> list[Written]:
    """The formulas of a section by which nothing special is expected."""
    return section.equations([passage for passage in section.part.passages if not passage.pragma][:MOST])


def _lost(section: Section, formulas: list[Written]) -> int:
    """How many formulas fail in a section, or are not understood, each looked at alone."""
    found = (section.tried(each) for each in formulas)
    return sum(bool(checked.failures) or checked.unknown for checked in found)
