"""Open a source: find its passages, expand its macros and gather what it states, before any formula is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .documents import Document, Passage, document_of
from .documents.formulas import document as formulas
from .notations import notations
from .notations._recognised import name_of_file
from .sections import Include, Noted, Section, sections
from .settings import Settings
from .syntax.nodes import Trouble
from .text import Piece, Source, Window

if TYPE_CHECKING:
    from .notations import Notation
    from .notations.latex import Macros

_MACROS = re.compile(r"\\(?:newcommand|renewcommand|providecommand|DeclareMathOperator|DeclareRobustCommand|g?def)\b")
ADDED = 50_000
"""How many characters macros may add to a file that is shorter: with them a line could stand for a book."""


def open_sections(source: Source, settings: Settings, include: Include | None) -> tuple[list[Section], list[Trouble]]:
    """The sections of a source with what they state, and the troubles in those statements."""
    document = document_of(source.path) or formulas
    asked = notations[settings.notation] if settings.notation else None
    find = document.code if document.code and asked and asked.is_program else document.windows
    passages = list(find(source))
    troubles = document.troubles(source) if document.troubles else []
    macros: Macros = {}
    if document is not formulas and _MACROS.search(source.text):
        macros = _definitions(document, source)
        passages, unexpanded = _expanded(passages, macros, max(ADDED, len(source.text)))
        troubles += unexpanded
    notation = asked or _notation(passages)
    noted = tuple(_noted(document, source, macros)) if document.texts else ()
    is_document = not document.explicit
    found, wrong = sections(passages, notation, settings, include, is_document=is_document, noted=noted, macros=macros)
    return found, [*troubles, *wrong]


def _notation(passages: Iterable[Passage]) -> Notation:
    """The notation of a file's formulas where they say none themselves; what it states counts for nothing."""
    texts = (passage.window.text for passage in passages if notations[passage.window.notation].is_plain)
    told = (text for text in texts if "@" not in text and ":" not in text.partition("=")[0])
    found: Notation = notations[name_of_file("\n".join(told))]
    return found


def _definitions(document: Document, source: Source) -> Macros:
    """The macros that a source defines, or all its cells in order."""
    from .notations.latex import collect

    cells = document.sources(source) if document.sources else [source]
    return {} if isinstance(cells, str) else collect("\n".join(cell.text for cell in cells))


def _expanded(passages: list[Passage], macros: Macros, most: int) -> tuple[list[Passage], list[Trouble]]:
    """The passages with their macros expanded, except those that become too long; `most` is added to all together."""
    from .notations.latex import expanded

    kept: list[Passage] = []
    troubles: list[Trouble] = []
    for passage in passages:
        is_typeset = notations[passage.window.notation].is_typeset
        window = expanded(passage.window, macros) if is_typeset else passage.window
        added = 0 if isinstance(window, Trouble) else len(window.text) - len(passage.window.text)
        if isinstance(window, Trouble):
            troubles.append(window)
        elif added > most:
            what = f"macros that add more than {ADDED:,} characters to the file"
            troubles.append(Trouble("SC104", passage.window.host(0, len(passage.window.text)), {"what": what}))
        else:
            most -= added
            kept.append(passage._replace(window=window))
    return kept, troubles


def _noted(document: Document, source: Source, macros: Macros) -> Iterator[Noted]:
    """The shapes that the author states in passing, with macros in names expanded."""
    from .stated import find

    for stated in find(source, document.name):
        if not stated.like:
            name = _name(stated.name, macros) if macros else stated.name
            _, notation, shape, span, scope, cell, within, _, lone, of, example = stated
            yield Noted(name, notation, shape, span, scope, within, cell, lone, of, example)


def _name(name: str, macros: Macros) -> str:
    """A name with its macros expanded."""
    from .notations.latex import expanded

    window = expanded(Window((Piece(name, 0),), "latex"), macros)
    return name if isinstance(window, Trouble) else window.text
