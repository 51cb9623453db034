"""Separate what a file states from the passages with formulas, before any formula is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..documents import Passage
from ..notations import Notation, notations
from ..notations._dims import is_lone, parse_shape
from ..notations._names import decompose
from ..notations._recognised import name_of_line
from ..notations.plain import notation as plain
from ..symbols import NONE_DECLARED, Declared
from ..syntax.nodes import NOWHERE, Declaration, Directive, Name, Program, Trouble
from ..text import Window
from ..values import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from ..notations.latex import Macro

_CODE_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
STATING = ("convention", "include", "elementwise", "loss", "sizes", "unroll", "reset")
Macros = Mapping[str, "Macro"]
NO_MACROS: Macros = MappingProxyType({})
Include = Callable[[str], "Program | str"]
"""Reads what an included file declares, and what is beyond a limit there; a text says why it cannot."""
MOST_INCLUDED = 100_000
"""How many declarations a text may include, counted anew after each `@reset`: more than a long book has names."""


MOST_KEPT = 10_000
"""How many programs are kept: these take some 30 MB. Of a longer text the rest is parsed again each time."""


class Placed(NamedTuple):
    """A declaration, where it comes from, and its cell or its included file.

    It is a `declaration`, an `option`, from an `include`, or what something else that is `stated` comes to.
    """

    declaration: Declaration
    kind: str
    cell: int | None = None
    file: str = ""


@dataclass(slots=True)
class Contents:
    """Everything stated from the start of a file, or a `@reset`, to the next."""

    declarations: list[Placed] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    included: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Part:
    """The passages with formulas from one `@convention` to the next, and the macros of their file."""

    stated: Contents
    convention: Directive | None = None
    passages: list[Passage] = field(default_factory=list)
    macros: Macros = NO_MACROS
    programs: dict[tuple[int, str], tuple[Passage, Program]] = field(default_factory=dict)

    def program(self, passage: Passage, notation: Notation, declared: Declared) -> Program:
        """What a passage says in a notation, parsed once for all who read it."""
        key = id(passage), notation.name
        found = self.programs.get(key) or (passage, notation.parse(passage.window, declared))
        if len(self.programs) < MOST_KEPT:
            self.programs[key] = found
        return found[1]

    def expanded(self, window: Window) -> Window | None:
        """A window of the file without macros; None if they expand to too much."""
        if not self.macros or not notations[window.notation].is_typeset:
            return window
        from ..notations.latex import expanded

        found = expanded(window, self.macros)
        return None if isinstance(found, Trouble) else found


def spoken(window: Window, notation: Notation, declared: Declared) -> Notation:
    """The notation of a window: its own, else that of its file, where a line may be LaTeX, or Python."""
    own: Notation = notations[window.notation]
    written = notation if own.is_plain else own
    return notations[name_of_line(window.text, declared)] if written.is_plain else written


def stating(window: Window, notation: Notation) -> Notation:
    """The notation in which something is stated: in a program as in plain text."""
    written = spoken(window, notation, NONE_DECLARED)
    return plain if written.is_program else written


def declared_in_code(window: Window) -> Declaration | None:
    """What a declaration of names that only code has says, `lambda_: scalar`; None if it is not one."""
    names, colon, told = window.text.rpartition(":")
    each = [name.strip() for name in names.split(",")]
    if not colon or not all(_CODE_NAME.fullmatch(name) for name in each):
        return None
    shape = parse_shape(told)
    span = window.host(0, len(window.text))
    nodes = tuple(Name(name, *decompose(name)) for name in each)
    return None if isinstance(shape, Trouble) else Declaration(nodes, shape, span, is_lone(told))


class Sorter:
    """Sorts passages into those that state something and those with formulas."""

    def __init__(self, notation: Notation, include: Include | None, macros: Macros) -> None:
        self.notation = notation
        self.include = include
        self.macros = macros
        self.troubles: list[Trouble] = []
        self.groups: list[list[Part]] = [[self._part(Contents(), None)]]
        self._included = 0
        self._is_full = False

    def _part(self, stated: Contents, convention: Directive | None) -> Part:
        return Part(stated, convention, macros=self.macros)

    def read(self, passage: Passage) -> None:
        """Sort one passage."""
        text = passage.window.text
        if not passage.explicit:
            self.groups[-1][-1].passages.append(passage)
        elif "@" in text and text.lstrip().startswith("@"):
            program = self._parse(passage)
            self.troubles.extend(program.troubles)
            for statement in program.statements:
                if isinstance(statement, Directive):
                    self._direct(statement)
        elif ":" not in text or not self._declares(passage):
            self.groups[-1][-1].passages.append(passage)

    def _parse(self, passage: Passage) -> Program:
        return stating(passage.window, self.notation).parse(passage.window)

    def _declares(self, passage: Passage) -> bool:
        program = self._parse(passage)
        code = declared_in_code(passage.window) if program.troubles else None
        program = Program([code]) if code else program
        kind = "declaration" if passage.window.is_verbatim else "stated"
        found = [Placed(each, kind, passage.cell) for each in program.statements if isinstance(each, Declaration)]
        stated = self.groups[-1][-1].stated
        stated.declarations.extend(found)
        if found or (program.troubles and program.troubles[0].code == "SC112"):
            self.troubles.extend(program.troubles)
            return True
        return False

    def _direct(self, directive: Directive) -> None:
        stated = self.groups[-1][-1].stated
        if directive.name == "convention":
            self.groups[-1].append(self._part(stated, directive))
        elif directive.name == "reset":
            self.groups.append([self._part(Contents(), self.groups[-1][-1].convention)])
        elif directive.name == "include":
            self._read_included(directive, stated)
        elif directive.name in STATING:
            stated.directives.append(directive)
        else:
            what = f"unknown directive @{directive.name}; choose from @{', @'.join(STATING)}"
            self.troubles.append(Trouble("SC113", directive.span, {"what": what}))

    def _read_included(self, directive: Directive, stated: Contents) -> None:
        """Add what an included file declares; the same file once more declares nothing new."""
        name = directive.rest.strip()
        if name in stated.included or self._is_full:
            return
        included = self.include(name) if self.include else "only a file can include another"
        if isinstance(included, str):
            what = f"cannot include `{directive.rest}`: {included}"
            self.troubles.append(Trouble("SC113", directive.span, {"what": what}))
            return
        stated.included.add(name)
        declarations = [each for each in included.statements if isinstance(each, Declaration)]
        self._included += len(declarations)
        if included.troubles or self._included > MOST_INCLUDED:
            usual = Trouble("SC104", NOWHERE, {"what": f"more than {MOST_INCLUDED:,} included declarations"})
            limit = next(iter(included.troubles), usual)
            self.troubles.append(Trouble(limit.code, directive.span, limit.words))
            self._is_full = True
            return
        stated.declarations.extend(Placed(each, "include", file=name) for each in declarations)
