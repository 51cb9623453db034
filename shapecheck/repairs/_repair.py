"""What a repair is: its cost, and what it proposes in place of a node; and the pieces that repairs are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import TypeAlias

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Node, walk
from ..values import NamedTuple


class Rewrite(NamedTuple):
    """A replacement for a node.

    `words` say what is changed, with nodes written as in the formula; `extra` is added to the repair's own cost;
    `penalty` orders equally cheap rewrites, the less likely ones last.
    """

    words: tuple[str | Node, ...]
    node: Node
    extra: int = 0
    penalty: int = 0


Propose: TypeAlias = Callable[[Node, Checked, Section], Iterator[Rewrite]]


class Repair(NamedTuple):
    """A kind of rewrite.

    cost      2 for a slip of the pen, 3 for what is likely only where no slip explains the formula
    propose   (node of the resolved tree, what is known of its statement, its section) -> rewrites of that node
    regroups  that it can mend an operation below the node
    penalty   the place among equally cheap repairs: the lower the more likely
    alone     that it is likely only where nothing else has to be changed
    slip      that it is so small that it explains why a formula is wrong of which nobody asked whether it is
    """

    name: str
    cost: int
    propose: Propose
    regroups: bool = False
    penalty: int = 0
    alone: bool = False
    slip: bool = False


def is_product(node: Node, checked: Checked) -> bool:
    """Whether a node is a matrix product, as it is read."""
    if type(node) is not Apply:
        return False
    return is_a(node, "product") or (node.op == "dot" and checked.readings.get(id(node), "product") == "product")


def is_scalar(node: Node, checked: Checked) -> bool:
    """Whether a node is known to be a scalar."""
    return checked.shapes.get(id(node)) == ()


def target_shape(checked: Checked) -> Shape | None:
    """The shape of the left side, None if there is none or it is unknown."""
    members = checked.equation.members
    return checked.shapes.get(id(members[0])) if len(members) > 1 else None


def product_sign(checked: Checked, section: Section) -> str:
    """The operation that a new matrix product is: as its author writes the others of the statement."""
    for member in checked.equation.members:
        for node in walk(member):
            if is_a(node, "product"):
                return "matmul" if node.op == "matmul" else "product"
    return "matmul" if section.notation.is_code else "product"


def joined(op: str, *args: Node) -> Node:
    """The operation over a row of arguments; a row of one is its argument, an open row of the same kind joins."""
    if len(args) == 1:
        return args[0]
    if op == "np_dot":
        return reduce(lambda left, right: Apply(op, (left, right)), args)
    row: list[Node] = []
    for argument in args:
        inner = type(argument) is Apply and argument.op == op and not argument.closed
        row.extend(argument.args if inner else (argument,))  # type: ignore[union-attr]
    return Apply(op, tuple(row))


def transposed(node: Node) -> Node:
    """The transpose of a node; of a transpose, what stands in it."""
    if is_a(node, "transposition"):
        return node.args[0]
    return Apply("transpose", (node,))
