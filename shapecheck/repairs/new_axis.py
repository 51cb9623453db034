"""Give an array of rank 1 the axis that it lacks to stand as a column: `x * s` as `x * s[:, None]`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._reductions import is_reduction
from ._repair import Repair, Rewrite

_COLUMN = (("range", None, None, None), None)


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if not is_a(node, "spreading") or not section.notation.is_numpy:
        return
    shapes = [checked.shapes.get(id(argument)) for argument in node.args]
    if not any(shape is not None and len(shape) == 2 for shape in shapes):
        return
    for place, (argument, shape) in enumerate(zip(node.args, shapes, strict=True)):
        if shape is not None and len(shape) == 1 and not _keeps(argument):
            column, words = _column(argument)
            args = (*node.args[:place], column, *node.args[place + 1 :])
            yield Rewrite(("turn ", words, " into a column"), Apply(node.op, args, node.params, sign=node.sign))


def _keeps(node: Node) -> bool:
    """Whether an array is a reduction's, which keeps its axis if it is told to."""
    inner = node.args[0] if type(node) is Apply and node.op == "neg" else node
    return type(inner) is Apply and is_reduction(inner)


def _column(node: Node) -> tuple[Node, Node]:
    """A term as a column, its sign before it, and what is made one."""
    if type(node) is Apply and node.op == "neg":
        column, inner = _column(node.args[0])
        return Apply("neg", (column,), node.params, sign=node.sign), inner
    return Apply("slice", (node,), {"items": _COLUMN}), node


repair = Repair("new axis", 2, _propose, slip=True)
