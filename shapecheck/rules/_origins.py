"""Say where the shapes of a finding come from: labels on other lines, and notes on the convention and the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..choose import fitting_conventions
from ..diagnostic import Label
from ..symbols import Symbol, derived
from ..syntax.nodes import Name, Node, names_in
from ..table import Entry
from ..text import Span
from ._rule import Case
from ._wording import listed, named, spelled

TERMINAL = "<formula>"
MOST_LINES = 5
"""The most lines that get a label, so that a finding fits on a screen."""
_LINES = {
    "declaration": "declared as {} here",
    "stated": "{}, as stated here",
    "equation": "{} from this equation",
    "gradient": "{}, the shape of the gradient here",
}

_CELLS = {"declaration": "declared", "stated": "as stated", "equation": "from an equation"}


def _distinct(nodes: Iterable[Node]) -> list[Name]:
    """The names in some nodes, each once, in order."""
    found = {node.key: node for node in names_in(*nodes)}
    return list(found.values())


def entry_of(case: Case, name: Name) -> Entry | None:
    """What the table knows about a name."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    return case.section.table.look_up(symbol) if symbol else None


def variable_of(case: Case, name: Name) -> tuple[str, Entry] | None:
    """The variable that a name is the gradient of, as its author would write it, and what is known about it."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    if symbol is None or not symbol.of:
        return None
    entry = case.section.table.look_up(symbol.gradient_of())
    return (_variable_text(written(case, name), symbol), entry) if entry else None


def gradient_of(case: Case, name: Name) -> str:
    """The variable that a name is the gradient of, as its author would write it; "" if it is not a gradient."""
    symbol = case.section.survey.reading.by_key.get(name.key)
    return _variable_text(written(case, name), symbol) if symbol is not None and symbol.of else ""


def written(case: Case, name: Name) -> str:
    """A name as written in the text."""
    return spelled(name, case.source, name.text)


def _variable_text(text: str, symbol: Symbol) -> str:
    """The variable's name in a gradient's name: `W^{[1]}` in `dW^{[1]}`."""
    for sign in ("\\partial", "∂", "/d", "\\Delta"):
        if sign in text and (variable := _unbraced(text.rpartition(sign)[2])):
            return variable
    if text[:1] == "δ" and symbol.base == "δ":
        return symbol.of + text[1:]
    return ("" if "\\" in text else derived(text).variable) or symbol.gradient_of().key


def _unbraced(text: str) -> str:
    """A text without the closing braces that its own text does not open."""
    while text.endswith("}") and text.count("}") > text.count("{"):
        text = text[:-1]
    return text.strip()


def lines_of(case: Case, nodes: Iterable[Node], at: Span) -> Iterator[Label]:
    """Labels on the other lines that give names their shapes."""
    here = case.source.place(at.start).line
    sayings: dict[tuple[Span, str], dict[str, list[str]]] = {}
    for name in _distinct(nodes):
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
            yield Label(span, f"{listed(texts)} {'is' if len(texts) == 1 else 'are'} {_LINES[kind].format(shape)}")


def notes_on_origins(case: Case, nodes: Iterable[Node]) -> Iterator[str]:
    """Notes on shapes that no line of the file gives: those of the convention, an option or an included file."""
    entries = [(written(case, name), entry) for name in _distinct(nodes) if (entry := _origin(case, name))]
    arrays = [text for text, entry in entries if entry.origin.kind != "letter"]
    supplied = [text for text, entry in entries if entry.origin.kind == "convention"]
    if supplied:
        convention = case.section.convention
        how = "-s" if case.source.path == TERMINAL else "a declaration"
        what = "shapes" if len(supplied) == len(arrays) else f"shape{'s' * (len(supplied) > 1)} of {listed(supplied)}"
        yield f"{what} from the {convention.name} convention ({convention.words}); override with {how}"
    said: dict[str, list[str]] = {}
    for text, entry in entries:
        words = _elsewhere(case, entry)
        if words:
            said.setdefault(words, []).append(f"{text} is {named(entry.shape)}")
    for words, texts in said.items():
        yield f"{listed(texts)}, {words}"


def _elsewhere(case: Case, entry: Entry) -> str:
    """Where a shape comes from if no line of this text gives it; "" otherwise."""
    origin = entry.origin
    if origin.kind == "option":
        return "set by -s"
    if origin.kind == "include":
        return f"from the included file {origin.file}"
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
    """The layouts, not asked for, in which the formula would be right."""
    if case.statement is None or not case.checked.failures:
        return
    layouts: dict[str, list[str]] = {}
    for convention in fitting_conventions(case.section, case.statement):
        words = convention.words
        if convention.rows == case.section.convention.rows:
            words = f"W[l] is {convention.shapes.get('W[l]', '').replace(' x ', '×')}"
        layouts.setdefault(words, []).append(convention.name)
    for words, names in layouts.items():
        yield f"the formula is right as written in the {listed(names, 'or')} layout ({words})"
