"""The gradient of one equation by central differences: an entry at a time, or all at once where each has its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..evaluate import array, evaluate
from ..ops import is_a
from ..syntax.nodes import Apply, Name, Node, names_in

STEP = 1e-5
SHORTEST = 0.03
KINK = 1e-2
"""How far, in steps, the mean of both sides may be from the middle: more means a kink, such as relu's at 0."""


class Kink(ValueError):
    """A value so near a kink that it has no derivative."""


def pulled_back(tree: Node, key: str, values: Mapping[str, Any], sizes: Mapping[str, int], upstream: Any) -> Any:
    """The gradient of a tree's value times `upstream`, summed, by one name in it. Raises Kink."""
    at = array(values[key])
    tree, upstream = _within(tree, key, values, sizes, array(upstream))
    weights = array(upstream)
    steps = steps_at(at)
    middle = weights * array(evaluate(tree, values, sizes))
    if middle.shape == at.shape and _is_entrywise(tree, key, values):
        above, below = (weights * array(_moved(tree, key, at + sign * steps, values, sizes)) for sign in (1, -1))
        refuse_kinks(above, below, middle, steps)
        return array((above - below) / (2 * steps))
    found = array(at * 0.0)
    flat, result, length = at.reshape(-1), found.reshape(-1), steps.reshape(-1)
    moved = at.copy()
    entries = moved.reshape(-1)
    for place in range(flat.size):
        entries[place] = flat[place] + length[place]
        above = weights * array(_moved(tree, key, moved, values, sizes))
        entries[place] = flat[place] - length[place]
        below = weights * array(_moved(tree, key, moved, values, sizes))
        entries[place] = flat[place]
        refuse_kinks(above, below, middle, length[place])
        result[place] = (above - below).sum() / (2 * length[place])
    return found


def _moved(tree: Node, key: str, moved: Any, values: Mapping[str, Any], sizes: Mapping[str, int]) -> Any:
    return evaluate(tree, {**values, key: moved}, sizes)


def steps_at(values: Any) -> Any:
    """How far each entry is moved."""
    return STEP * abs(values).clip(SHORTEST, 1.0)


def refuse_kinks(above: Any, below: Any, middle: Any, step: Any) -> None:
    """Raise Kink where what comes out on both sides is not about even."""
    size = max(1.0, float(abs(middle).max(initial=0.0)))
    if not (abs(above + below - 2 * middle) <= step * KINK * size).all():
        raise Kink


def _within(
    tree: Node, key: str, values: Mapping[str, Any], sizes: Mapping[str, int], upstream: Any
) -> tuple[Node, Any]:
    """The tree below a sum of all entries and what scales that, with the gradient that comes to it."""
    if type(tree) is not Apply or upstream.shape:
        return tree, upstream
    if tree.op == "neg":
        return _within(tree.args[0], key, values, sizes, -upstream)
    if tree.op == "sum" and tree.params.get("axis") is None and len(tree.args) == 1:
        return tree.args[0], upstream
    if is_a(tree, "multiplication"):
        held = [part for part in tree.args if any(name.key == key for name in names_in(part))]
        others = [array(evaluate(part, values, sizes)) for part in tree.args if part not in held]
        if len(held) == 1 and len(others) == len(tree.args) - 1 and not any(other.shape for other in others):
            for other in others:
                upstream = upstream * other
            return _within(held[0], key, values, sizes, array(upstream))
    return tree, upstream


def _is_entrywise(tree: Node, key: str, values: Mapping[str, Any]) -> bool:
    """Whether each entry of a tree's value depends on that entry alone of a name with the same shape."""
    if type(tree) is not Apply:
        return True
    if not is_a(tree, "entrywise"):
        return not any(type(name) is Name and name.key == key for name in names_in(tree))
    return all(_is_entrywise(part, key, values) for part in tree.args)
