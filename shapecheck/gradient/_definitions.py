"""The functions that an author defines, `L(a, y) = -(y log a + (1 - y) log(1 - a))`, put in where they are called."""

from __future__ import annotations

from ..ops import by_call
from ..syntax.nodes import Apply, Equation, Name, Node, unplaced


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
        members = (self._derivative(first), *map(self._node, others))
        same = all(new is old for new, old in zip(members, equation.members, strict=True))
        return equation if same else Equation(members, equation.sign, equation.span)

    def _node(self, node: Node) -> Node:
        if type(node) is not Apply:
            return node
        filled = self._filled(node)
        if filled is not None:
            return filled
        args = tuple(map(self._node, node.args))
        if all(new is old for new, old in zip(args, node.args, strict=True)):
            return node
        return Apply(node.op, args, node.params, node.span, node.sign, node.closed)

    def _filled(self, node: Apply) -> Node | None:
        """A call with its value; as it stands in the definition the function's name says the same."""
        function, *arguments = node.args or (node,)
        known = self._known.get(_letter(function)) if node.op == "call" and type(function) is Name else None
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
    if type(node) is Name:
        return values.get(node.base, node) if not node.indices else node
    if type(node) is not Apply:
        return node
    args = tuple(_with(argument, values) for argument in node.args)
    return Apply(node.op, args, node.params, node.span, node.sign, node.closed)
