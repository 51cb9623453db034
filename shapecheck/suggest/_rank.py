"""Put equally cheap ways to mend a statement in order, the most plausible first."""

from __future__ import annotations

from collections.abc import Hashable

from ..syntax.nodes import Apply, Equation, walk
from ._meaning import meaning_of
from ._search import Found
from ._strain import strain


def rank(found: list[Found]) -> list[Found]:
    """The ways to mend a statement that differ in what they say, the likeliest first, each in its simplest form."""
    likely = [
        (_price(each) + 4 * strain(each.checked.equation, each.shapes).stretch, transposes(each.checked.equation), each)
        for each in found
    ]
    groups: dict[Hashable, list[tuple[int, int, Found]]] = {}
    for one in sorted(likely, key=lambda one: one[:2]):
        groups.setdefault(meaning_of(one[2].checked.equation, one[2].shapes), []).append(one)
    return [min(group, key=lambda one: one[1])[2] for group in groups.values()]


def _price(found: Found) -> int:
    """How far the steps are from what is wrong, and how unlikely each is."""
    return sum(step.distance + step.repair.penalty + step.rewrite.penalty for step in found.steps)


def transposes(equation: Equation) -> int:
    """How many transposes stand in a statement."""
    nodes = (node for member in equation.members for node in walk(member))
    return sum(type(node) is Apply and node.op == "transpose" for node in nodes)
