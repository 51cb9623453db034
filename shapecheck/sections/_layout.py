"""Which layout is meant where nobody asks for one, and shapes are declared: one that what is declared allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..conventions import BUILT_IN, INPUTS, NONE, Convention
from ..notations import Notation
from ..syntax.nodes import Equation
from ..table import Naming
from ._section import Section

MOST = 500
"""How many of a section's formulas are asked: they tell its layout, and a file of thousands has to stay fast."""


def laid_out(usual: Section, opened: Callable[[Convention], Section]) -> Section:
    """The usual section, or the one that is opened under the convention under which the fewest formulas fail.

    What is declared must be possible under a convention: so none gives a name a shape that contradicts it. Names of
    sizes that are the conventions' own, as in `X: n0 x m`, are meant as those.
    """
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


def _others(usual: Convention) -> Iterator[Convention]:
    """The other layouts; none but who writes Θ counts from the layer below."""
    yield from (other for other in BUILT_IN.values() if other is not usual and other.first <= usual.first)


def _is_possible(naming: Naming, strained: bool) -> bool:
    """Whether a convention may be what is declared; a column `x: m x 1` is not a table of examples of one number."""
    return not naming.contradicted and INPUTS.text not in naming.ones and (strained or not naming.strained)


def _formulas(section: Section) -> list[tuple[Notation, Equation]]:
    """The formulas of a section by which nothing special is expected."""
    return section.equations([passage for passage in section.part.passages if not passage.pragma][:MOST])


def _lost(section: Section, formulas: list[tuple[Notation, Equation]]) -> int:
    """How many formulas fail in a section, or are not understood, each looked at alone."""
    found = (section.tried(each) for each in formulas)
    return sum(bool(checked.failures) or checked.unknown for checked in found)
