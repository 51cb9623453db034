"""Sum over the examples what is one too many of them: `db1 = dZ1` as `db1 = sum(dZ1, axis=1, keepdims=True)`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import ONE, AnyDim, Shape, Var, prune
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, joined, target_shape
from ._sides import is_side, parted
from ._totals import sign_of_sum, total_of


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    target, shape = target_shape(checked), checked.shapes.get(id(node))
    if target is None or shape is None or len(shape) != 2 or not is_side(node, checked):
        return
    coefficients, rest = parted(node, checked)
    if rest is None:
        return
    op = node.op if coefficients and type(node) is Apply else "product"
    if not target:
        whole: Node = Apply("sum", (rest,), sign=sign_of_sum(checked, section))
        yield Rewrite(("sum all entries",), joined(op, *coefficients, whole))
        return
    axis, turned = _summed_axis(target, shape), False
    if axis is None and len(target) == 2:
        axis, turned = _summed_axis(target[::-1], shape), True
    if axis is None:
        return
    words = (
        "sum over the examples" if _is_examples(axis, section) else f"sum along axis {axis + section.notation.first}"
    )
    usual = any(fact.kind == "gradient" for fact in checked.failures)
    total = total_of(rest, axis, len(target) == 2, checked, section)
    whole = Apply("transpose", (total,)) if turned else total
    yield Rewrite((words,), joined(op, *coefficients, whole), int(turned), 0 if usual else 3)


def _summed_axis(target: Shape, shape: Shape) -> int | None:
    """The axis along which a sum gives the target."""
    for axis in (1, 0):
        kept = shape[1 - axis]
        if shape[axis] is ONE:
            continue
        if len(target) == 1 and prune(target[0]) is prune(kept):
            return axis
        if len(target) == 2 and prune(target[axis]) is ONE and _may_be(target[1 - axis], kept):
            return axis
    return None


def _may_be(dim: AnyDim, kept: AnyDim) -> bool:
    """Whether a dimension is the one that is kept, or open, as the units of a bias in a file without weights."""
    dim = prune(dim)
    return type(dim) is Var or dim is prune(kept)


def _is_examples(axis: int, section: Section) -> bool:
    rows = section.convention.rows
    return rows == ("features" if axis == 1 else "examples")


repair = Repair("batch_sum", 2, _propose)
