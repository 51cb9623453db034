"""A statement's trees as code: each sign in the reading that holds, `@` between arrays and `*` with scalars."""

from __future__ import annotations

from ..derivation.dialects._dialect import Dialect
from ..gradient._variables import moment
from ..infer import Checked
from ..ops import is_a
from ..shapes.dims import Shape
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, name_of, walk
from ._context import DERIVATIVE_SIGNS, NoIndices

_UNWRITTEN = {
    "sum_over": "a sum over an index",
    "sigma": "a sum over an index",
    "unknown": "a part that is not understood",
}


def in_code(checked: Checked, dialect: Dialect) -> Equation:
    """The statement as a tree that a dialect writes; raises ValueError, which says why there is none."""
    reader = _CodeTrees(checked)
    members = tuple(map(reader.node, checked.equation.members))
    for node in walk(*members):
        if is_a(node, "derivative"):
            raise NoIndices(
                f"the derivative of an array with respect to an array cannot be written in {dialect.language}"
            )
        if type(node) is Apply and node.op in _UNWRITTEN:
            raise NoIndices(f"{_UNWRITTEN[node.op]} cannot be written in {dialect.language}")
    tree = dialect.tree(lambda node: reader.shapes.get(id(node)), dialect.name(None))
    return Equation(tuple(map(tree, members)), checked.equation.sign, checked.equation.span)


class _CodeTrees:
    """The trees with each operation in its reading, and the shapes of the new nodes."""

    def __init__(self, checked: Checked) -> None:
        self.shapes: dict[int, Shape | None] = dict(checked.shapes)
        self._readings = checked.readings
        self._kept: list[Node] = []

    def node(self, node: Node) -> Node:
        """The node in its reading."""
        if type(node) is Name and node.text in DERIVATIVE_SIGNS:
            return self._known(node, name_of(node.key.replace("[", "").replace("]", "")))
        if type(node) is Name:
            return self._known(node, Name(node.text, node.base, node.indices, key=moment(node)))
        if type(node) is not Apply:
            return node
        if node.op == "called":
            return self.node(node.args[0])
        op = self._readings.get(id(node), node.op)
        op = "product" if op == "dot" else op
        return self._known(node, Apply(op, tuple(map(self.node, node.args)), node.params, NOWHERE))

    def _known(self, before: Node, after: Node) -> Node:
        self.shapes[id(after)] = self.shapes.get(id(before))
        self._kept.append(after)
        return after
