"""Lay vectors either way: a `b` of ℝⁿ is a column in one formula and a row in another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from ..infer import Checked
from ..sections import Section
from ..symbols import Symbol
from ..syntax.nodes import Equation, Name, walk

MOST_TURNS = 8
"""How many ways to lay a statement's vectors are tried."""


def either_way(section: Section, equation: Equation) -> Checked:
    """What is known of a statement; where it fails with vectors as columns, with some of them as rows it may fit."""
    checked = section.statements.check(equation)
    if not checked.failures:
        return checked
    table = section.table
    names = symbols_of(section, equation)
    keys = (key for name in names for key in (name.key, table.variable(name).key if name.of else ""))
    vectors = table.noted.vectors(dict.fromkeys(keys))
    for turned in islice(_some(vectors), MOST_TURNS):
        table.turn(turned)
        other = section.statements.check(equation)
        if not other.failures:
            return other
        table.turn(turned)
    return checked


def _some(vectors: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of some vectors, then fewer of them, one first."""
    if vectors:
        yield vectors
    for count in range(1, len(vectors)):
        yield from combinations(vectors, count)


def symbols_of(section: Section, equation: Equation) -> list[Symbol]:
    """The symbols of a statement's names."""
    names = (node for member in equation.members for node in walk(member) if type(node) is Name)
    found = (section.survey.reading.by_key.get(node.key) for node in names)
    return [symbol for symbol in found if symbol is not None]
