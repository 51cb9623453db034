"""The shapes of a statement step by step: each part as its author wrote it, what it does, and the shapes it takes."""

from __future__ import annotations

from collections.abc import Iterator

from ..formats._cells import one_line, width
from ..infer import Checked
from ..ops import every, ops
from ..ops.arithmetic import UPDATES
from ..sections import Section
from ..shapes.dims import Shape, show
from ..syntax.nodes import Apply, Equation, Name, Node, Number, walk
from ..text import Source
from ..values import NamedTuple
from ._context import Context, extent
from ._origins import known

_SIGNS = {op: f" {sign[0]} " for sign, op in UPDATES.items()}
GAP = "   "
"""What stands between two columns of a drawn tree."""
NARROWEST = 20
"""The fewest columns for the text of a node."""


class Branch(NamedTuple):
    """A part of a statement: its text, what it does, the shapes, whether it fits, and the parts it is made of."""

    text: str
    operation: str
    shapes: str
    fits: bool = True
    parts: tuple[Branch, ...] = ()


class DrawnLine(NamedTuple):
    """A line of a drawn tree: its branches with the text, what it does, the shapes, and whether it fits."""

    text: str
    operation: str
    shapes: str
    fits: bool


def tree(checked: Checked, section: Section, source: Source) -> Branch:
    """The steps of a statement, the whole of it first."""
    return _Walk(checked, section, source).statement(checked.equation)


def rows(step: Branch, columns: int | None = None) -> list[DrawnLine]:
    """The tree drawn with branches, its columns aligned.

    Where it would be too wide long texts are shortened, and then what each step does is left out.
    """
    drawn = list(_drawn(step, "", ""))
    texts, operations = max(width(row.text) for row in drawn), max(width(row.operation) for row in drawn)
    if columns is not None:
        rest = columns - max(width(row.shapes) for row in drawn) - 2 * len(GAP)
        if rest - operations < min(texts, NARROWEST):
            drawn, operations, rest = [row._replace(operation="") for row in drawn], 0, rest + len(GAP)
        texts = min(texts, max(rest - operations, NARROWEST))
    return [
        DrawnLine(_padded(_shortened(row.text, texts), texts), _padded(row.operation, operations), row.shapes, row.fits)
        for row in drawn
    ]


def _shortened(text: str, columns: int) -> str:
    """A text without its middle, where it is wider than that."""
    if width(text) <= columns:
        return text
    head, tail = (columns - 1) * 2 // 3, 0
    while width(text[len(text) - tail - 1 :]) < columns - head:
        tail += 1
    while width(text[:head]) > (columns - 1) * 2 // 3:
        head -= 1
    return f"{text[:head]}…{text[len(text) - tail :]}"


def _drawn(step: Branch, before: str, below: str) -> Iterator[DrawnLine]:
    yield DrawnLine(before + step.text, step.operation, step.shapes, step.fits)
    for number, part in enumerate(step.parts, 1):
        last = number == len(step.parts)
        yield from _drawn(part, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


class _Walk(Context):
    """The walk over one statement."""

    def __init__(self, checked: Checked, section: Section, source: Source) -> None:
        super().__init__(checked, source)
        self._section = section
        self._origin = source
        self._failed = {id(fact.node): fact for fact in checked.failures}
        self._whole = checked

    def statement(self, equation: Equation) -> Branch:
        first, *others = equation.members
        if not others:
            return self.step(first)
        shape = self._whole.shape
        shapes, fits = "?" if shape is None else show(shape), True
        for fact in self._whole.failures:
            if fact.kind in ("sides", "gradient"):
                shapes, fits = " ≠ ".join(map(show, fact.shapes)), False
        text = " ".join(self._origin.slice(equation.span).split())
        return Branch(one_line(text), "", shapes, fits, tuple(map(self.step, others)))

    def step(self, node: Node) -> Branch:
        """A node with what is below it."""
        text = one_line(self.spelled(node))
        if type(node) is Name:
            return Branch(text, self._origin_of(node), self._shown(node))
        if type(node) is Number or self._is_scalar(node):
            return Branch(text, "number" if type(node) is Number else "scalar", self._shown(node))
        assert type(node) is Apply
        failed = self._failed.get(id(node))
        fits = failed is None or failed.kind in ("sides", "gradient")
        args = [_unsigned(argument) if node.op == "add" else argument for argument in node.args]
        shapes = self._equation(node, args) if fits else f"{self._operands(node, args)} do not fit"
        return Branch(text, self._operation(node), shapes, fits, tuple(map(self.step, args)))

    def _origin_of(self, name: Name) -> str:
        found = known(self._section, name, self._origin)
        return f"{self._section.convention.name} convention" if found.kind == "convention" else found.words

    def _is_scalar(self, node: Node) -> bool:
        return all(self._shapes.get(id(part)) == () for part in walk(node))

    def _shown(self, node: Node) -> str:
        shape: Shape | None = self._shapes.get(id(node), ())
        return "?" if shape is None else show(shape)

    def _equation(self, node: Apply, args: list[Node]) -> str:
        sign = " = " if self.op(node) in (*_SIGNS, *every("product")) else " → "
        operands = self._operands(node, args)
        return f"{operands}{sign}{self._shown(node)}" if operands else self._shown(node)

    def _operands(self, node: Apply, args: list[Node]) -> str:
        """The shapes that go in: `(n1×n2)(n2×m)`, `n1×m * n1×m`, `n1×m, n1×1`; a product's scalars are left out."""
        op = self.op(node)
        shown = [self._shown(argument) for argument in args]
        if op in every("product"):
            matrices = [text for text in shown if text != "()"]
            return "".join(text if text[0] == "(" else f"({text})" for text in matrices) if len(matrices) > 1 else ""
        return _SIGNS.get(op, ", ").join(shown)

    def _operation(self, node: Apply) -> str:
        op = self.op(node)
        if op in every("product", "multiplication"):
            matrices = sum(self._shapes.get(id(argument)) != () for argument in node.args)
            return "scaling" if matrices < 2 else "elementwise product" if op == "hadamard" else "matrix product"
        if op == "sum_over":
            return f"sum over {node.params.get('index', 'an index')}"
        if op == "activation":
            return f"{node.params['name']}{chr(39) * node.params.get('order', 0)} of each entry"
        found = ops().get(op)
        if found is None:
            return "not known" if op == "unknown" else op.replace("_", " ")
        if found.is_a("reduction"):
            return _reduction(found.noun, node)
        return found.noun if found.is_a("multiple") or not found.is_a("function") else f"{found.noun} of each entry"


def _reduction(word: str, node: Apply) -> str:
    axis = node.params.get("axis")
    if axis is None:
        return f"{word} of all entries" if word != "norm" else word
    if type(axis) is tuple:
        where = f"axes {', '.join(map(str, axis))}"
    else:
        where = f"axis {axis}" if type(axis) is int else "an axis"
    return f"{word} over {where}{', kept as 1' if node.params.get('keepdims') else ''}"


def _unsigned(term: Node) -> Node:
    """A subtracted term without its sign."""
    return term.args[0] if type(term) is Apply and term.op == "neg" and extent(term.args[0]) else term
