"""The symbols that stand in a text, in order: the shape of each, and where that comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from ..check import Texts, in_its_layout, open_sections
from ..diagnostic import Diagnostic
from ..documents import document_of
from ..documents.formulas import document as formulas
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


_Place: TypeAlias = tuple[int, int]
"""A cell, 0 where there are none, and an offset in it."""


class _Found(NamedTuple):
    """A row and where its symbol stands first."""

    place: _Place
    row: Row


def table(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Row]:
    """The symbols of a source in order of first occurrence, then the dimensions that stand in their shapes alone."""
    settings = settings or Settings()
    texts = Texts(document_of(source.path) or formulas, source)
    found: dict[str, dict[str, _Found]] = {}
    opened = [in_its_layout(section) for section in open_sections(source, settings, include)[0]]
    for section in opened:
        for key, place, row in [*_declared(section, texts), *_used(section, texts)]:
            found.setdefault(key, {}).setdefault(row.shape, _Found(place, row))
    rows = [row for _, row in sorted(_told(found.values()), key=lambda each: each.place)]
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


def _row(section: Section, name: Name, source: Source) -> tuple[str, _Place, Row]:
    """The key of a name, where it stands, and what is known of it there."""
    key = name.key or section.survey.reading.symbol(name.base, name.indices).key
    text = source.slice(name.span) if name.text in DERIVATIVE_SIGNS else name.text
    return key, (source.cell or 0, name.span.start), Row(text, known(section, name, source))


def _declared(section: Section, texts: Texts) -> Iterator[tuple[str, _Place, Row]]:
    """The names of a section's own declarations."""
    for declaration, kind, cell, _ in section.part.stated.declarations:
        for name in declaration.names if kind == "declaration" else ():
            if type(name) is Name:
                yield _row(section, name, texts.cell(cell))


def _used(section: Section, texts: Texts) -> list[tuple[str, _Place, Row]]:
    """The names of a section's statements, which are read twice: a name may be assigned below its use."""
    for _ in range(2):
        used = [_row(section, name, source) for source, names in _statements(section, texts) for name in names]
    return used


def _statements(section: Section, texts: Texts) -> Iterator[tuple[Source, list[Name]]]:
    """The names of each statement with the text that it stands in, after it is checked."""
    for passage in section.part.passages:
        there = section.at(passage)
        there.enter(passage)
        for _, statement in section.equations((passage,)):
            there.resolver.troubles.clear()
            checked = there.statements.check(there.resolver.resolve(statement))
            yield texts.of(passage), [name for member in checked.equation.members for name in _below(member)]


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
