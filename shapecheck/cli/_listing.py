"""The names of a text with their shapes, and where each shape comes from, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..check import open_sections, statements
from ..sections import Include, Section
from ..settings import Settings
from ..shapes.dims import show
from ..syntax.nodes import Name, walk
from ..text import Source

if TYPE_CHECKING:
    from ..table import Entry


class Row(NamedTuple):
    """A name as its author first wrote it, its shape, and where that comes from."""

    name: str
    shape: str
    origin: str


def listing(source: Source, settings: Settings, include: Include | None = None) -> list[Row]:
    """A row for each name: those of the formulas in the order in which they stand, then those only declared."""
    rows: dict[tuple[int, str], Row] = {}
    sections: dict[int, Section] = {}
    spelled: dict[tuple[int, str], str] = {}
    for section, checked in statements(source, settings, include):
        sections[id(section)] = section
        for member in checked.equation.members:
            for node in walk(member):
                if isinstance(node, Name):
                    spelled.setdefault((id(section), node.key or node.text), node.text)
    for (number, key), text in spelled.items():
        rows[number, key] = _row(text, _entry(sections[number], key), source, sections[number])
    for section in sections.values() or open_sections(source, settings, include)[0]:
        for key, entry in section.table.stated.items():
            rows.setdefault((id(section), key), _row(key, entry, source, section))
    return list(dict.fromkeys(row for row in rows.values() if row.name))


def _entry(section: Section, key: str) -> Entry | None:
    symbol = section.survey.reading.by_key.get(key)
    return section.table.look_up(symbol) if symbol is not None else None


def _row(name: str, entry: Entry | None, source: Source, section: Section) -> Row:
    if entry is None:
        return Row(name, "?", "not known")
    return Row(name, show(entry.shape), "".join(_origin(entry, source, section)))


def _origin(entry: Entry, source: Source, section: Section) -> Iterator[str]:
    kind, span, of = entry.origin
    match kind:
        case "option":
            yield "option -s"
        case "declaration" | "stated" | "equation" if span is not None:
            yield f"line {source.place(span.start).line}"
        case "include":
            yield "an included file"
        case "convention":
            yield section.convention.name
        case "gradient":
            yield f"the shape of {of}"
        case _:
            yield "a scalar" if not entry.shape else kind
