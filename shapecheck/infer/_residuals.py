"""A hypothesis less what it should be, `h_θ(X) - y` or `h(x_i) - y_i`: it has the shape of what is taken from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Name, Node, without

if TYPE_CHECKING:
    from .engine import Engine

Shapes = tuple[Shape | None, ...]
_HYPOTHESIS = r"[fhp](?:_|\Z)"
"""Functions that give what is predicted; others, as σ, are taken of each entry."""


def with_hypothesis(engine: Engine, node: Apply, shapes: Shapes, unknown: bool) -> Shapes:
    """The shapes of the two terms of a difference, that of a hypothesis being what the other, an array, has."""
    if len(shapes) != 2 or shapes[0] == shapes[1] or not engine.solver.mathematics:
        return shapes
    for place, other in ((0, 1), (1, 0)):
        function, target = (without(node.args[each], "neg") for each in (place, other))
        is_less = (function is node.args[place]) is not (target is node.args[other])
        if not is_less or not _is_hypothesis(function):
            continue
        if (shapes[other] and _is_whole(engine, target)) or (shapes[other] is not None and _is_one(function, target)):
            engine.unknown = unknown
            engine.shapes[id(function)] = engine.shapes[id(node.args[place])] = shapes[other]
            return shapes[other], shapes[other]
    return shapes


def _is_hypothesis(node: Node) -> bool:
    """Whether a node is `h(X)` or `h_θ(X)`; `f(W x + b)` is a layer, and taken of each entry."""
    if type(node) is not Apply or not node.args or node.params.get("order", 0):
        return False
    is_of_array = node.op == "activation" and type(node.args[0]) is Name
    return (node.op == "unknown" or is_of_array) and re.match(_HYPOTHESIS, str(node.params.get("name", ""))) is not None


def _is_one(function: Node, target: Node) -> bool:
    """Whether a term is of the same example as what a function is taken of, as in `h(x_i) - y_i`."""
    of = function.args[0] if type(function) is Apply else None
    return type(target) is Name and type(of) is Name and of.indices == target.indices != ()


def _is_whole(engine: Engine, node: Node) -> bool:
    """Whether a term is an array by its name, and no example or entry of one."""
    symbol = engine.reading.by_key.get(node.key) if type(node) is Name else None
    return symbol is not None and not (symbol.example or symbol.component)
