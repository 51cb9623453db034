"""Find the names of formulas in their trees, whatever notation they were written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..syntax.nodes import Apply, Equation, Index, Name, Node, Number, walk
from ._names import Names, Spelled, Target

_LOSSES = frozenset("JLECℓl")
_COUNTS = frozenset("mnNMBTKDdCS")
"""The letters that count: examples, features, classes, steps."""
_NUMBERS = frozenset("αβγεηλμ")


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
    elif type(node) is Apply and node.op == "divide":
        names.counts.update(_counts(*node.args))
    elif type(node) is Apply and node.op == "derivative":
        above, below = node.args
        if type(above) is Name and above.base in _LOSSES:
            names.losses.add(above.base)
            derived = _spelled(below)
            if derived is not None:
                names.derived.add(derived)


def _counts(above: Node, below: Node) -> Iterator[Spelled]:
    """The letters that count things in a denominator: that of a number, or below a root."""
    if type(below) is Apply and below.op == "call" and len(below.args) == 2 and _is_root(below.args[0]):
        above, below = Number("1"), below.args[1]
    parts = below.args if type(below) is Apply and below.op == "product" else (below,)
    if _is_number(above) and all(type(part) in (Name, Number) for part in parts):
        names = (part for part in parts if type(part) is Name and part.base in _COUNTS)
        yield from ((name.base, name.indices) for name in names)


def _is_root(function: Node) -> bool:
    return type(function) is Name and function.base in ("sqrt", "√")


def _is_number(node: Node) -> bool:
    """Whether a numerator is a number, or a letter for one such as λ."""
    if type(node) is Apply and node.op == "neg":
        return _is_number(node.args[0])
    return type(node) is Number or (type(node) is Name and node.base in _NUMBERS)


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
