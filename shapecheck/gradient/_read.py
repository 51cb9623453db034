"""Read the graphs of a source: its statements, checked in order, sorted into graphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..choose import voted
from ..notations import notations
from ..opening import open_sections
from ..sections import Include, Section
from ..settings import Settings
from ..syntax.nodes import NOWHERE, Equation, Scope, unplaced
from ..text import Piece, Source, Window
from ._definitions import Definitions
from ._graph import Graph
from ._programs import build
from ._record import Record

MOST = 500


def graphs(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Graph]:
    """The graphs of a source: one for each section, in a program one for each pass forward."""
    found, _ = open_sections(source, settings or Settings(), include)
    return [graph for section in found for graph in section_graphs(laid_out(section))]


def section_graphs(section: Section, beside: Sequence[str] = ()) -> list[Graph]:
    """The graphs of a section that is opened; `beside` holds equations in plain text that its author leaves out."""
    return build([*_records(section), *_unwritten(section, beside)], section)


def _unwritten(section: Section, lines: Sequence[str]) -> Iterator[Record]:
    """Equations that stand nowhere in the source."""
    there = section.speaking("plain")
    for line in lines:
        for statement in notations["plain"].parse(Window((Piece(line, 0),)), section.survey.declared).statements:
            if type(statement) is Equation:
                bare = Equation(tuple(map(unplaced, statement.members)), statement.sign, NOWHERE)
                yield Record(there.statements.check(there.resolver.resolve(bare)), there)


def laid_out(section: Section) -> Section:
    """The section in the convention that its formulas vote for; one that few vote for holds only where all fit."""
    if not section.is_open:
        return section
    vote = voted(section, section.equations(section.part.passages[:MOST]))
    there = section.alternative(vote.convention) if vote.convention else section
    fits = vote.is_clear or not any(record.checked.failures for record in _records(there))
    return there if fits else section


def _records(section: Section) -> Iterator[Record]:
    """The statements in order, where a name is defined behind its use after a first look at them all."""
    first = list(_pass(section))
    again = any(record.checked.unknown and record.section.notation not in ("python", "matlab") for record in first)
    return _pass(section) if again else iter(first)


def _pass(section: Section) -> Iterator[Record]:
    definitions = Definitions()
    for passage in section.part.passages:
        there = section.at(passage)
        there.enter(passage)
        function = ""
        for statement in notations[there.notation].parse(passage.window, there.survey.declared).statements:
            if type(statement) is Equation:
                there.resolver.troubles.clear()
                definitions.learn(statement)
                written = definitions.put(statement)
                yield Record(there.statements.check(there.resolver.resolve(written)), there, function, passage)
            elif type(statement) is Scope:
                function = statement.name
                there.table.begin_function()
                there.begin(statement.span.start)
        there.table.end_functions()
