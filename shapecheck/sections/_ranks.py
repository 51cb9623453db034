"""What a lone declared size is, `b: n`: a column in mathematics, an array of rank 1 beside numpy's calls or `@`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..infer import Checked
from ..notations import Notation
from ..notations._style import has_factors_side_by_side, is_written_for_arrays
from ..syntax.nodes import Equation, Scope
from ..values import replace
from ._parts import Part
from ._section import Section

MOST = 500
"""How many formulas of a file are asked what they take its vectors for: a file of thousands has to stay fast."""
Opened = Callable[[list[Part]], list[Section]]


def ranked(parts: list[Part], opened: Opened) -> list[Section]:
    """The sections of some parts, in which a lone size is throughout what fewer formulas contradict.

    Where they contradict both as often, it is an array of rank 1 if no factors stand side by side, as in mathematics.
    """
    columns = opened(parts)
    if not any(placed.declaration.lone for placed in parts[0].stated.declarations):
        return columns
    formulas = [each for section in columns for each in section.equations(section.part.passages[:MOST])]
    if not any(map(_is_of_arrays, formulas)):
        return columns
    usual, other = parts, _of_rank_one(parts)
    if not has_factors_side_by_side(node for _, formula in formulas for node in formula.members):
        usual, other = other, usual
    lost = _lost(opened(usual))
    return opened(other if lost and _lost(opened(other)) < lost else usual)


def _is_of_arrays(written: tuple[Notation, Equation]) -> bool:
    notation, formula = written
    return notation.has_ranks or (notation.is_numpy and is_written_for_arrays(formula.members))


def _of_rank_one(parts: list[Part]) -> list[Part]:
    """The same parts, in which a lone size is the shape of an array of rank 1."""
    found = []
    for placed in parts[0].stated.declarations:
        told = placed.declaration
        found.append(placed._replace(declaration=replace(told, shape=told.shape[:1])) if told.lone else placed)
    stated = replace(parts[0].stated, declarations=found)
    return [replace(part, stated=stated) for part in parts]


def _lost(group: list[Section]) -> int:
    """How many formulas fail, or are not understood."""
    return sum(bool(checked.failures) or checked.unknown for section in group for checked in _checked(section))


def _checked(section: Section) -> Iterator[Checked]:
    """What is known of a section's formulas, each with what those before it assign."""
    for passage in section.part.passages[:MOST]:
        there = section.at(passage)
        there.enter(passage)
        for statement in there.program(passage).statements:
            if type(statement) is Scope:
                there.begin_function(statement)
            elif type(statement) is Equation:
                yield there.statements.check(there.resolver.resolve(statement))
        there.table.end_functions()
