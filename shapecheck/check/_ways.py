"""Lay vectors either way: a `b` of ℝⁿ, or a list `[1, 2]`, is a column in one formula and a row in another.

Where the formulas of a file do not agree how a vector lies, those that define something know better than gradients, and
those in which it stands transposed best of all: after `G = y xᵀ` nobody means `x W`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import ONE
from ..symbols import Symbol
from ..syntax.nodes import Apply, Equation, Name, Node, Number, names_in, replace, walk
from ..table import MOST_TURNS, Entry, Table, lay, may_turn, turn, turns
from ..table import vectors as vectors_of
from ..text import Source

MOST_HEARD = 3
"""For how many vectors a statement may decide the orientation: all 2³ combinations are tried."""


def either_way(section: Section, equation: Equation, source: Source | None) -> Checked:
    """What is known of a statement; where it fails with vectors as columns, with some of them as rows it may fit.

    So may the lists of numbers in it, the other way around, in a `source` that is not addressed to shapecheck.
    """
    table = section.table
    names = symbols_of(section, equation)
    keys = dict.fromkeys(key for name in names for key in (name.key, table.variable(name).key if name.of else ""))
    lay(table, keys)
    vectors = vectors_of(table, (key for key in keys if key not in table.lying.rows))
    lists = _lists(section, equation, source) if source else []
    assigned = dict(table.assigned) if vectors else {}
    checked = section.statements.check(equation)
    if checked.is_right:
        if checked.target and any(equation.members[-1] is node for node in lists):
            may_turn(table, checked.target)
        _speak(section, equation, vectors)
        return checked
    upright = _with_columns(equation, lists) if lists else None
    for way, turned in islice(_turned(equation, upright, vectors), MOST_TURNS):
        _forget(table, assigned, checked)
        turn(table, turned)
        other = section.statements.check(way)
        if other.is_right:
            _speak(section, equation, vectors)
            return other
        _forget(table, assigned, other)
        turn(table, turned)
    return section.statements.check(equation) if vectors and not checked.failures else checked


def _forget(table: Table, assigned: Mapping[str, Entry], checked: Checked) -> None:
    """Know no more what a statement assigned that is not right."""
    key = checked.target or ""
    if not checked.failures and key in table.assigned and key not in assigned:
        del table.assigned[key]
        table.found.clear()


def _speak(section: Section, equation: Equation, vectors: tuple[str, ...]) -> None:
    """Have a statement speak for the way in which its vectors lie, where it fits in no other."""
    if not 0 < len(vectors) <= MOST_HEARD:
        return
    right = [way for way in ((), *turns(vectors)) if _fits(section, equation, way)]
    nodes = [node for node in walk(*equation.members) if type(node) is Apply]
    turned = {node.args[0].key for node in nodes if node.op == "transpose" and type(node.args[0]) is Name}
    defines = not any(section.table.is_gradient(name) for name in symbols_of(section, equation))
    for key in vectors:
        ways = {_is_row(section.table, key) is not (key in way) for way in right}
        if len(ways) == 1:
            section.table.lying.speak(key, ways.pop(), 2 * defines + (key in turned))


def _is_row(table: Table, key: str) -> bool:
    entry = table.noted.by_key.get(key) or table.assigned[key]
    return entry.shape[1] is not ONE


def _turned(
    equation: Equation, upright: Equation | None, vectors: tuple[str, ...]
) -> Iterator[tuple[Equation, tuple[str, ...]]]:
    """The ways in which a statement may be meant: with its lists as columns, and with some vectors turned."""
    if upright is not None:
        yield upright, ()
    for turned in turns(vectors):
        yield equation, turned
        if upright is not None:
            yield upright, turned


def _lists(section: Section, equation: Equation, source: Source) -> list[Apply]:
    """The lists of numbers in a statement, `[1, 2]`: a matrix of LaTeX with a single row is meant as one."""
    if section.notation.is_code:
        return []
    nodes = (node for node in walk(*equation.members) if type(node) is Apply and node.op == "block")
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


def _fits(section: Section, equation: Equation, way: tuple[str, ...]) -> bool:
    """Whether a statement fits with some of its vectors turned; nothing is turned afterwards."""
    turn(section.table, way)
    checked = section.statements.trial(equation, {})
    turn(section.table, way)
    return checked.is_right and not checked.unknown


def symbols_of(section: Section, equation: Equation) -> list[Symbol]:
    """The symbols of a statement's names."""
    names = names_in(*equation.members)
    found = (section.survey.reading.by_key.get(node.key) for node in names)
    return [symbol for symbol in found if symbol is not None]
