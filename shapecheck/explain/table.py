"""The symbols that stand in a text, in order: the shape of each, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from ..check import Texts, in_its_layout, open_sections
from ..diagnostic import Diagnostic
from ..documents import document_of
from ..documents.formulas import document as formulas
from ..rules import explain_troubles
from ..sections import Include, Section
from ..settings import Settings
from ..shapes.dims import Dim, Shape, prune, show
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Scope
from ..text import Source
from ..values import NamedTuple
from ._context import DERIVATIVE_SIGNS
from ._origins import KnownShape, dimension_known, known


class Row(NamedTuple):
    """A symbol as it is spelled first, what is known of it, and the function of a program in which that holds."""

    symbol: str
    known: KnownShape
    function: str = ""

    @property
    def shape(self) -> str:
        """The shape in a word: `n1×m`, `scalar`, `?` where it is unknown."""
        shape = self.known.shape
        return "?" if shape is None else show(shape) if shape else "scalar"


_Place: TypeAlias = tuple[int, int]
"""A cell, 0 if there are none, and an offset in it."""
_BEGINNING: _Place = (-1, 0)
"""Where what belongs to no function begins."""
_HERE = frozenset(("declaration", "stated"))
"""The kinds of declarations that stand in the text itself."""


class _Found(NamedTuple):
    """A row, and where its function begins and its symbol stands first."""

    begin: _Place
    place: _Place
    row: Row


class _Used(NamedTuple):
    """The names of a statement: the text and the function that it stands in, and where that begins."""

    source: Source
    names: list[Name]
    function: str
    begin: _Place


def table(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Row]:
    """The symbols of a source in order of first occurrence, then the dimensions that stand in their shapes alone.

    A program's functions come one after the other, each with symbols of its own.
    """
    settings = settings or Settings()
    texts = Texts(document_of(source.path) or formulas, source)
    found: dict[tuple[_Place, str], dict[str, _Found]] = {}
    opened = [in_its_layout(section) for section in open_sections(source, settings, include)[0]]
    for section in opened:
        for key, each in [*_declared(section, texts), *_used(section, texts)]:
            found.setdefault((each.begin, key), {}).setdefault(each.row.shape, each)
    rows = [each.row for each in sorted(_told(found.values()), key=lambda each: each[:2])]
    return [*rows, *_dimensions(rows, opened[0] if opened else None)]


def _told(found: Iterable[Mapping[str, _Found]]) -> Iterator[_Found]:
    """The rows of each symbol; one without a shape only where it has none anywhere."""
    for rows in found:
        known = [each for each in rows.values() if each.row.known.shape is not None]
        first = min(each.place for each in rows.values())
        yield from [each._replace(place=first) if len(known) == 1 else each for each in known] or rows.values()


def disagreements(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Diagnostic]:
    """What is wrong with what a source and the options state."""
    return explain_troubles(open_sections(source, settings or Settings(), include)[1], source)


def _row(section: Section, name: Name, used: _Used) -> tuple[str, _Found]:
    """The key of a name, and what is known of it where it stands."""
    key = name.key or section.survey.reading.symbol(name.base, name.indices).key
    text = used.source.slice(name.span) if name.text in DERIVATIVE_SIGNS else name.text
    place = used.source.cell or 0, name.span.start
    return key, _Found(used.begin, place, Row(text, known(section, name, used.source), used.function))


def _declared(section: Section, texts: Texts) -> Iterator[tuple[str, _Found]]:
    """The names of a section's own declarations."""
    for declaration, kind, cell, _ in section.part.stated.declarations:
        for name in declaration.names if kind in _HERE else ():
            if type(name) is Name:
                yield _row(section, name, _Used(texts.cell(cell), [name], "", _BEGINNING))


def _used(section: Section, texts: Texts) -> list[tuple[str, _Found]]:
    """The names of a section's statements, which are read twice: a name may be assigned below its use."""
    for _ in range(2):
        used = [_row(section, name, each) for each in _statements(section, texts) for name in each.names]
    return used


def _statements(section: Section, texts: Texts) -> Iterator[_Used]:
    """The names of each statement, after it is checked."""
    for passage in section.part.passages:
        there, source = section.at(passage), texts.of(passage)
        there.enter(passage)
        function, begin = "", _BEGINNING
        for statement in there.program(passage).statements:
            if type(statement) is Scope:
                function, begin = statement.name.replace("/", "."), (source.cell or 0, statement.span.start)
                there.begin_function(statement)
            elif type(statement) is Equation:
                there.resolver.troubles.clear()
                checked = there.statements.check(there.resolver.resolve(statement))
                names = [name for member in checked.equation.members for name in _below(member)]
                if statement.span is not NOWHERE:
                    yield _Used(source, list(filter(_is_written, names)), function, begin)
        there.table.end_functions()


def _is_written(name: Name) -> bool:
    """Whether its author wrote a name: what a call is followed with has a key of its own, and no name."""
    return name.span != NOWHERE and not name.key.startswith("@")


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
    listed = {row.symbol for row in rows if row.known.shape == ()}
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
                "function": row.function or None,
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
