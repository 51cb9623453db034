"""Give an array the axes that it lacks, put new axes in another place, or drop one: `x * s` as `x * s[:, None]`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..shapes.dims import ONE, prune
from ..syntax.nodes import Apply, Node, without
from ._reductions import changed, is_reduction
from ._repair import Repair, Rewrite, target_shape

_WHOLE = ("range", None, None, None)
_MOST = 5
"""The most items between brackets of which new axes are put in every other place."""


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or not section.notation.is_numpy:
        return
    if is_a(node, "spreading"):
        yield from _added(node, checked)
    elif node.op in ("slice", "expand_dims"):
        yield from _moved(node, checked)
    if section.notation.is_code and node is checked.equation.members[-1]:
        yield from _dropped(node, checked)


def _added(node: Apply, checked: Checked) -> Iterator[Rewrite]:
    """An argument with as many axes as the longest, the new ones after its own."""
    shapes = [checked.shapes.get(id(argument)) for argument in node.args]
    longest = max(len(shape or ()) for shape in shapes)
    for place, (argument, shape) in enumerate(zip(node.args, shapes, strict=True)):
        if shape and 1 < longest > len(shape) and not _keeps(argument):
            items = (_WHOLE,) * len(shape) + (None,) * (longest - len(shape))
            wide, words = _with_items(argument, items)
            args = (*node.args[:place], wide, *node.args[place + 1 :])
            said = ("turn ", words, " into a column") if longest == 2 else ("give ", words, " the axes that it lacks")
            yield Rewrite(said, Apply(node.op, args, node.params, sign=node.sign))


def _keeps(node: Node) -> bool:
    """Whether an array is a reduction's, which keeps its axis if it is told to."""
    inner = without(node, "neg")
    return type(inner) is Apply and is_reduction(inner)


def _with_items(node: Node, items: tuple[object, ...]) -> tuple[Node, Node]:
    """A term with new axes, its sign before it, and what is given them."""
    if type(node) is Apply and node.op == "neg":
        wide, inner = _with_items(node.args[0], items)
        return Apply("neg", (wide,), node.params, sign=node.sign), inner
    return Apply("slice", (node,), {"items": items}), node


def _moved(node: Apply, checked: Checked) -> Iterator[Rewrite]:
    """The new axes of an array in another place."""
    words = ("put the new axis of ", node.args[0], " in another place")
    if node.op == "expand_dims":
        shape, axis = checked.shapes.get(id(node.args[0])), node.params.get("axis")
        if shape and type(axis) is int:
            here = axis % (len(shape) + 1)
            yield from (Rewrite(words, changed(node, axis=at)) for at in range(len(shape) + 1) if at != here)
        return
    items = node.params.get("items", ())
    new = [place for place, item in enumerate(items) if item is None]
    if not new or Ellipsis in items or len(items) > _MOST:
        return
    rest = [item for item in items if item is not None]
    for places in combinations(range(len(items)), len(new)):
        if list(places) != new:
            others = iter(rest)
            order = tuple(None if place in places else next(others) for place in range(len(items)))
            yield Rewrite(words, changed(node, items=order))


def _dropped(node: Apply, checked: Checked) -> Iterator[Rewrite]:
    """The right side without the axis of length 1 that the left side does not have."""
    shape, target = checked.shapes.get(id(node)), target_shape(checked)
    if shape is None or target is None or len(shape) != len(target) + 1:
        return
    for axis, dim in enumerate(shape):
        if prune(dim) is ONE:
            yield Rewrite(("drop the axis of length 1",), Apply("squeeze", (node,), {"axis": axis}, sign=".squeeze"))


repair = Repair("new axis", 2, _propose, slip=True)
