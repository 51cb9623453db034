"""Lay vectors either way: a `b` of ℝⁿ, or a list `[1, 2]`, is a column in one formula and a row in another.

Where a vector stands transposed in a formula that fits only with it as a column, it is a column in all others too:
after `wᵀ x` nobody means `w x`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from ..infer import Checked
from ..sections import Section
from ..symbols import Symbol
from ..syntax.nodes import Apply, Equation, Name, Node, Number, replace, walk
from ..table import may_turn, turn
from ..table import vectors as vectors_of
from ..text import Source

_CODE = frozenset(("python", "matlab"))
MOST_TURNS = 8
"""How many ways to lay a statement's vectors are tried."""


def either_way(section: Section, equation: Equation, source: Source | None) -> Checked:
    """What is known of a statement; where it fails with vectors as columns, with some of them as rows it may fit.

    So may the lists of numbers in it, the other way around, in a `source` that is not addressed to shapecheck.
    """
    checked = section.statements.check(equation)
    lists = _lists(section, equation, source) if source else []
    table = section.table
    names = symbols_of(section, equation)
    keys = (key for name in names for key in (name.key, table.variable(name).key if name.of else ""))
    vectors = vectors_of(table, (key for key in dict.fromkeys(keys) if key not in table.columns))
    if not checked.failures:
        if checked.target and any(equation.members[-1] is node for node in lists):
            may_turn(table, checked.target)
        if vectors and not checked.unknown:
            table.columns.update(_columns(section, equation, vectors))
        return checked
    upright = _with_columns(equation, lists)
    for way, turned in islice(_turned(equation, upright if lists else None, vectors), MOST_TURNS):
        turn(table, turned)
        other = section.statements.check(way)
        if not other.failures:
            table.rows.update(turned)
            return other
        turn(table, turned)
    return checked


def _turned(
    equation: Equation, upright: Equation | None, vectors: tuple[str, ...]
) -> Iterator[tuple[Equation, tuple[str, ...]]]:
    """The ways in which a statement may be meant: with its lists as columns, and with some vectors turned."""
    if upright is not None:
        yield upright, ()
    for turned in _some(vectors):
        yield equation, turned
        if upright is not None:
            yield upright, turned


def _lists(section: Section, equation: Equation, source: Source) -> list[Apply]:
    """The lists of numbers in a statement, `[1, 2]`: a matrix of LaTeX with a single row is meant as one."""
    if section.notation in _CODE:
        return []
    nodes = (node for member in equation.members for node in walk(member) if type(node) is Apply and node.op == "block")
    return [node for node in nodes if source.text[node.span.start] == "[" and _is_list(section, node)]


def _is_list(section: Section, node: Apply) -> bool:
    """Whether a block is a single row of numbers."""
    parts = [argument for argument in node.args if type(argument) is Number or _is_component(section, argument)]
    return len(node.params.get("rows", ())) == 1 and len(parts) == len(node.args) > 1


def _is_component(section: Section, node: Node) -> bool:
    symbol = section.survey.reading.by_key.get(node.key) if type(node) is Name else None
    entry = section.table.look_up(symbol) if symbol else None
    return entry is not None and entry.shape == ()


def _with_columns(equation: Equation, lists: list[Apply]) -> Equation:
    """A statement with its lists as columns."""
    members = equation.members
    for node in lists:
        column = Apply(node.op, node.args, {"rows": (1,) * len(node.args)}, node.span, node.sign, node.closed)
        members = tuple(replace(member, node, column) for member in members)
    return Equation(members, equation.sign, equation.span)


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
    turn(section.table, way)
    checked = section.statements.trial(equation, {})
    turn(section.table, way)
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
