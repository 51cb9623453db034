"""Split a file into sections: what each states, its convention, and the table of names shared by its formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..conventions import BUILT_IN, DEFAULT, NONE, Convention, find
from ..documents import Passage
from ..notations import Notation
from ..notations.plain import notation as plain
from ..settings import Settings
from ..survey import (
    BEFORE,
    Names,
    Spelled,
    Survey,
    is_before,
    names_of_trees,
    note_declared,
    note_names,
    spelled,
    survey,
    targets_in,
    timed,
)
from ..symbols import Declared, DeclaredName, with_letters
from ..syntax.nodes import Declaration, Equation, Node, Trouble
from ..text import Piece, Span, Window
from ._layout import defines, laid_out
from ._noted import Noted, Notes, members
from ._parts import NO_MACROS, Contents, Include, Macros, Part, Placed, Sorter, declared_in_code, spoken, stating
from ._ranks import ranked
from ._section import Section

__all__ = ["Include", "Noted", "Section", "by_letters", "defines", "parse_option", "sections"]

WITH_THETA = "forward-index"
AUTO = "auto"


def sections(
    passages: Iterable[Passage],
    notation: Notation,
    settings: Settings,
    include: Include | None,
    *,
    is_document: bool = False,
    noted: Iterable[Noted] = (),
    macros: Macros = NO_MACROS,
) -> tuple[list[Section], list[Trouble]]:
    """The sections of a file in order, and the troubles in what it states.

    If no convention is asked for, it is left open in a document; elsewhere it is coursera, or forward-index for a file
    that writes Θ.
    """
    reader = Sorter(notation, include, macros)
    for passage in passages:
        reader.read(passage)
    told = _told_apart(noted)
    found: list[Section] = []
    for parts in reader.groups:
        _add_options(parts[0].stated, settings, notation)
        group = ranked(parts, lambda parts: _group(parts, notation, settings, told, is_document))
        reader.troubles.extend(_without_meaning(parts, settings))
        reader.troubles.extend(group[-1].troubles)
        found.extend(group)
    return found, reader.troubles


def _group(
    parts: list[Part],
    notation: Notation,
    settings: Settings,
    told: tuple[list[Noted], list[Noted]],
    is_document: bool,
) -> list[Section]:
    """The sections of what stands from one `@reset` to the next, which share what is declared and assigned."""
    noted, calling = told
    declared, names = _surveyed(parts, notation, calling)
    nodes = [name for each in parts[0].stated.declarations for name in each.declaration.names]
    note_declared([*nodes, *_noted_with_prime(noted, declared)], names)
    known = survey(names, declared, _sizes(parts[0].stated, noted))
    notes = Notes(noted, known)
    usual = settings.convention or (AUTO if is_document else by_letters(known) or DEFAULT)
    made: dict[str, Section] = {}
    group = [_section(part, known, notation, usual, settings, made) for part in parts]
    for section in group:
        section.note(notes)
        section.table.go_on_from(group[0].table)
    return group


def _without_meaning(parts: list[Part], settings: Settings) -> Iterator[Trouble]:
    """The conventions that are asked for and do not exist."""
    for directive in (part.convention for part in parts if part.convention):
        name = directive.rest.strip()
        if name != AUTO and find(name, settings.conventions) is None:
            names = ", ".join((*BUILT_IN, "none", *settings.conventions))
            what = f"unknown convention `{name}`; choose from {names}"
            yield Trouble("SC113", directive.span, {"what": what})


def _told_apart(noted: Iterable[Noted]) -> tuple[list[Noted], list[Noted]]:
    """The names with a stated shape, and those that are stated to be gradients."""
    both = list(noted)
    return [note for note in both if not note.of], [note for note in both if note.of]


def _surveyed(parts: list[Part], notation: Notation, calling: list[Noted]) -> tuple[Declared, Names]:
    """The names that are declared in a group of parts, and those that stand there; some are said to be gradients."""
    declared = _declared(parts[0].stated)
    names = _names(parts, notation, declared)
    said = [node for note in calling for node in members(note, declared)]
    if not declared.has(BEFORE) and is_before(names, said):
        declared = _declared(parts[0].stated, BEFORE)
        for part in parts:
            part.programs.clear()
        names = _names(parts, notation, declared)
    names.called.update(_called(calling, declared))
    return declared, names


def _called(calling: Iterable[Noted], declared: Declared) -> Iterator[tuple[Spelled, Spelled]]:
    """The names that are said to be gradients, each with its variable."""
    for note in calling:
        pair = [spelled(node) for name in (note.name, note.of) for node in members(note._replace(name=name), declared)]
        if len(pair) == 2 and pair[0] is not None and pair[1] is not None:
            yield pair[0], pair[1]


def _declared(stated: Contents, before: str = "") -> Declared:
    """The names that are declared from one `@reset` to the next; `before` is a sign that makes gradients."""
    declarations = [each.declaration for each in stated.declarations]
    return Declared((DeclaredName(name, each.shape) for each in declarations for name in each.names), before)


def _noted_with_prime(noted: Iterable[Noted], declared: Declared) -> Iterator[Node]:
    """What shapes are stated of in passing, where that has a prime."""
    for note in noted:
        yield from members(note, declared) if re.search(r"['′]|prime", note.name) else ()


def _sizes(stated: Contents, noted: Iterable[Noted]) -> frozenset[str]:
    """The names of the sizes that are declared, or stated in passing."""
    shapes = (*(each.declaration.shape for each in stated.declarations), *(each.shape for each in noted))
    return frozenset(name for shape in shapes for dim in shape for name in dim.symbols)


def _names(parts: list[Part], notation: Notation, declared: Declared) -> Names:
    """The names that stand in a group of parts, and those that are declared."""
    stated = (name for each in parts[0].stated.declarations for name in each.declaration.names)
    names, code = names_of_trees(Equation((name,)) for name in stated), list[Equation]()
    for part in parts:
        for passage in part.passages:
            written = spoken(passage.window, notation, declared)
            statements = part.program(passage, written, declared).statements
            equations = [each for each in statements if type(each) is Equation]
            if written.is_program:
                code += equations
            else:
                note_names(equations, names)
    if code:
        names.timed.update(timed(names))
        names.coded.update(targets_in(code))
        note_names(code, names)
    return names


def by_letters(known: Survey) -> str:
    """The convention that a file's letters say, if any: who writes Θ for weights counts them from the layer below."""
    bases = set(map(with_letters, known.bases))
    return WITH_THETA if bases & {"Θ", "θ"} and not bases & {"W", "w"} else ""


