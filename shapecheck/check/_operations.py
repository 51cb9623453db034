"""What kind of statement it is: a formula of arrays, one with a matrix operation, one with a product."""

from __future__ import annotations

from ..infer import Checked
from ..ops import is_a
from ..ops.derivatives import LAID_OUT
from ..shapes.dims import is_single
from ..syntax.nodes import Apply, Name, Node, names_in, walk


def is_formula(checked: Checked) -> bool:
    """Whether a statement holds a matrix operation, a sum of entries or a gradient: plain scalars do not count."""
    shapes = (checked.shape, *checked.shapes.values())
    first, members = checked.equation.members[0], checked.equation.members
    return not all([is_single(shape) for shape in shapes]) or any(map(_sums_entries, members)) or _derives(first)


def _derives(target: Node) -> bool:
    """Whether a left side is the derivative of an entry, or by one."""
    if type(target) is Name:
        return target.text in LAID_OUT and target.key.endswith("}")
    return is_a(target, "derivative")


def _sums_entries(member: Node) -> bool:
    """Whether a sum runs over the entries of arrays: a product of them, written out."""
    sums = [node for node in walk(member) if type(node) is Apply and node.op in ("sigma", "sum_over")]
    return any(part.key.endswith("}") for part in names_in(*sums))


def has_matrix_operation(checked: Checked) -> bool:
    """Whether a statement of which little is known is about matrices: it has a product, a transpose, a derivative."""
    nodes = walk(*checked.equation.members)
    return any(is_a(node, "contraction", "outer", "transposition", "regular", "derivative") for node in nodes)


def has_product(checked: Checked) -> bool:
    """Whether a statement holds a product of matrices."""
    nodes = walk(*checked.equation.members)
    return any(is_a(node, "product", "outer") for node in nodes)
