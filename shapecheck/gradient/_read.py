"""Read the graphs of a source: its statements, checked in order, sorted into graphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..choose import voted
from ..documents import Passage
from ..notations.plain import notation as plain
from ..opening import open_sections
from ..ops.derivatives import LAID_OUT
from ..sections import Include, Section
from ..settings import Settings
from ..survey import is_log
from ..symbols import OF_NUMBER, SECOND
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Program, Scope, unplaced, walk, without
from ..text import Piece, Source, Span, Window
from ._changes import is_zero
from ._definitions import Definitions, is_definition
from ._derivatives import is_derivative
from ._differentials import changed_in
from ._graph import Graph
from ._programs import build
from ._record import Record

MOST = 500
"""The most passages that vote for a convention; a text with more has to stay fast."""


def graphs(source: Source, settings: Settings | None = None, include: Include | None = None) -> list[Graph]:
    """The graphs of a source: one for each section, in a program one for each pass forward."""
    found, _ = open_sections(source, settings or Settings(), include)
    sections = map(laid_out, found)
    return [graph for section in sections for graph in section_graphs(section, section_records(section))]


def section_graphs(section: Section, records: Sequence[Record], beside: Sequence[str] = ()) -> list[Graph]:
    """The graphs of a section's statements; `beside` holds equations in plain text that its author leaves out."""
    return build([*records, *_unwritten(section, beside)], section)


def _unread(program: Program, statement: Equation, section: Section, passage: Passage) -> str:
    """The part of a statement that could not be read, "" where all of it is."""
    start, end = statement.span
    whole = not section.notation.is_program
    near = [each for each in program.troubles if whole or (each.span.start < end and start < each.span.end)]
    troubles = [*near, *section.resolver.troubles]
    return f"`{_text(passage, troubles[0].span)}`" if troubles else ""


def _text(passage: Passage, span: Span) -> str:
    """The text of a span of a passage, all of it where macros stand between."""
    window = passage.window
    text = window.text[span.start - window.start : span.end - window.start] if len(window.pieces) == 1 else window.text
    return " ".join((text or window.text).split())


def _differentiated(equation: Equation, section: Section) -> str:
    """The key of what the first derivative on the left side is of: `f` in `∂f/∂x` and `∇²f`, `J` in `∇_θ J(θ)`."""
    for member in equation.members[:-1]:
        member = without(member, "transpose")
        if type(member) is Apply and member.op in ("derivative", "hessian"):
            above = member.args[0]
            while type(above) is Apply and above.op == "call":
                above = above.args[-1 if is_log(above.args[0]) else 0]
            return section.resolver.symbol(above).key if type(above) is Name else ""
    return ""


def _is_claim(equation: Equation, section: Section) -> bool:
    """Whether an equation says what a derivative is: not where a sum of it begins, nor under which key it is kept."""
    *left, value = equation.members
    if not left or is_zero(value):
        return False
    if any(changed_in(member) is not None for member in left):
        return any(_is_derivative(node, section) for node in walk(value))
    kept = type(value) is Name and any(type(each) is Name and _entry(each) == value.text for each in left)
    return not kept and any(_is_derivative(member, section) for member in left)


def _entry(name: Name) -> str:
    """The last part of a name: `dW1` of `grads["dW1"]`."""
    return name.indices[-1].text if name.indices else ""


def _is_derivative(node: Node, section: Section) -> bool:
    """Whether a left side is the derivative of something, as far as that is known."""
    if type(node) is Name:
        if node.key.startswith((OF_NUMBER, SECOND)):
            return True
        symbol = section.survey.reading.by_key.get(node.key)
        return symbol is not None and bool(symbol.of) and not symbol.is_change and section.table.is_gradient(symbol)
    if type(node) is Apply and node.op == "transpose" and type(node.args[0]) is Name:
        return node.args[0].text in LAID_OUT and _is_derivative(node.args[0], section)
    return type(node) is Apply and is_derivative(node)


def _defined(equation: Equation, section: Section) -> Name | None:
    """The function that an equation defines, as a name: `J` in `J(θ) = …`; of a call of a known one there is none."""
    target = equation.members[0]
    if len(equation.members) < 2 or not is_definition(target) or type(target) is not Apply:
        return None
    function = target.args[0]
    assert type(function) is Name
    key = section.resolver.symbol(function).key
    return Name(function.text, function.base, function.indices, function.span, key)


def _unwritten(section: Section, lines: Sequence[str]) -> Iterator[Record]:
    """Equations that stand nowhere in the source."""
    there = section.speaking(plain)
    for line in lines:
        for statement in plain.parse(Window((Piece(line, 0),)), section.survey.declared).statements:
            if type(statement) is Equation:
                bare = Equation(tuple(map(unplaced, statement.members)), statement.sign, NOWHERE)
                yield Record(there.statements.check(there.resolver.resolve(bare)), there)


def laid_out(section: Section) -> Section:
    """The section in the convention that its formulas vote for; one that few vote for holds only where all fit."""
    if not section.is_open:
        return section
    vote = voted(section, section.equations(section.part.passages[:MOST]))
    there = section.alternative(vote.convention) if vote.convention else section
    fits = vote.is_clear or not any(record.checked.failures for record in section_records(there))
    return there if fits else section


def section_records(section: Section) -> list[Record]:
    """The statements in order, where a name is defined behind its use after a first look at them all."""
    first = list(_pass(section))
    again = any(record.checked.unknown and not record.section.notation.is_code for record in first)
    return list(_pass(section)) if again else first


def _pass(section: Section) -> Iterator[Record]:
    definitions = Definitions()
    for passage in section.part.passages:
        there = section.at(passage)
        there.enter(passage)
        function = ""
        program = there.notation.parse(passage.window, there.survey.declared)
        for statement in program.statements:
            if type(statement) is Equation:
                there.resolver.troubles.clear()
                there.resolver.supposes = False
                definitions.learn(statement)
                written = definitions.put(statement)
                checked = there.statements.check(there.resolver.resolve(written))
                unread = _unread(program, statement, there, passage)
                above, defines = _differentiated(written, there), _defined(written, there)
                is_claim = _is_claim(checked.equation, there)
                yield Record(checked, there, function, passage, above, defines, unread, is_claim)
            elif type(statement) is Scope:
                function = statement.name
                there.begin_function(statement)
        there.table.end_functions()