def _section(
    part: Part,
    known: Survey,
    notation: Notation,
    usual: str,
    settings: Settings,
    made: dict[str, Section],
) -> Section:
    """The section of a part; a convention that returns goes on with the table `made` for it before."""
    directive = part.convention
    name = directive.rest.strip() if directive else usual

    def undecided(given_up: Convention | None) -> Section:
        return Section(part, known, NONE, notation, asked=False, is_open=True, given_up=given_up)

    if name == AUTO:
        return undecided(None)
    convention = find(name, settings.conventions)
    asked = directive is not None or settings.convention is not None
    if asked and name in made:
        return made[name].returning(part)
    section = Section(part, known, convention or NONE, notation, asked)
    if asked:
        made[name] = section
        return section
    return laid_out(section, lambda other: Section(part, known, other, notation, asked=False), undecided)


def parse_option(text: str, notation: Notation = plain) -> Declaration | Trouble:
    """What `-s "W2: n2 x n1"` declares."""
    window = Window((Piece(text, 0),))
    program = stating(window, notation).parse(window)
    if program.troubles:
        return declared_in_code(window) or program.troubles[0]
    statements = program.statements
    if len(statements) == 1 and isinstance(statements[0], Declaration):
        return statements[0]
    return Trouble("SC113", Span(0, len(text)), {"what": f'`{text}` declares nothing; write -s "W2: n2 x n1"'})


def _add_options(stated: Contents, settings: Settings, notation: Notation) -> None:
    declarations = [parse_option(text, notation) for text in settings.shapes]
    stated.declarations[:0] = [Placed(found, "option") for found in declarations if isinstance(found, Declaration)]
