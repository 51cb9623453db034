"""The shape of a state that nobody tells: what a pass through a loop makes of it has that shape again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..ops import is_a
from ..sections import Section
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Node, keys_in
from ._graph import Step
from ._shapes import Shapes


def with_states(shapes: Mapping[str, Shape | None], steps: Sequence[Step], section: Section) -> dict[str, Shape | None]:
    """The shapes, with those of `h[t-1]` and of all that is computed of it where `h[t] = g(W h[t-1] + U x + b)`.

    The state has the shape of what it is added to, if `h[t]` has that shape then: whatever else it could be, as a row
    of states side by side, behaves no differently.
    """
    found = dict(shapes)
    for step in steps:
        earlier = [key for key in earlier_states(step.name.key, steps) if found.get(key) is None]
        beside = _beside(step.value, earlier[0], Shapes(found, section)) if len(earlier) == 1 else None
        if beside and Shapes({**found, earlier[0]: beside}, section).of(step.value) == beside:
            found[earlier[0]] = found[step.name.key] = beside
        elif found.get(step.name.key) is None and found != shapes:
            found[step.name.key] = Shapes(found, section).of(step.value)
    return found


def earlier_states(variable: str, steps: Sequence[Step]) -> list[str]:
    """`h[t-1]`, of which a pass computes `h[t]`."""
    at, closing, _ = variable.partition(">")
    defined = {step.name.key for step in steps}
    if variable not in defined or not closing:
        return []
    used = dict.fromkeys(key for step in steps for key in keys_in(step.value))
    return [key for key in used if key.startswith((f"{at}-", f"{at}+")) and key not in defined]


def _beside(value: Node, state: str, shapes: Shapes) -> Shape | None:
    """The shape of the terms that are added to one with the state in it."""
    if type(value) is not Apply:
        return None
    within = [argument for argument in value.args if state in keys_in(argument)]
    if is_a(value, "sum") and len(within) == 1:
        told = {shapes.of(argument) for argument in value.args if argument is not within[0]} - {None, ()}
        if len(told) == 1:
            return told.pop()
    return next((found for each in within if (found := _beside(each, state, shapes))), None)
