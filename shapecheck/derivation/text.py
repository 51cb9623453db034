"""The lines of a derivation as text, in each notation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from ..gradient import Graph
from ..notations import Notation, notations
from ..notations._style import Style
from ..notations.plain import notation as plain
from ..shapes.dims import Shape
from ..simplify import ShapeOf, key
from ..syntax.nodes import Apply, Equation, Name, Node, Number, name_of, put, walk
from . import Derivation, DerivedLine
from ._names import Identifiers
from ._numpy_forms import Unwritten
from ._parts import pieces
from ._put import added, unpacked
from ._spelling import Spelling
from ._wanted import variable
from .dialects import dialect_of

LONGEST = 160
"""The longest line of a derivation, in characters; a longer one is split."""
_MOST = 100
"""The longest part that becomes a line of its own."""


def text_of(derivation: Derivation, form: str | None = None) -> list[str]:
    """A line for each gradient in a notation or in sympy, by default in the notation of the forward pass.

    If a gradient cannot be written in it, its line is a comment that says why.
    """
    graph = derivation.graph
    own = notation_of(graph)
    if form not in (None, *notations.names):
        return list(_expressions(derivation))
    notation: Notation = notations[form] if form else own
    spelling = Spelling(graph, notation, notation is own)
    dialect = dialect_of(notation)
    if dialect is None:
        return list(_Lines(derivation, spelling.tree, spelling.name, notation, spelling.style).texts())
    name = dialect.name(spelling)
    style = notation.style if notation.has_ranks else spelling.style
    lines = list(_Lines(derivation, dialect.tree(graph.shape_of, name), name, notation, style).texts())
    return [*dialect.head(graph, lines, name), *lines] if dialect.head else lines


def notation_of(graph: Graph) -> Notation:
    """The notation of the last formula of the forward pass."""
    at = graph.steps[-1].span.start
    passages = graph.section.part.passages
    last = [passage for passage in passages if passage.window.start <= at]
    return (graph.section.at(last[-1]) if last else graph.section).notation


class _Lines:
    """The lines of one derivation in a notation: `tree` makes its trees of settled ones, `name` calls variables."""

    def __init__(
        self,
        derivation: Derivation,
        tree: Callable[[Node], Node],
        name: Callable[[Name], str],
        notation: Notation,
        style: Style,
    ) -> None:
        self._derivation = derivation
        self._tree = tree
        self._name = name
        self._notation = notation
        self._style = style
        graph = derivation.graph
        self._free = (name_of(f"t{number}") for number in count(1) if f"t{number}" not in graph.names)

    def texts(self) -> Iterator[str]:
        """The lines in order."""
        for line in self._derivation.lines:
            try:
                yield from list(self._of_line(line))
            except Unwritten as reason:
                yield f"{self._notation.remark} {self._name(line.name)}: {reason}"

    def _of_line(self, line: DerivedLine) -> Iterator[str]:
        """A gradient, after the lines that hold parts of it; what comes back to parts of an array is added to it."""
        graph = self._derivation.graph
        rest, parts = pieces(line.value)
        zeros = Apply("zeros_like", (variable(graph, line.of),)) if parts and rest is None else None
        whole = line._replace(value=zeros or rest or line.value)
        if self._notation.is_code:
            before, value = unpacked(whole.value, self._free)
            for array, begun, part in before:
                yield self._text(DerivedLine(array.key, array, begun))
                yield from self._put(array, part)
            whole = whole._replace(value=value)
        yield from map(self._text, short(whole, self._text, graph.shape_of, self._free))
        for part in parts:
            yield from self._put(line.name, part)

    def _put(self, array: Name, part: Apply) -> Iterator[str]:
        yield from added(array, part, self._written, self._notation, self._derivation.graph.shape_of)

    def _text(self, line: DerivedLine) -> str:
        return f"{self._name(line.name)} = {self._written(line.value)}{self._notation.stop}"

    def _written(self, node: Node) -> str:
        return self._notation.write(self._tree(node), style=self._style)


def _expressions(derivation: Derivation) -> Iterator[str]:
    """Each line as an equation of sympy's matrices; raises NotAMatrix where there is none."""
    from ..symbolic import NotAMatrix, to_sympy

    shape_of, name = derivation.graph.shape_of, Identifiers()
    for line in derivation.lines:
        shapes: dict[int, Shape | None] = {}
        members = tuple(_plainly_named(side, shape_of, shapes, name) for side in (line.name, line.value))
        try:
            yield str(to_sympy(Equation(members, "="), shapes))
        except NotAMatrix as error:
            text = plain.write(error.node) if error.node is not None else ""
            raise (NotAMatrix(f"{text} {error.what}") if text else error) from error


def _plainly_named(node: Node, shape_of: ShapeOf, shapes: dict[int, Shape | None], name: Identifiers) -> Node:
    """The tree with names of Python, and the shapes of its nodes by their `id`."""
    found: Node = node
    if type(node) is Name:
        found = name_of(name(node))
    elif type(node) is Apply:
        args = tuple(_plainly_named(argument, shape_of, shapes, name) for argument in node.args)
        found = Apply(node.op, args, node.params)
    shapes[id(found)] = () if type(found) is Number else shape_of(node)
    return found


def short(
    line: DerivedLine, text_of: Callable[[DerivedLine], str], shape_of: ShapeOf, names: Iterator[Name]
) -> Iterator[DerivedLine]:
    """The line, after those that hold what was cut out of it."""
    while len(text_of(line)) > LONGEST:
        part = _part(line, text_of, shape_of)
        if part is None:
            break
        name = next(names)
        yield DerivedLine(name.key, name, part)
        line = line._replace(value=_without(line.value, part, name))
    yield line


def _part(line: DerivedLine, text_of: Callable[[DerivedLine], str], shape_of: ShapeOf) -> Node | None:
    """The longest array within a value that makes a short line itself."""
    parts = [node for node in walk(line.value) if type(node) is Apply and node is not line.value and shape_of(node)]
    lengths = [(len(text_of(line._replace(value=node))), node) for node in parts if node.op != "transpose"]
    return max((each for each in lengths if each[0] <= _MOST), key=lambda each: each[0], default=(0, None))[1]


def _without(node: Node, part: Node, name: Name) -> Node:
    """A tree with a name in place of every part that is equal to one."""
    own = key(part)
    return put(node, lambda each: name if type(each) is Apply and key(each) == own else None)
