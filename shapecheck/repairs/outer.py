"""Take the outer product of two arrays of rank 1, which no transpose makes a column and a row."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..syntax.nodes import Apply, Node, without
from ._repair import Repair, Rewrite, is_product, is_scalar, joined


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    if type(node) is not Apply or not is_product(node, checked):
        return
    scalars = [factor for factor in node.args if is_scalar(factor, checked)]
    vectors = [without(factor, "transpose") for factor in node.args if not is_scalar(factor, checked)]
    shapes = [checked.shapes.get(id(vector)) for vector in vectors]
    if len(vectors) == 2 and all(shape is not None and len(shape) == 1 for shape in shapes):
        is_told = section.notation.is_typeset and shapes[0] != shapes[1]
        whole = Apply("otimes", tuple(vectors)) if is_told else Apply("outer", tuple(vectors), sign="np.outer")
        yield Rewrite(("use the outer product",), joined(node.op, *scalars, whole))


repair = Repair("outer", 2, _propose, slip=True)
