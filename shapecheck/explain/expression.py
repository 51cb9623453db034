"""The sympy expression of a checked statement: its left side has its shape, and an update is the value it gives."""

from __future__ import annotations

from typing import Any

from ..infer import Checked
from ..ops import every
from ..ops.arithmetic import UPDATES
from ..shapes.dims import Shape
from ..syntax.nodes import NO_PARAMS, Apply, Equation, Name, Node, walk, with_args
from ..text import Source
from ._context import DERIVATIVE_SIGNS


def expression(checked: Checked, source: Source) -> Any:
    """The expression, an `Eq` for an equation; raises `symbolic.NotAMatrix` where sympy's matrices cannot say it.

    What they cannot say is named as its author wrote it.
    `W -= lr dW` is `W - lr*dW`. A derivative by a loss is named as a gradient: `∂L/∂W1` is `dW1`.
    """
    from ..symbolic import NotAMatrix, to_sympy

    named = _SpelledTrees(checked)
    equation = checked.equation
    if any(_is_tensor(node, checked) for node in walk(*equation.members)):
        raise NotAMatrix("the derivative of an array with respect to an array is not a matrix, so it has no sympy form")
    members = tuple(map(named.node, equation.members))
    if equation.sign in UPDATES and len(members) == 2:
        tree: Node | Equation = named.update(equation.sign, *members)
    else:
        tree = Equation(members, equation.sign, equation.span)
    try:
        return to_sympy(tree, named.shapes, named.readings)
    except NotAMatrix as error:
        text = " ".join(source.slice(error.node.span).split()) if error.node is not None else ""
        raise (NotAMatrix(f"{text} {error.what}") if text else error) from error


def _is_tensor(node: Node, checked: Checked) -> bool:
    """Whether a node is a derivative that is not a gradient."""
    return type(node) is Apply and checked.readings.get(id(node), node.op) in every("derivative")


class _SpelledTrees:
    """The trees of a statement with each name spelled as one, and what is known of the new nodes."""

    def __init__(self, checked: Checked) -> None:
        self.shapes: dict[int, Shape | None] = dict(checked.shapes)
        self.readings = dict(checked.readings)
        self._whole = checked.shape
        for member in checked.equation.members:
            if type(member) is Name and self.shapes.get(id(member)) is None:
                self.shapes[id(member)] = checked.shape

    def node(self, node: Node) -> Node:
        """The node, itself where there is nothing to rename in it."""
        if type(node) is Name and node.text in DERIVATIVE_SIGNS:
            text = node.key.replace("[", "").replace("]", "")
            return self._known(node, Name(text, node.base, node.indices, node.span, node.key))
        if type(node) is not Apply:
            return node
        changed = with_args(node, map(self.node, node.args))
        return node if changed is node else self._known(node, changed)

    def _known(self, before: Node, after: Node) -> Node:
        self.shapes[id(after)] = self.shapes.get(id(before))
        if id(before) in self.readings:
            self.readings[id(after)] = self.readings[id(before)]
        return after

    def update(self, sign: str, left: Node, right: Node) -> Node:
        """The value that an update gives to its left side."""
        found = Apply(UPDATES[sign], (left, right), NO_PARAMS)
        self.shapes[id(found)] = self._whole
        return found
