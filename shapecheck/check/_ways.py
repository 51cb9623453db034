"""Lay vectors either way: a `b` of ℝⁿ is a column in one formula and a row in another.

Where a vector stands transposed in a formula that fits only with it as a column, it is a column in all others too:
after `wᵀ x` nobody means `w x`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from ..infer import Checked
from ..sections import Section
from ..symbols import Symbol
from ..syntax.nodes import Apply, Equation, Name, walk

MOST_TURNS = 8
"""How many ways to lay a statement's vectors are tried."""


def either_way(section: Section, equation: Equation) -> Checked:
    """What is known of a statement; where it fails with vectors as columns, with some of them as rows it may fit."""
    checked = section.statements.check(equation)
    table = section.table
    names = symbols_of(section, equation)
    keys = (key for name in names for key in (name.key, table.variable(name).key if name.of else ""))
    vectors = table.noted.vectors(key for key in dict.fromkeys(keys) if key not in table.columns)
    if not checked.failures:
        if vectors and not checked.unknown:
            table.columns.update(_columns(section, equation, vectors))
        return checked
    for turned in islice(_some(vectors), MOST_TURNS):
        table.turn(turned)
        other = section.statements.check(equation)
        if not other.failures:
            table.rows.update(turned)
            return other
        table.turn(turned)
    return checked


def _columns(section: Section, equation: Equation, vectors: tuple[str, ...]) -> Iterator[str]:
    """The vectors that stand transposed in a statement that fits with them as columns, and as rows in no way."""
    nodes = [node for member in equation.members for node in walk(member) if type(node) is Apply]
    turned = {node.args[0].key for node in nodes if node.op == "transpose" and type(node.args[0]) is Name}
    for key in vectors:
        if key in turned and section.table.noted.is_column(key):
            ways = islice((way for way in _some(vectors) if key in way), MOST_TURNS)
            if not any(_fits(section, equation, way) for way in ways):
                yield key


def _fits(section: Section, equation: Equation, way: tuple[str, ...]) -> bool:
    """Whether a statement fits with some of its vectors turned; nothing is turned afterwards."""
    section.table.turn(way)
    checked = section.statements.trial(equation, {})
    section.table.turn(way)
    return not checked.failures


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
