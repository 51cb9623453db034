"""Sum a gradient over the axes that its variable was broadcast along, or spread it where it is the same throughout."""

from __future__ import annotations

from ..ops import _nodes as tree
from ..ops._gradient import NoGradient
from ..shapes.dims import ONE, Shape, is_single, prune
from ..syntax.nodes import Node
from ._graph import Graph


def fitted(part: Node, argument: Node, wanted: Shape, graph: Graph, *, whole: bool = True) -> Node:
    """What reaches an argument, in the argument's shape; where it need not be `whole` one number may stand for many."""
    shape = graph.shape_of(part)
    if shape is None:
        raise NoGradient("the shape of a gradient is not known", argument.span)
    part = _summed(part, shape, wanted, graph.mathematics)
    if not whole:
        return part
    left = graph.shape_of(part) or ()
    return part if _covers(left, wanted, graph.mathematics) else tree.times(part, tree.apply("ones_like", argument))


def _summed(part: Node, shape: Shape, wanted: Shape, mathematics: bool) -> Node:
    """Without the axes in front that the argument has not, with length 1 where the argument has 1."""
    extra = len(shape) - len(wanted)
    if extra > 0 and not wanted and (not mathematics or not is_single(shape)):
        return tree.total(part)
    if extra > 0 and wanted:
        part = tree.total(part, tuple(range(extra)) if extra > 1 else 0, keepdims=False)
        shape = shape[extra:]
    behind = zip(shape[::-1], wanted[::-1], strict=False)
    single = [-1 - at for at, (own, target) in enumerate(behind) if _grows(own, target)]
    axes = tuple(sorted(at % len(wanted) for at in single))
    return tree.total(part, axes if len(axes) > 1 else axes[0]) if axes else part


def _grows(own: object, target: object) -> bool:
    return prune(target) is ONE and prune(own) is not ONE  # type: ignore[arg-type]


def _covers(shape: Shape, wanted: Shape, mathematics: bool) -> bool:
    """Whether a gradient has every entry of its argument, not one for many."""
    if mathematics and is_single(wanted):
        return is_single(shape)
    return len(shape) == len(wanted) and not any(_grows(target, own) for own, target in zip(shape, wanted, strict=True))
