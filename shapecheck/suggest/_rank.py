"""Put equally cheap ways to mend a statement in order, the most plausible first."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from ..infer import Checked
from ..repairs._backward import Backward, is_sum, unscaled
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Equation, Node, names_in, put_names, walk
from ..values import NamedTuple, replace
from ._meaning import core, meaning_of
from ._search import State
from ._strain import strain


def rank(found: list[State]) -> list[State]:
    """The ways to mend a statement that differ in what they say, the likeliest first, each in its simplest form."""
    groups: dict[Hashable, list[_Likely]] = {}
    for each in sorted(map(_likely, found), key=lambda one: one[:2]):
        groups.setdefault(meaning_of(each.found.checked.equation, each.found.shapes), []).append(each)
    return [min(group, key=lambda one: one.transposes).found for group in groups.values()]


def is_gradient(checked: Checked, shapes: Mapping[int, Shape | None], backward: Backward) -> bool:
    """Whether the right side of a statement is the gradient of the variable on its left, but for scalar factors."""
    variable = backward.variable(checked.target or "")
    if variable is None or len(checked.equation.members) < 2:
        return False
    side = unscaled(checked.equation.members[-1], shapes)
    if is_sum(side):
        side = Apply(side.op, (_of_all(side.args[0]),), side.params)
    said = _core(side, shapes)
    return any(_core(tree, shapes) == said for tree in backward.gradients(side, variable, shapes))


def _core(node: Node, shapes: Mapping[int, Shape | None]) -> Hashable:
    """What a tree says but for scalar factors, of a sum what it sums, whichever way it is spelled."""
    if is_sum(node):
        return "sum", core(node.args[0], shapes)
    return core(node, shapes)


def _of_all(node: Node) -> Node:
    """A tree of the i-th example as one of all of them."""
    return put_names(node, {name.key: replace(name, key=name.key.removesuffix("(i)")) for name in names_in(node)})


class _Likely(NamedTuple):
    """A way to mend a statement, with what speaks against it."""

    price: int
    transposes: int
    found: State


def _likely(found: State) -> _Likely:
    against = strain(found.checked.equation, found.shapes)
    price = _price(found) + 4 * against.stretch + 2 * against.divided
    return _Likely(price, transposes(found.checked.equation), found)


def _price(found: State) -> int:
    """How far the steps are from what is wrong, and how unlikely each is."""
    return sum(_beyond(step.distance) + step.repair.penalty + step.rewrite.penalty for step in found.steps)


def _beyond(distance: int) -> int:
    """How far a step is from what is wrong: an operand of it is as near as the operation itself."""
    return max(distance - 1, 0)


def transposes(equation: Equation) -> int:
    """How many transposes stand in a statement."""
    nodes = walk(*equation.members)
    return sum(type(node) is Apply and node.op == "transpose" for node in nodes)
