"""Say where a name's shape comes from: `declared on line 3`, `gradient of W1`, `option -s`."""

from __future__ import annotations

import re

from ..sections import Section
from ..shapes.dims import Dim, Shape, prune
from ..symbols import Symbol
from ..syntax.nodes import Name
from ..table import Entry
from ..text import Source
from ..values import NamedTuple

LONGEST = 40
"""The longest quotation of an equation, so that a row of the table fits on a line."""

_VERBS = {"declaration": "declared", "stated": "stated", "equation": "from an equation"}


class KnownShape(NamedTuple):
    """A name's shape (None if unknown), the kind of its origin, its line, and the origin in words."""

    shape: Shape | None
    kind: str
    words: str
    line: int | None = None


def known(section: Section, name: Name, source: Source) -> KnownShape:
    """What is known about a name at the end of its section."""
    reading = section.survey.reading
    found = reading.by_key.get(name.key) or reading.symbol(name.base, name.indices)
    entry = section.table.look_up(found)
    if found.component:
        return KnownShape((), "entry", "one entry of an array")
    if entry is None and name.base == "I" and not name.indices:
        return KnownShape(None, "identity", "the identity, of any size")
    if entry is None:
        return KnownShape(None, "unknown", "unknown")
    if entry.origin.kind == "letter":
        return _scalar(section, found)
    is_here = entry.origin.cell == source.cell
    line = source.place(entry.origin.span.start).line if entry.origin.span and is_here else None
    return KnownShape(entry.shape, entry.origin.kind, _words(section, found, name, entry, source, line), line)


def dimension_known(section: Section, dim: str) -> KnownShape:
    """What is known about a dimension."""
    size = section.table.naming.sizes.get(dim)
    return KnownShape((), "dimension", f"a dimension, {size.text}" if size else "a dimension")


def _scalar(section: Section, name: Symbol) -> KnownShape:
    if not section.table.is_dimension(name):
        return KnownShape((), "letter", "a scalar, by its letter")
    size = prune(section.table.dimension(name))
    number = size.value if isinstance(size, Dim) else None
    return KnownShape((), "dimension", "a dimension" if number is None else f"a dimension, {number}")


def _words(section: Section, found: Symbol, name: Name, entry: Entry, source: Source, line: int | None) -> str:
    if line is None and entry.origin.cell and entry.origin.kind in _VERBS:
        return f"{_VERBS[entry.origin.kind]} in cell {entry.origin.cell}"
    match entry.origin.kind:
        case "option":
            return "option -s"
        case "include":
            return f"from the included file {entry.origin.file}"
        case "declaration":
            return f"declared on line {line}"
        case "stated":
            return f"stated on line {line}"
        case "gradient":
            of = _unbracketed(entry.origin.of, name)
            return f"gradient of {of}" if found.of else f"from its gradient {of}"
        case "equation" if entry.origin.span:
            return f"from line {line}: {_quoted(source.slice(entry.origin.span))}"
        case "equation" | "supposed":
            return "from its use"
        case _:
            convention = section.convention
            return f"{convention.name}: {convention.words}" if convention.words else convention.name


def _unbracketed(key: str, name: Name) -> str:
    """A symbol's key as the author of a name with as many brackets would write it: `W[1]`, or `W1` beside `dW1`."""
    return key if "[" in name.text else re.sub(r"\[(\d+)\]", r"\1", key)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
