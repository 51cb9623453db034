"""Find the names of formulas in their trees, whatever notation they were written in."""

from __future__ import annotations

from collections.abc import Iterable

from ..syntax.nodes import Apply, Equation, Index, Name, Node, walk
from ._names import Names, Spelled, Target

_LOSSES = frozenset("JLECℓ")


def names_of_trees(equations: Iterable[Equation]) -> Names:
    """The names that stand in some equations."""
    names = Names()
    for equation in equations:
        for member in equation.members:
            for node in walk(member):
                _note(node, names)
        target = _target(equation.members[0]) if len(equation.members) > 1 else None
        if target is not None:
            names.targets.add(target)
    return names


def _note(node: Node, names: Names) -> None:
    if type(node) is Name:
        names.spelled.append((node.base, node.indices))
    elif type(node) is Apply and node.op == "derivative":
        above, below = node.args
        if type(above) is Name and above.base in _LOSSES:
            names.losses.add(above.base)
            derived = _spelled(below)
            if derived is not None:
                names.derived.add(derived)


def _target(node: Node) -> Target | None:
    """What an equation assigns, None where its left side is no name."""
    is_derivative = type(node) is Apply and node.op == "derivative"
    name = _spelled(node.args[1]) if is_derivative and type(node) is Apply else _spelled(node)
    return None if name is None else Target(name, is_derivative)


def _spelled(node: Node) -> Spelled | None:
    """The base and indices of a name; a bare superscript is a layer."""
    if type(node) is Name:
        return node.base, tuple(Index("[", text) if kind == "^" else Index(kind, text) for kind, text in node.indices)
    if type(node) is Apply and node.op == "superscript":
        name, exponent = node.args
        if type(name) is Name and not isinstance(exponent, Apply):
            return name.base, (*name.indices, Index("[", exponent.text))
    return None
