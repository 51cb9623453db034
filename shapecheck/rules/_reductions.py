"""Find the reduction that dropped an axis: `1/m np.sum(dZ, axis=1)` has rank 1 because `keepdims` is missing."""

from __future__ import annotations

from ..ops import every, is_a
from ..shapes.dims import ONE, Shape, prune, show
from ..syntax.nodes import Apply, Node, walk
from ..values import NamedTuple
from ._rule import Case
from ._wording import spelled


class Reduction(NamedTuple):
    """A reduction without `keepdims`: its node, its axis, and its shape with `keepdims`."""

    node: Apply
    axis: int
    kept: Shape


def reduction_of(case: Case, node: Node) -> Reduction | None:
    """The reduction after a node, which may be scaled by a factor."""
    shapes = case.checked.shapes
    while is_a(node, "scaling"):
        arrays = [argument for argument in node.args if shapes.get(id(argument)) != ()]
        if len(arrays) != 1:
            return None
        node = arrays[0]
    if not is_a(node, "reduction") or node.params.get("keepdims"):
        return None
    whole, axis = shapes.get(id(node.args[0])), node.params.get("axis")
    if not whole or type(axis) is not int or not -len(whole) <= axis < len(whole):
        return None
    axis %= len(whole)
    return Reduction(node, axis, tuple(ONE if place == axis else prune(dim) for place, dim in enumerate(whole)))


def other_axis(case: Case, side: Node, wanted: Shape) -> str | None:
    """A hint for a sum over the wrong axis, or over all: the axis that gives the shape wanted."""
    for node in walk(side):
        if type(node) is not Apply or node.op not in every("total") & every("reduction"):
            continue
        whole = case.checked.shapes.get(id(node.args[0]))
        axis = node.params.get("axis")
        if whole is None or len(whole) != 2 or axis not in (None, 0, 1, -1, -2):
            continue
        for other in (0, 1):
            if _reduced(whole, other, len(wanted)) == tuple(map(prune, wanted)) and (axis is None or other != axis % 2):
                return _turned(case, node, other, wanted)
    return None


def _reduced(whole: Shape, axis: int, rank: int) -> Shape:
    """A matrix's shape reduced along an axis, which is kept if the result has rank 2."""
    dims = tuple(map(prune, whole))
    return tuple(ONE if place == axis else dim for place, dim in enumerate(dims) if rank == 2 or place != axis)


def _turned(case: Case, node: Apply, other: int, wanted: Shape) -> str:
    was = "everything" if node.params.get("axis") is None else f"the {('columns', 'rows')[other]}"
    notation = case.section.notation
    is_kept = len(wanted) == 2 and not notation.has_columns
    how = notation.axis.format(other + notation.first) + ", keepdims=True" * is_kept
    deed = "averages" if node.op == "mean" else "sums"
    name = spelled(node.args[0], case.source, "it")
    return f"this {deed} over {was}; over the {('rows', 'columns')[other]} of {name} ({how}) it is {show(wanted)}"
