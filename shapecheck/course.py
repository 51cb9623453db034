"""Go through the statements of a section in order, with the state of the table at each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from .documents import Passage
from .infer.assignments import is_update
from .notations._ones import is_ones
from .ops import is_a
from .sections import Section
from .symbols import ERRORS, Symbol
from .syntax.nodes import NOWHERE, Apply, Equation, Name, Node, Number, Pairing, Scope, walk
from .values import NamedTuple, replace

_CONSTANTS = frozenset("I1𝟙…")
GRADIENTS = frozenset(("grad", "grads", "gradient"))
"""Names of gradients that do not say what they are the gradient of."""
_BACKWARD = r"(?:^|_)(?:back|bprop|bwd)|backward|backprop"
"""The names of functions that run a backward pass."""
BOLD = r"\\(?:mathbf|bm|bold|boldsymbol|symbf|pmb|vec|mathbfit|symbfit)(?![a-z])"
"""How LaTeX sets a letter in bold."""
LEAST_BOLD = 2
"""How many small letters have to be bold: one may be a slip, or the one vector among arrays in plain type."""
_GIVEN = r"d[A-Z_]?\w*|\w*grad\w*|\w*delta\w*|\w*err(?:or)?\w*|upstream\w*|g\Z"
"""The names of the upstream gradient in such a function."""


class Line(NamedTuple):
    """A statement in its place: its number, its passage, the section in its notation."""

    number: int
    passage: Passage
    section: Section
    statement: Equation | Scope | Pairing

    @property
    def is_written(self) -> bool:
        """Whether its author wrote it; an equation from a followed call is not."""
        return isinstance(self.statement, Equation) and self.statement.span is not NOWHERE


def lines_of(section: Section) -> list[Line]:
    """The statements of a section, each parsed once."""
    found: list[Line] = []
    for passage in section.part.passages:
        there = section.at(passage)
        for statement in there.program(passage).statements:
            if isinstance(statement, Equation | Scope | Pairing):
                found.append(Line(len(found), passage, there, statement))
    return found


def course(lines: Iterable[Line]) -> Iterator[Line]:
    """Go through resolved statements in order, with the state of the table at each."""
    before: Line | None = None
    for line in lines:
        table = line.section.table
        if before is None or line.passage is not before.passage:
            table.end_functions()
            line.section.enter(line.passage)
        before = line
        if isinstance(line.statement, Scope):
            line.section.begin_function(line.statement)
        elif isinstance(line.statement, Pairing):
            yield line._replace(statement=_paired(line))
        else:
            yield line._replace(statement=line.section.resolver.resolve(line.statement))
    if before is not None:
        before.section.table.end_functions()


def _paired(line: Line) -> Pairing:
    resolver, pairing = line.section.resolver, line.statement
    assert isinstance(pairing, Pairing)
    one = resolver.name(pairing.one)
    return replace(pairing, one=one if type(one) is Name else pairing.one, other=resolver.node(pairing.other))


def arrays_in(section: Section, members: Iterable[Node]) -> Iterator[Symbol]:
    """The arrays of a statement: the variables of its gradients, and its other names."""
    for node in walk(*members):
        name = section.survey.reading.by_key.get(node.key) if type(node) is Name else None
        if name is None or name.component or name.base in _CONSTANTS:
            continue
        yield section.table.variable(name) if section.table.is_gradient(name) else name


def numbers_in(members: Sequence[Node]) -> set[str]:
    """The keys of the names that stand for numbers in mathematics.

    Others are divided by them, alone or below a root or a power, or they are equal to a number that is not 0. What an
    array is derived by with a d is time, or a parameter; a small letter before the ones, `c 𝟙`, is not a vector.
    """
    nodes = list(walk(*members))
    below = [node.args[1] for node in nodes if type(node) is Apply and node.op == "divide" and len(node.args) == 2]
    below.extend(node.args[1] for node in nodes if type(node) is Apply and node.op == "jacobian" and node.sign == "d")
    inner = [node.args[0] if is_a(node, "power") else node for node in below]
    if any(type(member) is Number and float(member.text) for member in members):
        inner.extend(members)
    rows = [node.args for node in nodes if type(node) is Apply and node.op == "product"]
    inner.extend(one for row in rows for one, other in pairwise(row) if _is_small(one) and _is_vector_of_ones(other))
    return {node.key for node in inner if type(node) is Name}


def _is_vector_of_ones(node: Node) -> bool:
    return type(node) is Name and is_ones(node)


def _is_small(node: Node) -> bool:
    return type(node) is Name and node.base[:1].islower()


def plain_among_bold(lines: Iterable[Line]) -> frozenset[str]:
    """The keys of the small Latin letters that are never bold, in a text that sets others in bold."""
    bold: set[str] = set()
    plain: set[str] = set()
    for line in lines:
        if isinstance(line.statement, Equation) and not line.section.notation.is_code:
            reading = line.section.survey.reading
            for node in walk(*line.statement.members):
                if type(node) is Name and len(node.base) == 1 and node.base.islower() and node.base.isascii():
                    (bold if re.match(BOLD, node.text) else plain).add(reading.symbol(node.base, node.indices).key)
    return frozenset(plain - bold) if len({key[0] for key in bold}) >= LEAST_BOLD else frozenset()


def states_numbers(equation: Equation) -> bool:
    """Whether an equation states the entries of an array, as `x = [1, 2, 3]` does, and so its shape."""
    value = equation.members[-1]
    if type(value) is Apply and value.op == "transpose":
        value = value.args[0]
    return type(value) is Apply and value.op == "block" and all(type(entry) is Number for entry in value.args)


def backward(lines: Iterable[Line]) -> frozenset[int]:
    """The numbers of the statements that speak of gradients, or of what is computed from them."""
    return frozenset(line.number for line, names in speaking(lines) if names is not None)


def speaking(lines: Iterable[Line]) -> Iterator[tuple[Line, frozenset[str] | None]]:
    """Go through statements in order, each that speaks of gradients with the keys of what was computed from them.

    A weight is not a gradient for the step that it takes.
    """
    names: set[str] = set()
    scope: Scope | None = None
    for line in course(lines):
        begun = line.section.table.function if line.section.notation.is_code else None
        if begun is not scope:
            names, scope = _given(begun), begun
        statement = line.statement
        if not isinstance(statement, Equation):
            yield line, None
            continue
        is_one = speaks_of_gradients(line.section, statement.members, names)
        yield line, frozenset(names) if is_one else None
        target = statement.members[0]
        if len(statement.members) > 1 and type(target) is Name and not (is_one and is_update(statement)):
            (names.add if is_one else names.discard)(target.key)


def _given(function: Scope | None) -> set[str]:
    """The parameters of a function that are gradients."""
    if function is None or not re.search(_BACKWARD, function.name.rpartition("/")[2]):
        return set()
    return {name for name in function.parameters if name != function.this and re.match(_GIVEN, name)}


def speaks_of_gradients(section: Section, members: Iterable[Node], names: Collection[str]) -> bool:
    """Whether some trees contain a gradient, or a name that was computed from gradients."""
    nodes = list(walk(*members))
    if any(type(node) is Apply and node.op == "jacobian" for node in nodes):
        return True
    return any(type(node) is Name and (node.key in names or _is_gradient(section, node)) for node in nodes)


def _is_gradient(section: Section, name: Name) -> bool:
    symbol = section.survey.reading.by_key.get(name.key)
    if symbol is None or not symbol.of:
        return section.notation.is_code and name.key in GRADIENTS
    entry = section.table.assigned.get(name.key)
    is_number = entry is not None and not entry.shape and section.notation.is_code
    return not is_number and (symbol.base in ERRORS or section.table.is_gradient(symbol))
