"""The sections of a file: what each states, under which convention its formulas stand, and the table that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .conventions import BUILT_IN, NONE, Convention, Layout, find
from .documents import Passage
from .infer import Statements
from .notations import notations
from .resolve import resolver
from .settings import Settings
from .shapes.dims import number
from .survey import Survey, survey
from .syntax.nodes import Apply, Declaration, Directive, Name, Node, Program, Trouble
from .table import Origin, Table
from .text import Piece, Span, Window

DEFAULT = "coursera"
STATING = ("convention", "include", "elementwise", "loss", "sizes", "reset")
Include = Callable[[str], "Program | str"]
"""Reads what an included file declares; a text says why it cannot."""


@dataclass(slots=True)
class Stated:
    """What is stated from the beginning of a file, or a `@reset`, to the next."""

    declarations: list[tuple[Declaration, str]] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """The passages that hold formulas from one `@convention` to the next."""

    stated: Stated
    convention: Directive | None = None
    passages: list[Passage] = field(default_factory=list)


class Section:
    """Statements under one convention: they share a table of names."""

    def __init__(
        self,
        part: Part,
        known: Survey,
        convention: Convention,
        notation: str,
        asked: bool,
        *,
        numerator_layout: bool = False,
        general: bool = False,
    ) -> None:
        self.part = part
        self.survey = known
        self.convention = convention
        self.notation = notation
        self.asked = asked
        self.troubles: list[Trouble] = []
        self._alternatives: dict[str, Section] = {}
        self.table = Table(Layout(convention, known), numerator_layout, general)
        self.table.losses.update(known.losses)
        self.table.used, self.table.will_be_assigned = known.used, known.assigned
        self.resolver = resolver(self.table, known.reading, notation)
        mathematics = notation != "python"
        self.statements = Statements(self.table, known.reading, mathematics, mathematics and notation != "matlab")
        self._state()

    def alternative(self, convention: Convention) -> Section:
        """The same statements under another convention."""
        found = self._alternatives.get(convention.name)
        if found is None:
            found = self._alternatives[convention.name] = Section(self.part, self.survey, convention, self.notation, True)
        return found

    def transposed(self) -> Section:
        """The same statements where every gradient is written transposed."""
        return Section(self.part, self.survey, self.convention, self.notation, self.asked, numerator_layout=True)

    def generalised(self) -> Section:
        """The same statements where a convention's dimension that is stated to be 1 is any number."""
        key = "with any number for 1"
        if key not in self._alternatives:
            self._alternatives[key] = Section(
                self.part, self.survey, self.convention, self.notation, self.asked, general=True
            )
        return self._alternatives[key]

    def _state(self) -> None:
        for directive in self.part.stated.directives:
            self._direct(directive)
        for declaration, kind in self.part.stated.declarations:
            for name in declaration.names:
                self._declare(name, declaration, kind)

    def _declare(self, node: Node, declaration: Declaration, kind: str) -> None:
        settled = self.resolver.node(node)
        while type(settled) is Apply and settled.args:
            settled = settled.args[-1]
        if type(settled) is not Name:
            return
        symbol = self.survey.reading.symbol(node.base, node.indices) if type(node) is Name else self.survey.reading.by_key[settled.key]
        place = declaration.span if kind == "declaration" else None
        before = self.table.state(symbol, declaration.shape, Origin(kind, place))
        if before is not None:
            words = {"name": settled.text, "before": before, "now": declaration.shape}
            self.troubles.append(Trouble("SC111", declaration.span, words))

    def _direct(self, directive: Directive) -> None:
        words = directive.rest.replace(",", " ").split()
        match directive.name:
            case "elementwise":
                self.table.elementwise.update(words)
            case "loss":
                self.table.losses.update(words)
            case "sizes":
                self._size(directive)

    def _size(self, directive: Directive) -> None:
        for part in directive.rest.replace(",", " ").split():
            name, _, value = part.partition("=")
            if not (name and value.isdecimal() and 0 < len(value) < 10 and int(value)):
                self.troubles.append(Trouble("SC113", directive.span, {"what": f"sizes are written n0=3, m=5; `{part}` is not"}))
                continue
            self.table.size(name, number(int(value)))


def parse_option(text: str, notation: str = "plain") -> Declaration | Trouble:
    """What `-s "W2: n2 x n1"` declares."""
    program: Program = notations[notation].parse(Window((Piece(text, 0),), notation))
    if program.troubles:
        return program.troubles[0]
    statements = program.statements
    if len(statements) == 1 and isinstance(statements[0], Declaration):
        return statements[0]
    return Trouble("SC113", Span(0, len(text)), {"what": f"`{text}` declares nothing; write -s \"W2: n2 x n1\""})


