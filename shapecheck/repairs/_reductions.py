"""Which operations reduce along an axis, and their parameters changed."""

from __future__ import annotations

from typing import Any

from ..infer import Checked
from ..ops import ops
from ..syntax.nodes import Apply, Node, walk


def axis_beside(node: Apply, checked: Checked) -> int | None:
    """The axis along which all other reductions of arrays of this shape in the statement go; None if there is none."""
    own = checked.shapes.get(id(node.args[0]))
    parts = walk(*checked.equation.members)
    others = (part for part in parts if type(part) is Apply and part is not node and is_reduction(part))
    found = {part.params.get("axis") for part in others if own and checked.shapes.get(id(part.args[0])) == own}
    axis = found.pop() if len(found) == 1 else None
    return axis % len(own) if own and isinstance(axis, int) else None


def is_reduction(node: Node) -> bool:
    """Whether a node sums, averages or the like along an axis."""
    if type(node) is not Apply:
        return False
    op = ops().get(node.op)
    return op is not None and "axis" in op.parameters and "keepdims" in op.parameters


def changed(node: Apply, **params: Any) -> Apply:
    """The reduction with other parameters; one that is None is left out."""
    kept = {name: value for name, value in {**node.params, **params}.items() if value is not None}
    return Apply(node.op, node.args, kept, sign=node.sign)
