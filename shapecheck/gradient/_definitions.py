"""The losses of one example that an author defines as functions, `L(a, y) = -(y log a + (1 - y) log(1 - a))`."""

from __future__ import annotations

from ..syntax.nodes import Apply, Equation, Name, Node, unplaced
from ._summary import LOSSES


class Definitions:
    """What has been defined so far."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[str, ...], Node]] = {}

    def learn(self, equation: Equation) -> None:
        """Keep an equation that defines a function of names."""
        left, *others = equation.members
        if len(others) != 1 or type(left) is not Apply or left.op != "call" or left.params:
            return
        function, *arguments = left.args
        if type(function) is not Name or not all(type(each) is Name and not each.indices for each in arguments):
            return
        if len(arguments) > 1 or _letter(function) in LOSSES:
            self._known[_letter(function)] = tuple(each.base for each in arguments if type(each) is Name), others[0]

    def put(self, equation: Equation) -> Equation:
        """An equation with what is defined in place of its calls."""
        if not self._known:
            return equation
        first, *others = equation.members
        members = (first, *map(self._node, others))
        same = all(new is old for new, old in zip(members, equation.members, strict=True))
        return equation if same else Equation(members, equation.sign, equation.span)

    def _node(self, node: Node) -> Node:
        if type(node) is not Apply:
            return node
        function, *arguments = node.args or (node,)
        known = self._known.get(_letter(function)) if node.op == "call" and type(function) is Name else None
        if known is not None and len(known[0]) == len(arguments):
            return unplaced(_filled(known[1], dict(zip(known[0], arguments, strict=True))))
        args = tuple(map(self._node, node.args))
        if all(new is old for new, old in zip(args, node.args, strict=True)):
            return node
        return Apply(node.op, args, node.params, node.span, node.sign, node.closed)


def _letter(function: Name) -> str:
    return function.base.removeprefix("\\mathcal{").removeprefix("\\").strip("{}")


def _filled(node: Node, values: dict[str, Node]) -> Node:
    """A value with the arguments in place of the names that stand for them."""
    if type(node) is Name:
        return values.get(node.base, node) if not node.indices else node
    if type(node) is not Apply:
        return node
    args = tuple(_filled(argument, values) for argument in node.args)
    return Apply(node.op, args, node.params, node.span, node.sign, node.closed)