def sections(
    passages: Iterable[Passage], notation: str, settings: Settings, include: Include | None
) -> tuple[list[Section], list[Trouble]]:
    """The sections of a file in order, and what is wrong with what it states."""
    reader = _Reader(notation, include)
    for passage in passages:
        reader.read(passage)
    found: list[Section] = []
    for parts in reader.groups:
        _add_options(parts[0].stated, settings, notation)
        texts = (passage.window.text for part in parts for passage in part.passages)
        known = survey((*parts[0].stated.names, *texts))
        for part in parts:
            found.append(_section(part, known, notation, settings, reader.troubles))
            found[-1].table.assigned = found[len(found) - len(parts[: parts.index(part) + 1])].table.assigned
        reader.troubles.extend(found[-1].troubles)
    return found, reader.troubles


def _section(part: Part, known: Survey, notation: str, settings: Settings, troubles: list[Trouble]) -> Section:
    directive = part.convention
    name = directive.rest.strip() if directive else settings.convention or DEFAULT
    convention = find(name, settings.conventions)
    if convention is None and directive is not None:
        known_names = ", ".join((*BUILT_IN, "none", *settings.conventions))
        troubles.append(Trouble("SC113", directive.span, {"what": f"there is no convention `{name}`; there are {known_names}"}))
    asked = directive is not None or settings.convention is not None
    section = Section(part, known, convention or NONE, notation, asked)
    return _uncontradicted(section) if section.table.contradicted and not asked else section


def _uncontradicted(section: Section) -> Section:
    """A section under the first convention in which its declarations can be meant, under none where there is none."""
    for convention in BUILT_IN.values():
        other = Section(section.part, section.survey, convention, section.notation, asked=False)
        if not other.table.contradicted:
            return other
    return Section(section.part, section.survey, NONE, section.notation, asked=False)


def _add_options(stated: Stated, settings: Settings, notation: str) -> None:
    declarations = [parse_option(text, notation) for text in settings.shapes]
    stated.declarations[:0] = [(found, "option") for found in declarations if isinstance(found, Declaration)]
    stated.names.extend(text.partition(":")[0] for text in settings.shapes)


class _Reader:
    """Tells the passages that state something from those that hold formulas."""

    def __init__(self, notation: str, include: Include | None) -> None:
        self.notation = notation
        self.parse = notations[notation].parse
        self.include = include
        self.troubles: list[Trouble] = []
        self.groups: list[list[Part]] = [[Part(Stated())]]

    def read(self, passage: Passage) -> None:
        """Sort one passage."""
        text = passage.window.text
        if "@" in text and text.lstrip().startswith("@"):
            program = self.parse(passage.window)
            self.troubles.extend(program.troubles)
            for statement in program.statements:
                if isinstance(statement, Directive):
                    self._direct(statement)
        elif ":" in text and self._declares(passage):
            return
        else:
            self.groups[-1][-1].passages.append(passage)

    def _declares(self, passage: Passage) -> bool:
        program = self.parse(passage.window)
        found = [(each, "declaration") for each in program.statements if isinstance(each, Declaration)]
        stated = self.groups[-1][-1].stated
        stated.declarations.extend(found)
        stated.names.extend(passage.window.text.partition(":")[0].split(",") if found else ())
        if found or (program.troubles and program.troubles[0].code == "SC112"):
            self.troubles.extend(program.troubles)
            return True
        return False

    def _direct(self, directive: Directive) -> None:
        stated = self.groups[-1][-1].stated
        if directive.name == "convention":
            self.groups[-1].append(Part(stated, directive))
        elif directive.name == "reset":
            self.groups.append([Part(Stated(), self.groups[-1][-1].convention)])
        elif directive.name == "include":
            self._read_included(directive, stated)
        elif directive.name in STATING:
            stated.directives.append(directive)
        else:
            what = f"there is no directive @{directive.name}; there are @{', @'.join(STATING)}"
            self.troubles.append(Trouble("SC113", directive.span, {"what": what}))

    def _read_included(self, directive: Directive, stated: Stated) -> None:
        included = self.include(directive.rest.strip()) if self.include else "there is no file here to start from"
        if isinstance(included, str):
            self.troubles.append(Trouble("SC113", directive.span, {"what": f"cannot include `{directive.rest}`: {included}"}))
            return
        for statement in included.statements:
            if isinstance(statement, Declaration):
                stated.declarations.append((statement, "include"))
                stated.names.extend(name.text for name in statement.names if isinstance(name, Name))
