"""Which operations reduce along an axis, and their parameters changed."""

from __future__ import annotations

from typing import Any

from ..ops import ops
from ..syntax.nodes import Apply, Node


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
