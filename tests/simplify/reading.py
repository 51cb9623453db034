"""Formulas as settled trees with the shapes of all that is built from them."""

from __future__ import annotations

from shapecheck.check import statements
from shapecheck.infer import Checked
from shapecheck.infer.engine import Engine
from shapecheck.notations import notations
from shapecheck.sections import Section
from shapecheck.settings import Settings
from shapecheck.shapes.dims import Shape
from shapecheck.syntax.nodes import Apply, Name, Node, Number
from shapecheck.text import Source

SHAPES = (
    *("X: n0 x m", "W1: n1 x n0", "W2: n2 x n1", "b1: n1 x 1", "Z1, A1, D: n1 x m", "Z2, A2, Y: n2 x m"),
    *("G: m x n1", "P, T: m x k", "S: k x k", "u, v: k", "lam, t: scalar"),
)


class Formula:
    """One expression, settled, with the section that knows its names."""

    def __init__(self, text: str, shapes: tuple[str, ...] = SHAPES) -> None:
        source = Source(text, "<formula>")
        ((self.section, self.checked),) = statements(source, Settings(shapes=shapes, convention="none"))
        self.tree = bare(self.checked.equation.members[-1])

    def shape_of(self, node: Node) -> Shape | None:
        """The shape of any tree over the same names."""
        return shape_of(self.section, node)


def shape_of(section: Section, node: Node) -> Shape | None:
    """The shape of a tree over the names of a section."""
    statements = section.statements
    return Engine(section.table, section.survey.reading, statements.solver).shape(node)


def bare(node: Node) -> Node:
    """A tree without the places and signs of its author's text."""
    if type(node) is Name:
        return Name(node.text, node.base, node.indices, key=node.key)
    if type(node) is Number:
        return Number(node.text)
    assert type(node) is Apply
    params = {
        name: bare(value) if isinstance(value, Name | Number | Apply) else value for name, value in node.params.items()
    }
    return Apply(node.op, tuple(map(bare, node.args)), params)


def plain(node: Node) -> str:
    """A tree in plain text."""
    form = notations["plain"]
    return form.write(node, "", form.style)


def settled(checked: Checked, section: Section) -> Node:
    """The value of a statement."""
    return bare(checked.equation.members[-1])
