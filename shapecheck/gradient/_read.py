"""Read the graphs of a source: its statements, checked in order, sorted into graphs."""

from __future__ import annotations

from collections.abc import Iterator

from ..choose import voted
from ..notations import notations
from ..opening import open_sections
from ..sections import Include, Section
from ..settings import Settings
from ..syntax.nodes import Equation, Scope
from ..text import Source
from ._graph import Graph
from ._programs import build
from ._record import Record

MOST = 500


def graphs(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Graph]:
    """The graphs of a source: one for each section, in a program one for each pass forward."""
    found, _ = open_sections(source, settings or Settings(), include)
    return [graph for section in found for graph in section_graphs(_laid_out(section))]


def section_graphs(section: Section) -> list[Graph]:
    """The graphs of a section that is opened."""
    return build(list(_records(section)), section)


def _laid_out(section: Section) -> Section:
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
    for passage in section.part.passages:
        there = section.at(passage)
        there.enter(passage)
        function = ""
        for statement in notations[there.notation].parse(passage.window).statements:
            if type(statement) is Equation:
                there.resolver.troubles.clear()
                yield Record(there.statements.check(there.resolver.resolve(statement)), there, function)
            elif type(statement) is Scope:
                function = statement.name
                there.table.begin_function()
                there.begin(statement.span.start)
        there.table.end_functions()
