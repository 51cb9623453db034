"""Of which arrays an expression is computed entry by entry: x and y in `x * sigmoid(y) + 2 sum(z)`, not z."""

from __future__ import annotations

from collections.abc import Mapping

from ..ops import is_a
from ..shapes.dims import Shape, prune
from ..syntax.nodes import Apply, Name, Node, keys_in


def entrywise_in(value: Node, shapes: Mapping[int, Shape | None], shape: Shape | None) -> tuple[str, ...]:
    """The keys of the names of the expression's own shape on whose same entry alone each of its entries depends."""
    found: set[str] = set()
    mixed: set[str] = set()
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if type(node) is Name:
            (found if _same(shapes.get(id(node)), shape) else mixed).add(node.key)
        elif type(node) is Apply and _is_entrywise(node, shapes):
            waiting.extend(node.args)
        else:
            mixed.update(keys_in(node))
    return tuple(found - mixed)


def _is_entrywise(node: Apply, shapes: Mapping[int, Shape | None]) -> bool:
    is_scaled = sum(shapes.get(id(factor)) != () for factor in node.args if type(factor) in (Name, Apply)) < 2
    return is_a(node, "entrywise") or (is_scaled and is_a(node, "multiplication"))


def _same(one: Shape | None, other: Shape | None) -> bool:
    return one is not None and other is not None and tuple(map(prune, one)) == tuple(map(prune, other)) != ()
