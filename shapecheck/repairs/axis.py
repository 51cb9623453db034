"""Reduce along another axis, or along one where none is named; exchange other axes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._reductions import axis_beside, changed, is_reduction
from ._repair import Repair, Rewrite, target_shape

_MOST = 4
"""The most axes of which every order is tried."""
_BESIDE = -3
"""The place of the axis of the reductions beside it: who takes a mean and a deviation takes both along one."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply:
        return
    shape = checked.shapes.get(id(node.args[0])) if node.args else None
    rank = 2 if shape is None else len(shape)
    if not node.params.keys().isdisjoint(("axes", "axis1")) or type(node.params.get("axis")) is tuple:
        yield from _other_axes(node, rank)
    elif is_reduction(node):
        named = node.params.get("axis") is not None
        yield from _other_axis(node, rank, checked, section) if named else _axis(node, rank, checked, section)
    elif node.op == "concatenate" and rank == 2:
        axis = 1 if node.params.get("axis", 0) == 0 else 0
        yield Rewrite((f"stack along axis {_counted(axis, section)}",), changed(node, axis=axis))


def _other_axis(node: Apply, rank: int, checked: Checked, section: Section) -> Iterator[Rewrite]:
    axis = node.params["axis"]
    lost = int(node.params.get("keepdims") is not True)
    beside = axis_beside(node, checked)
    if isinstance(axis, int) and rank:
        for other in range(rank):
            if other != axis % rank:
                words = (f"{_verb(node)} along axis {_counted(other, section)}",)
                yield Rewrite(words, changed(node, axis=other), 0, _BESIDE if other == beside else lost)
                if lost and not section.notation.has_columns:
                    words = (f"{_verb(node)} along axis {other}, and keep it",)
                    yield Rewrite(words, changed(node, axis=other, keepdims=True), extra=2)


def _other_axes(node: Apply, rank: int) -> Iterator[Rewrite]:
    """As many other axes, or the same ones in another order."""
    if rank > _MOST:
        return
    if "axis1" in node.params:
        for one, other in combinations(range(rank), 2):
            yield Rewrite(("exchange other axes",), changed(node, axis1=one, axis2=other))
    elif is_reduction(node):
        for axes in combinations(range(rank), len(node.params["axis"])):
            yield Rewrite((f"{_verb(node)} along other axes",), changed(node, axis=axes))
    elif is_a(node, "layout") and len(node.params["axes"]) == rank > 2:
        for order in permutations(range(rank)):
            yield Rewrite(("put the axes in another order",), changed(node, axes=order))


def _axis(node: Apply, rank: int, checked: Checked, section: Section) -> Iterator[Rewrite]:
    kept = "" if section.notation.has_columns else ", and keep it"
    for axis in range(rank if rank > 1 else 0):
        words = (f"{_verb(node)} along axis {_counted(axis, section)}{kept}",)
        if node.params.get("keepdims") is not True:
            target = target_shape(checked)
            if target is not None and len(target) == rank - 1:
                yield Rewrite((f"{_verb(node)} along axis {_counted(axis, section)}",), changed(node, axis=axis))
        yield Rewrite(words, changed(node, axis=axis, keepdims=True))


def _verb(node: Apply) -> str:
    if not is_a(node, "total"):
        return f"take the {node.op}"
    return "average" if node.op == "mean" else "sum"


def _counted(axis: int, section: Section) -> int:
    """An axis as the notation counts it."""
    return axis + section.notation.first


repair = Repair("axis", 2, _propose, slip=True)
