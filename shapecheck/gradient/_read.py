"""Read the graphs of a source: its statements, checked in order, sorted into graphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..choose import voted
from ..documents import Passage
from ..notations.plain import notation as plain
from ..opening import open_sections
from ..ops import by_call
from ..ops.derivatives import LAID_OUT
from ..sections import Include, Section
from ..settings import Settings
from ..survey import is_log
from ..symbols import OF_NUMBER, SECOND
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Program, Scope, put, unplaced, walk, with_args, without
from ..text import Piece, Source, Span, Window
from ._changes import is_zero
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
    """The statements in order, where a name is defined after its use after a first look at them all."""
    first = list(_pass(section))
    again = any(record.checked.unknown and not record.section.notation.is_code for record in first)
    return list(_pass(section)) if again else first


def _pass(section: Section) -> Iterator[Record]:
    definitions = Definitions()
    for passage in section.part.passages:
        there = section.at(passage)
        there.enter(passage)
        function = ""
        program = there.program(passage)
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


class Definitions:
    """What has been defined so far: the function's name, its arguments, its value."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Name, tuple[Name, ...], Node]] = {}

    def learn(self, equation: Equation) -> None:
        """Keep an equation that defines a function of names."""
        left, *others = equation.members
        if len(others) != 1 or type(left) is not Apply or not is_definition(left):
            return
        function, *arguments = left.args
        names = tuple(each for each in arguments if type(each) is Name)
        if type(function) is Name and not _calls(others[0], _letter(function)):
            self._known[_letter(function)] = function, names, others[0]

    def put(self, equation: Equation) -> Equation:
        """An equation with what is defined in place of its calls, and `f'(x)` as the derivative of that by x."""
        if not self._known:
            return equation
        first, *others = equation.members
        members = (self._derivative(first), *(put(other, self._filled, with_args) for other in others))
        same = all(new is old for new, old in zip(members, equation.members, strict=True))
        return equation if same else Equation(members, equation.sign, equation.span)

    def _filled(self, node: Node) -> Node | None:
        """The value of a call, or where it has the arguments of the definition the function's name; else None."""
        if type(node) is not Apply or node.op != "call":
            return None
        function, *arguments = node.args
        known = self._known.get(_letter(function))
        if known is None or len(known[1]) != len(arguments):
            return None
        if list(known[1]) == arguments:
            return known[0]
        values = {name.base: argument for name, argument in zip(known[1], arguments, strict=True)}
        return unplaced(_with(known[2], values))

    def _derivative(self, node: Node) -> Node:
        if type(node) is not Apply or node.op != "call" or len(node.args) != 2:
            return node
        primed, argument = node.args
        if type(primed) is not Apply or primed.op != "prime":
            return node
        known = self._known.get(_letter(primed.args[0]))
        if known is None or type(argument) is not Name or len(known[1]) != 1:
            return node
        value = _with(known[2], {known[1][0].base: argument})
        return Apply("derivative", (value, argument), {"elementwise": True}, node.span, "'")


def is_definition(node: Node) -> bool:
    """Whether a left side is a call of names by a function that nobody knows: `f(x)`, `L(a, y)`, `J(θ)`."""
    if type(node) is not Apply or node.op != "call" or node.params:
        return False
    function, *arguments = node.args
    named = type(function) is Name and _letter(function) not in KNOWN and function.base not in by_call()
    return named and all(type(each) is Name and not each.indices for each in arguments)


KNOWN = frozenset(("σ", "sigma"))
"""Functions that have a meaning besides those that are operations."""


def _letter(function: Node) -> str:
    if type(function) is not Name:
        return ""
    return function.base.removeprefix("\\mathcal{").removeprefix("\\").strip("{}")


def _calls(node: Node, letter: str) -> bool:
    if type(node) is not Apply:
        return False
    return (node.op == "call" and _letter(node.args[0]) == letter) or any(_calls(each, letter) for each in node.args)


def _with(node: Node, values: dict[str, Node]) -> Node:
    """A value with the arguments in place of the names that stand for them."""
    return put(node, lambda part: values.get(part.base) if type(part) is Name and not part.indices else None, with_args)
