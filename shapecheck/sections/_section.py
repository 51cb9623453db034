"""A section: statements under one convention, with their shared table of names and what their file states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from ..conventions import BUILT_IN, DEFAULT, Convention, Layout
from ..documents import Passage
from ..infer import Assignments, Checked, Statements
from ..notations import Notation, notations
from ..resolve import jacobian_name, layered_name, resolver
from ..shapes.dims import TooLong, number
from ..survey import Survey, function_of, indexed
from ..syntax.nodes import Apply, Directive, Equation, Name, Node, Program, Scope, Trouble
from ..table import Entry, Origin, Table
from ._noted import Notes
from ._parts import Part, Placed, spoken


class Section:
    """Statements under one convention: they share a table of names.

    `asked` says that the convention was asked for, `is_open` that the formulas still have to vote for one, `given_up`
    which one they speak against although it is the usual one. Passages below the headings in `alone` do not use what is
    said below others. The `resolver` and the `statements` are for formulas in its `notation`; `speaking` gives the
    section for another.
    """

    def __init__(
        self,
        part: Part,
        known: Survey,
        convention: Convention,
        notation: Notation,
        asked: bool,
        *,
        is_open: bool = False,
        given_up: Convention | None = None,
        numerator_layout: bool = False,
        general: bool = False,
    ) -> None:
        self.part = part
        self.survey = known
        self.convention = convention
        self.asked = asked
        self.is_open = is_open
        self.given_up = given_up
        self.troubles: list[Trouble] = []
        self.unrolled = 0
        self.notes = Notes((), known)
        self.alone: frozenset[tuple[int, ...]] = frozenset()
        self.table = Table(Layout(convention, known), numerator_layout, general)
        self.table.losses.update(known.losses)
        self.table.counts, self.table.numbers = known.counts, known.reading.numbers
        self.table.used, self.table.will_be_assigned = known.used, known.assigned
        self.table.several = known.reading.examples
        self._speak(notation, of_mathematics=not notation.is_program)
        self._state()

    @cached_property
    def usual_layout(self) -> Layout:
        """The layout in which the usual convention would lay what stands here."""
        return Layout(BUILT_IN[DEFAULT], self.survey)

    def note(self, notes: Notes) -> None:
        """Use the shapes that the author states in passing where nothing better is known."""
        self.notes = notes

    def enter(self, passage: Passage) -> None:
        """Move to a passage: what is stated below its headings applies now."""
        self.table.enter(passage.scope)
        self.table.cell = passage.cell
        self.table.function = Scope("")
        if self.table.quantities is not None:
            self.table.quantities.begin(self.table.function)
            self.table.quantities.apart = passage.scope in self.alone
            for key in self.table.quantities.enter(passage.scope):
                self.table.assigned.pop(key, None)
        self.statements.begin_function("")
        self.begin(passage.window.start, passage.cell)

    def begin_function(self, scope: Scope) -> None:
        """Move to a function of a program, with its own names and what is stated for it."""
        self.table.begin_function(scope)
        self.statements.begin_function(scope.name)
        self.begin(scope.span.start)

    def begin(self, at: int, cell: int | None = None) -> None:
        """Move to an offset, such as another function: what is stated for it applies now."""
        table = self.table
        if not self.notes and not table.left:
            return
        held = self.notes.holding(table.scope, at, cell, is_code=self.notation.is_code)
        if self.notation.is_code or table.scope in self.alone:
            table.note(held, {})
        else:
            borrowed, ended = self.notes.borrowed(table.scope)
            left = {key: entry for key, (place, entry) in table.left.items() if place not in ended}
            table.note({**borrowed, **held} if borrowed else held, left)

    def stand_alone(self, scopes: frozenset[tuple[int, ...]], assigned: Mapping[str, Entry]) -> None:
        """Start again with what was assigned before, without what is said below other headings."""
        self.alone = scopes
        self.table.start_again(assigned)
        self._others.clear()

    def _speak(self, notation: Notation, of_mathematics: bool) -> None:
        self.notation = notation
        self.resolver = resolver(self.table, self.survey.reading, notation)
        reads = (self.table, self.survey.reading, not notation.has_ranks, not notation.is_code)
        self.statements = Assignments(*reads, of_mathematics) if notation.is_code else Statements(*reads)
        self._others: dict[str, Section] = {}

    def speaking(self, notation: Notation, of_mathematics: bool = False) -> Section:
        """The section for formulas of a notation; the table is the same. Lines of Python may be `of_mathematics`."""
        if notation is self.notation:
            return self
        key = f"{notation.name} of mathematics" if of_mathematics and notation.is_program else notation.name
        if key not in self._others:
            found = self._others[key] = self._copied()
            found._speak(notation, of_mathematics or not notation.is_program)
        return self._others[key]

    def at(self, passage: Passage) -> Section:
        """The section for the formulas of a passage."""
        written = spoken(passage.window, self.notation, self.survey.declared)
        return self.speaking(written, of_mathematics=not notations[passage.window.notation].is_program)

    def program(self, passage: Passage) -> Program:
        """What a passage says in the notation of this section."""
        return self.part.program(passage, self.notation, self.survey.declared)

    def equations(self, passages: Iterable[Passage]) -> list[tuple[Notation, Equation]]:
        """The equations and expressions of some passages, each with its notation."""
        found: list[tuple[Notation, Equation]] = []
        for passage in passages:
            there = self.at(passage)
            found.extend((there.notation, each) for each in there.program(passage).statements if type(each) is Equation)
        return found

    def tried(self, written: tuple[Notation, Equation]) -> Checked:
        """What would be known about a parsed statement if it were alone here."""
        notation, statement = written
        there = self.speaking(notation)
        return there.statements.trial(there.resolver.resolve(statement), {})

    def alternative(self, convention: Convention) -> Section:
        """The same statements under another convention."""
        found = self._others.get(f"@{convention.name}")
        if found is None:
            found = self._others[f"@{convention.name}"] = self._again(convention, asked=True)
        return found

    def returning(self, part: Part) -> Section:
        """Another part under the same convention, with the same table: what is declared is read once."""
        found = self._copied()
        found.part = part
        return found

    def _copied(self) -> Section:
        from copy import copy

        return copy(self)

    def transposed(self) -> Section:
        """The same statements with every gradient transposed."""
        return self._again(self.convention, self.asked, numerator_layout=True)

    def generalised(self) -> Section:
        """The same statements, with a convention's dimensions that are stated to be 1 left open."""
        if "1" not in self._others:
            self._others["1"] = self._again(self.convention, self.asked, general=True)
        return self._others["1"]

    def _again(
        self, convention: Convention, asked: bool, *, numerator_layout: bool = False, general: bool = False
    ) -> Section:
        """The same statements, with what is noted of their names, in another layout."""
        told = (self.part, self.survey, convention, self.notation, asked)
        found = Section(*told, numerator_layout=numerator_layout, general=general)
        found.note(self.notes)
        found.table.applied, found.table.entrywise = self.table.applied, self.table.entrywise
        found.alone = self.alone
        return found

    def _state(self) -> None:
        for directive in self.part.stated.directives:
            self._direct(directive)
        for declared in self.part.stated.declarations:
            for name in declared.declaration.names:
                self._declare(name, declared)

    def _declare(self, node: Node, declared: Placed) -> None:
        declaration, kind, cell, file = declared
        node = self._applied(self._with_superscript(node))
        settled, shape = self.resolver.node(node), self.survey.declared.shape(declaration.shape)
        if type(settled) is Apply and settled.op == "transpose":
            settled, shape = settled.args[0], shape[::-1]
        if type(settled) is Apply and settled.op == "jacobian":
            settled = self._jacobian(settled)
        if type(node) is Apply and node.op == "call" and not (type(settled) is Apply and settled.op == "activation"):
            return
        while type(settled) is Apply and settled.args:
            settled = settled.args[-1]
        if type(settled) is not Name:
            return
        reading = self.survey.reading
        symbol = reading.symbol(node.base, node.indices) if type(node) is Name else reading.by_key[settled.key]
        if type(node) is Name and node.indices and node.indices[-1].kind in "[<":
            self.table.naming.listed.add(symbol.key)
        place = declaration.span if kind in ("declaration", "stated") else None
        if symbol.base[0] == "δ" and len(symbol.base) > 1:
            self.table.composed.add(symbol.key)
        try:
            before = self.table.state(symbol, shape, Origin(kind, place, cell=cell, file=file))
        except TooLong as limit:
            self.troubles.append(Trouble("SC104", declaration.span, {"what": str(limit)}))
            return
        if before is not None:
            words = {"name": settled.text, "before": before, "now": declaration.shape}
            self.troubles.append(Trouble("SC111", declaration.span, words))

    def _jacobian(self, node: Apply) -> Node:
        """The derivative of an array by an array, which is declared, as a name."""
        numerator, variable = node.args
        if type(numerator) is not Name or type(variable) is not Name:
            return node
        return jacobian_name(self.resolver, node, numerator, variable, stated=False) or node

    def _applied(self, node: Node) -> Node:
        """The function that is declared with its arguments, `h(t): n`, or the one of a list, `z(2): n`."""
        function = function_of(node)
        if function is None or type(node) is not Apply or self.notation.opening == "(":
            return node
        reading = self.survey.reading
        is_applied = reading.symbol(function.base, function.indices).key in reading.marks.applied
        return function if is_applied else indexed(node) or node

    def _with_superscript(self, node: Node) -> Node:
        """What is declared, with its bare superscript as an index: `δ¹: 3 x 1`."""
        layered = layered_name(node) if type(node) is Apply and node.op == "superscript" else None
        if layered is None:
            return node
        self.table.composed.add(self.survey.reading.symbol(layered.base, layered.indices).key)
        return layered

    def _direct(self, directive: Directive) -> None:
        words = directive.rest.replace(",", " ").split()
        match directive.name:
            case "elementwise":
                self.table.elementwise.update(words)
            case "loss":
                self.table.losses.update(words)
            case "sizes":
                self._size(directive)
            case "unroll":
                self._unroll(directive)

    def _unroll(self, directive: Directive) -> None:
        """How many steps in time gradients go through."""
        count = directive.rest.strip()
        if count.isdecimal() and 0 < len(count) < 3 and int(count):
            self.unrolled = int(count)
        else:
            what = f"@unroll takes a number of time steps, as in @unroll 3, not `{count}`"
            self.troubles.append(Trouble("SC113", directive.span, {"what": what}))

    def _size(self, directive: Directive) -> None:
        for part in directive.rest.replace(",", " ").split():
            name, _, value = part.partition("=")
            if name and value.isdecimal() and 0 < len(value) < 10 and int(value):
                self.table.size(name, number(int(value)))
            else:
                what = f"write sizes as n0=3, m=5, not `{part}`"
                self.troubles.append(Trouble("SC113", directive.span, {"what": what}))
