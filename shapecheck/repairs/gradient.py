"""Write the gradient that the layer gives, of the factors that stand there: `dW1 = X dZ1` as `dW1 = dZ1 X.T`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..syntax.nodes import NOWHERE, Apply, Name, Node, names_in, put_names
from ._backward import Backward, is_sum
from ._others import spelled_like, standing
from ._repair import Repair, Rewrite, is_scalar, joined, product_sign
from ._sides import is_side
from ._totals import total_of

MOST_NEW = 1
"""How many names may be missing: if more are, the author means something else."""
_WORDS = "write the gradient of this layer"


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    first = checked.equation.members[0]
    if type(first) is not Name or type(node) is not Apply or not is_side(node, checked):
        return
    backward = Backward(section)
    variable = backward.variable(first.key)
    if variable is None or is_a(node, "multiple"):
        return
    scalars, rest = _parted(node, checked)
    op = product_sign(checked, section)
    for tree in backward.gradients(rest, variable, checked.shapes):
        written = _in_signs(tree, op)
        new = [name for name in names_in(written) if name.key not in standing(checked)]
        if new and (len(new) > MOST_NEW or section.notation.is_code):
            continue
        spelled = {name.key: spelled_like(name, checked, section) for name in new}
        if None not in spelled.values():
            outer = node.op if scalars else op
            found = _summed(put_names(written, {**_own(checked), **spelled}), checked, section)
            whole = joined(outer, *scalars, found)
            yield Rewrite((_WORDS,), whole, extra=len(new))


def _parted(node: Apply, checked: Checked) -> tuple[list[Node], Node]:
    """The scalar factors of a side, and what is left: a sum over everything may be one too many."""
    if not is_a(node, "multiplication"):
        return [], node
    scalars = [each for each in node.args if is_scalar(each, checked) and not is_sum(each)]
    others = [each for each in node.args if all(each is not scalar for scalar in scalars)]
    return (scalars, joined(node.op, *others)) if scalars and others else ([], node)


def _in_signs(node: Node, op: str) -> Node:
    """A tree whose matrix products are those that its author writes."""
    if type(node) is not Apply or node.span != NOWHERE:
        return node
    args = tuple(_in_signs(argument, op) for argument in node.args)
    return joined(op, *args) if node.op == "product" else Apply(node.op, args, node.params, NOWHERE, node.sign)


def _summed(tree: Node, checked: Checked, section: Section) -> Node:
    """A gradient, its sum over the examples as its author would write one."""
    if type(tree) is not Apply or tree.op != "sum":
        return tree
    return total_of(tree.args[0], tree.params["axis"], True, checked, section)


def _own(checked: Checked) -> dict[str, Node]:
    """The names of a statement as they stand there."""
    sides = checked.equation.members[1:]
    return {name.key: name for name in names_in(*sides)}


repair = Repair("gradient", 2, _propose, regroups=True, penalty=3)
