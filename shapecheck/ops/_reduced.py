"""The gradients of sums, means and their kin: what flows back is spread over the axes that were reduced."""

from __future__ import annotations

from ..syntax.nodes import Node, Number
from . import _nodes as tree
from ._axes import integer
from ._gradient import Differential

ZERO = Number("0")


def deviation(d: Differential, a: Node) -> Node:
    """The array less its mean along the axes of a variance."""
    axis = d.params.get("axis")
    mean = tree.apply("mean", a) if d.axes is None else tree.apply("mean", a, axis=axis, keepdims=True)
    return tree.minus(a, mean)


def degrees(d: Differential) -> Node:
    """The number of entries of a variance, less its `ddof`."""
    ddof = d.params.get("ddof", 0)
    if not ddof:
        return d.count()
    return tree.minus(d.count(), Number(str(ddof)) if isinstance(ddof, int) else ddof)


def variance_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`2/N (a - mean(a))`."""
    if not d.rank:
        return (tree.times(g, ZERO),)
    return (tree.times(tree.over(tree.TWO, degrees(d)), d.spread(g), deviation(d, a)),)


def deviation_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`(a - mean(a)) / (N std(a))`."""
    if not d.rank:
        return (tree.times(g, ZERO),)
    below = tree.times(degrees(d), d.spread(d.result))
    return (tree.times(d.spread(g), tree.over(deviation(d, a), below)),)


def extreme_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """g where the largest, or the smallest, entry stands."""
    return (tree.times(d.spread(g), tree.mask(a, "==", d.spread(d.result))),)


def norm_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`a / ‖a‖` for the norm by squares; the sign of each entry for the norm by absolute values."""
    order = d.params.get("ord")
    vectors = d.rank < 2 or (d.axes is not None and len(d.axes) == 1)
    if order is None or (order == 2 and vectors) or order == "fro":
        return (tree.times(d.spread(g), tree.over(a, d.spread(d.result))),)
    if order == 1 and vectors:
        return (tree.times(d.spread(g), tree.apply("sign", a)),)
    raise d.refuse(f"the norm of order {order}, which has no rule")


def along(d: Differential) -> int:
    """The axis of a softmax: the first where none is named."""
    axis = integer(d.params.get("axis", 0))
    if axis is None and d.params.get("axis") is not None:
        raise d.refuse("the axis of this softmax is not known")
    return axis or 0


def softmax_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`y * (g - sum(g * y))`, the sum along the axis."""
    y = d.result
    return (tree.times(y, tree.minus(g, tree.total(tree.times(g, y), along(d)))) if d.rank else tree.times(g, ZERO),)


def log_softmax_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`g - exp(y) * sum(g)`, the sum along the axis."""
    if not d.rank:
        return (tree.times(g, ZERO),)
    return (tree.minus(g, tree.times(tree.apply("exp", d.result), tree.total(g, along(d)))),)


def cumsum_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """The sums from the end."""
    axis = integer(d.params.get("axis"))
    at = axis % d.rank if axis is not None and d.rank > 1 else 0
    summed = tree.flipped(tree.apply("cumsum", tree.flipped(g, at), axis=at), at)
    return (summed if d.rank and len(d.shape) == d.rank else tree.reshaped(summed, a),)
