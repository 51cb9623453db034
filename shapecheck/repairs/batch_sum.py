"""Sum over the examples what is one too many of them: `db1 = dZ1` as `db1 = sum(dZ1, axis=1, keepdims=True)`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import ONE, AnyDim, Shape, Var, prune
from ..syntax.nodes import Apply, Node, walk
from ._repair import Repair, Rewrite, is_scalar, joined, target_shape

_SCALED = frozenset(("product", "matmul", "hadamard", "dot"))


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    target, shape = target_shape(checked), checked.shapes.get(id(node))
    if target is None or shape is None or len(shape) != 2 or not _is_side(node, checked):
        return
    axis, turned = _summed_axis(target, shape), False
    if axis is None and len(target) == 2:
        axis, turned = _summed_axis(target[::-1], shape), True
    coefficients, rest = _parted(node, checked)
    if axis is None or rest is None:
        return
    total: Node = Apply("sum", (rest,), _params(axis, len(target) == 2), sign=_sign(checked, section))
    total = Apply("transpose", (total,)) if turned else total
    op = node.op if coefficients and type(node) is Apply else "product"
    words = "sum over the examples" if _is_examples(axis, section) else f"sum along axis {axis}"
    usual = any(fact.kind == "gradient" for fact in checked.facts)
    yield Rewrite((words,), joined(op, *coefficients, total), int(turned), 0 if usual else 3)


def _is_side(node: Node, checked: Checked) -> bool:
    """Whether a node is a whole right side or a term of it, but for its sign and scalar factors."""
    return any(part is node for side in checked.equation.members[1:] for part in _parts(side, checked))


def _parts(side: Node, checked: Checked) -> Iterator[Node]:
    """A side, what it is a multiple of, and of a sum in which a term is right as it stands the terms in its place."""
    if type(side) is not Apply or side.op != "add":
        yield side
        inner = _scaled(side, checked) if type(side) is Apply else None
        if inner is not None:
            yield from _parts(inner, checked)
        return
    target = target_shape(checked)
    if not any(checked.shapes.get(id(term)) == target for term in side.args):
        yield side
        return
    for term in side.args:
        yield from _parts(term, checked)


def _scaled(node: Apply, checked: Checked) -> Node | None:
    """What a node is a multiple of, None where it is more than a multiple."""
    others = [argument for argument in node.args if not is_scalar(argument, checked)]
    if node.op not in _SCALED and node.op not in ("neg", "divide"):
        return None
    return others[0] if len(others) == 1 else None


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


def _parted(node: Node, checked: Checked) -> tuple[tuple[Node, ...], Node | None]:
    """The scalar factors of a node, and what is left to be summed; None where its first argument is to be summed."""
    if type(node) is not Apply:
        return (), node
    if node.op == "neg":
        return (), None
    if node.op == "divide":
        return (), None if is_scalar(node.args[1], checked) else node
    if node.op not in _SCALED:
        return (), node
    scalars = tuple(factor for factor in node.args if is_scalar(factor, checked))
    others = tuple(factor for factor in node.args if not is_scalar(factor, checked))
    return (scalars, joined(node.op, *others)) if scalars else ((), node)


def _params(axis: int, keep: bool) -> dict[str, object]:
    return {"axis": axis, "keepdims": True} if keep else {"axis": axis}


def _sign(checked: Checked, section: Section) -> str:
    """How the author spells a sum: with `np.` where anything else is."""
    nodes = (node for member in checked.equation.members for node in walk(member))
    library = any(type(node) is Apply and node.sign.startswith("np.") for node in nodes)
    return "np.sum" if library or section.notation == "python" else "sum"


def _is_examples(axis: int, section: Section) -> bool:
    rows = section.convention.rows
    return rows == ("features" if axis == 1 else "examples")


repair = Repair("batch_sum", 2, _propose)
