"""Where the shapes of a finding come from: labels on other lines, and notes about the convention and the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostic import Label
from ..symbols import Symbol, derived
from ..syntax.nodes import Name, Node, walk
from ..table import Entry
from ..text import Span
from ._rule import Case
from ._wording import listed, named, spelled

TERMINAL = "<formula>"
MOST_LINES = 5
_LINES = {
    "declaration": "this declaration",
    "stated": "what is stated here",
    "equation": "this equation",
    "gradient": "its gradient's shape here",
}

_CELLS = {"declaration": "the declaration", "stated": "what is stated", "equation": "an equation"}


def names_in(nodes: Iterable[Node]) -> list[Name]:
    """The names below some nodes, each once, in order."""
    found = {node.key: node for top in nodes for node in walk(top) if type(node) is Name}
    return list(found.values())


def entry_of(case: Case, name: Name) -> Entry | None:
    """What the table knows of a name."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    return case.section.table.look_up(symbol) if symbol else None


def variable_of(case: Case, name: Name) -> tuple[str, Entry] | None:
    """The variable of which a name is the gradient, as its author would write it, and what is known of it."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    if symbol is None or not symbol.of:
        return None
    entry = case.section.table.look_up(symbol.gradient_of())
    return (_variable_text(written(case, name), symbol), entry) if entry else None


def gradient_of(case: Case, name: Name) -> str:
    """The variable of which a name is the gradient, as its author would write it; "" where it is none."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    return _variable_text(written(case, name), symbol) if symbol is not None and symbol.of else ""


def written(case: Case, name: Name) -> str:
    """A name as it stands in the text."""
    return spelled(name, case.source, name.text)


def _variable_text(text: str, symbol: Symbol) -> str:
    """The variable's name without the sign of the gradient: `dW^{[1]}` is that of `W^{[1]}`."""
    for sign in ("\\partial", "∂", "/d", "\\Delta"):
        if sign in text and (variable := _unbraced(text.rpartition(sign)[2])):
            return variable
    if text[:1] == "δ" and symbol.base == "δ":
        return symbol.of + text[1:]
    return ("" if "\\" in text else derived(text).variable) or symbol.gradient_of().key


def _unbraced(text: str) -> str:
    """A text without the closing brace of what stood around it."""
    while text.endswith("}") and text.count("}") > text.count("{"):
        text = text[:-1]
    return text.strip()


def lines_of(case: Case, nodes: Iterable[Node], at: Span) -> Iterator[Label]:
    """Labels on the other lines from which the shapes of names come."""
    here = case.source.place(at.start).line
    sayings: dict[tuple[Span, str], dict[str, list[str]]] = {}
    for name in names_in(nodes):
        text, entry = written(case, name), entry_of(case, name)
        if entry is not None and entry.origin.kind == "gradient":
            text, entry = variable_of(case, name) or (text, entry)
        span = entry.origin.span if entry else None
        is_here = entry is not None and entry.origin.cell == case.source.cell
        if entry and span and is_here and entry.origin.kind in _LINES and case.source.place(span.start).line != here:
            texts = sayings.setdefault((span, entry.origin.kind), {}).setdefault(named(entry.shape), [])
            texts.extend([text] if text not in texts else [])
    for (span, kind), shapes in list(sayings.items())[:MOST_LINES]:
        for shape, texts in shapes.items():
            yield Label(span, f"{listed(texts)} {'is' if len(texts) == 1 else 'are'} {shape} by {_LINES[kind]}")


def notes_on_origins(case: Case, nodes: Iterable[Node]) -> Iterator[str]:
    """Notes on shapes that come from no line of the file: the convention, an option, an included file."""
    entries = [(written(case, name), entry) for name in names_in(nodes) if (entry := _origin(case, name))]
    arrays = [text for text, entry in entries if entry.origin.kind != "letter"]
    supplied = [text for text, entry in entries if entry.origin.kind == "convention"]
    if supplied:
        convention = case.section.convention
        how = "-s declares others" if case.source.path == TERMINAL else "a declaration gives others"
        some = f"the shape{'s' * (len(supplied) > 1)} of {listed(supplied)}"
        what = "shapes" if len(supplied) == len(arrays) else some
        yield f"{what} by the {convention.name} convention ({convention.words}); {how}"
    said: dict[str, list[str]] = {}
    for text, entry in entries:
        words = _elsewhere(case, entry)
        if words:
            said.setdefault(words, []).append(f"{text} is {named(entry.shape)}")
    for words, texts in said.items():
        yield f"{listed(texts)} by {words}"


def _elsewhere(case: Case, entry: Entry) -> str:
    """What says a shape that no line of this text says; "" for one that some line does."""
    origin = entry.origin
    if origin.kind == "option":
        return "the option -s"
    if origin.kind == "include":
        return f"the included file {origin.file}"
    if origin.kind in _CELLS and origin.cell and origin.cell != case.source.cell:
        return f"{_CELLS[origin.kind]} in cell {origin.cell}"
    return ""


def _origin(case: Case, name: Name) -> Entry | None:
    entry = entry_of(case, name)
    if entry is None or entry.origin.kind != "gradient":
        return entry
    found = variable_of(case, name)
    return found[1] if found else entry


def notes_on_layouts(case: Case) -> Iterator[str]:
    """In which layouts that nobody asked for the formula would be right."""
    layouts: dict[str, list[str]] = {}
    for convention in case.fitting:
        words = convention.words
        if convention.rows == case.section.convention.rows:
            words = f"W[l] is {convention.shapes.get('W[l]', '').replace(' x ', '×')}"
        layouts.setdefault(words, []).append(convention.name)
    for words, names in layouts.items():
        yield f"in a {listed(names, 'or')} layout ({words}) the formula is right as written"
