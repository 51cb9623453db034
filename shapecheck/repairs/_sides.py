"""What a right side is made of: its terms, and what each is a multiple of."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..syntax.nodes import Apply, Node
from ._repair import is_scalar, joined, target_shape


def is_side(node: Node, checked: Checked, *, inside: bool = False) -> bool:
    """Whether a node is a whole right side or a term of it, but for its sign and scalar factors.

    With `inside` also what stands in a function that keeps shapes, as in `softmax(Q K.T)`.
    """
    return any(part is node for side in checked.equation.members[1:] for part in _parts(side, checked, inside))


def _parts(side: Node, checked: Checked, inside: bool) -> Iterator[Node]:
    """A side, what it is a multiple of, and of a sum in which a term is right as it stands the terms in its place."""
    if type(side) is not Apply or side.op != "add":
        yield side
        inner = _scaled(side, checked) if type(side) is Apply else None
        if inner is None and inside and type(side) is Apply and len(side.args) == 1 and _keeps_shapes(side):
            inner = side.args[0]
        if inner is not None:
            yield from _parts(inner, checked, inside)
        return
    target = target_shape(checked)
    if not any(checked.shapes.get(id(term)) == target for term in side.args):
        yield side
        return
    for term in side.args:
        yield from _parts(term, checked, inside)


def _keeps_shapes(node: Apply) -> bool:
    return is_a(node, "softmax", "function")


def _scaled(node: Apply, checked: Checked) -> Node | None:
    """What a node is a multiple of, None if it is more than a multiple."""
    others = [argument for argument in node.args if not is_scalar(argument, checked)]
    if not is_a(node, "scaling"):
        return None
    return others[0] if len(others) == 1 else None


def parted(node: Node, checked: Checked) -> tuple[tuple[Node, ...], Node | None]:
    """The scalar factors of a node, and what is left; None for what is left if what stands before it is no factor."""
    if type(node) is not Apply:
        return (), node
    if node.op == "neg":
        return (), None
    if node.op == "divide":
        return (), None if is_scalar(node.args[1], checked) else node
    if not is_a(node, "multiplication"):
        return (), node
    scalars = tuple(factor for factor in node.args if is_scalar(factor, checked))
    others = tuple(factor for factor in node.args if not is_scalar(factor, checked))
    return (scalars, joined(node.op, *others)) if scalars else ((), node)
