"""The symbols that stand in a text, in order: the shape of each, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..check import open_sections
from ..diagnostic import Diagnostic
from ..rules import explain_troubles
from ..sections import Include, Section
from ..settings import Settings
from ..shapes.dims import Dim, Shape, prune, show
from ..syntax.nodes import Apply, Name
from ..text import Source
from ._context import DERIVATIVE_SIGNS
from ._origins import Known, dimension_known, known


class Row(NamedTuple):
    """A symbol as it is spelled first, and what is known of it."""

    symbol: str
    known: Known

    @property
    def shape(self) -> str:
        """The shape in a word: `n1×m`, `scalar`, `?` where it is unknown."""
        shape = self.known.shape
        return "?" if shape is None else show(shape) if shape else "scalar"


def table(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Row]:
    """The symbols of a source in order of first occurrence, then the dimensions that stand in their shapes alone."""
    found: dict[tuple[str, str], tuple[int, Row]] = {}
    opened = open_sections(source, settings or Settings(), include)[0]
    for section in opened:
        used = _used(section)
        for name in [*_declared(section), *used]:
            row = Row(_spelled(name, source), known(section, name, source))
            found.setdefault((_key(section, name), row.shape), (name.span.start, row))
    rows = [row for _, row in sorted(found.values(), key=lambda each: each[0])]
    return [*rows, *_dimensions(rows, opened[0] if opened else None)]


def disagreements(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Diagnostic]:
    """What is wrong with what a source and the options state."""
    return explain_troubles(open_sections(source, settings or Settings(), include)[1], source)


def _key(section: Section, name: Name) -> str:
    return name.key or section.survey.reading.symbol(name.base, name.indices).key


def _spelled(name: Name, source: Source) -> str:
    return source.slice(name.span) if name.text in DERIVATIVE_SIGNS else name.text


def _declared(section: Section) -> list[Name]:
    """The names of a section's own declarations."""
    return [
        name
        for declaration, kind in section.part.stated.declarations
        if kind == "declaration"
        for name in declaration.names
        if type(name) is Name
    ]


def _used(section: Section) -> list[Name]:
    """The names of a section's statements, which are read twice: a name may be assigned below its use."""
    for _ in range(2):
        used = [name for statement in _statements(section) for name in statement]
    return used


def _statements(section: Section) -> Iterator[list[Name]]:
    """The names of each statement, after it is checked."""
    for passage in section.part.passages:
        there = section.at(passage)
        there.table.enter(passage.scope)
        for _, statement in section.equations((passage,)):
            there.resolver.troubles.clear()
            checked = there.statements.check(there.resolver.resolve(statement))
            yield [name for member in checked.equation.members for name in _below(member)]


def _below(value: Any) -> Iterator[Name]:
    """The names below a node, those in its parameters too."""
    if isinstance(value, Name):
        yield value
    elif isinstance(value, Apply):
        for part in (*value.args, *value.params.values()):
            yield from _below(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _below(part)


def _dimensions(rows: Iterable[Row], section: Section | None) -> Iterator[Row]:
    """The dimensions in the shapes of rows that have no row of their own."""
    rows = list(rows)
    listed = {row.symbol for row in rows if row.known.kind == "dimension"}
    for shape in (row.known.shape for row in rows):
        for dim in map(prune, shape or ()):
            for symbol in dim.symbols if isinstance(dim, Dim) else ():
                if section is not None and symbol not in listed:
                    listed.add(symbol)
                    yield Row(symbol, dimension_known(section, symbol))


def as_json(rows: Iterable[Row]) -> Mapping[str, Any]:
    """The rows as one object for programs."""
    return {
        "version": 1,
        "symbols": [
            {
                "symbol": row.symbol,
                "shape": _reported(row.known.shape),
                "origin": row.known.kind,
                "line": row.known.line,
                "from": row.known.words,
            }
            for row in rows
        ],
    }


def _reported(shape: Shape | None) -> list[str | int | None] | None:
    return None if shape is None else [_dimension(prune(dim)) for dim in shape]


def _dimension(dim: Any) -> str | int | None:
    if not isinstance(dim, Dim):
        return None
    return dim.text if dim.value is None else dim.value
