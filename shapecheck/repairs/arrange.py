"""Take the matrix product of two factors that stand otherwise altogether: `A * B` as `B.T A`, `B A.T` or `A.T B.T`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node
from ._repair import Repair, Rewrite, is_scalar, joined, product_sign, transposed


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or node.op != "hadamard":
        return
    scalars = [factor for factor in node.args if is_scalar(factor, checked)]
    matrices = [factor for factor in node.args if not is_scalar(factor, checked)]
    if len(matrices) != 2 or any(len(checked.shapes.get(id(factor)) or ()) != 2 for factor in matrices):
        return
    first, last = matrices
    op = product_sign(checked, section)
    for row in ((last, transposed(first)), (transposed(last), first), (transposed(first), transposed(last))):
        yield Rewrite(("take the matrix product",), joined("hadamard", *scalars, joined(op, *row)))


repair = Repair("arrange", 5, _propose)
