"""Multiply by a factor that was forgotten: `dW1 = 1/m dZ1` as `dW1 = 1/m dZ1 X.T`."""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..sections import Section
from ..shapes.dims import Shape, prune
from ..syntax.nodes import Apply, Name, Node
from ._others import others, previous, shape_of, standing, variable_of
from ._repair import Repair, Rewrite, joined, product_sign, target_shape, transposed
from ._sides import is_side, parted


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    target, shape, first = target_shape(checked), checked.shapes.get(id(node)), checked.equation.members[0]
    if type(first) is not Name or target is None or shape is None or not len(target) == len(shape) == 2:
        return
    coefficients, rest = parted(node, checked) if is_side(node, checked) else ((), None)
    if rest is None:
        return
    op = node.op if coefficients and type(node) is Apply and node.op != "hadamard" else product_sign(checked, section)
    for place, name in enumerate(_names(first, checked, section)):
        for factors in _rows(rest, name, shape, target, section):
            whole = joined(op, *coefficients, *factors)
            added = next(factor for factor in factors if factor is not rest)
            yield Rewrite(("multiply by ", added), whole, penalty=place)


def _names(target: Name, checked: Checked, section: Section) -> Iterator[Name]:
    """The names that may have been forgotten: the input of the layer, then names of the file that do not stand here."""
    out = {*standing(checked), variable_of(checked, section)}
    found = {name.key: name for name in (*previous(target, checked, section), *others(target, checked, section))}
    return (name for key, name in found.items() if key not in out)


def _rows(rest: Node, name: Name, shape: Shape, target: Shape, section: Section) -> Iterator[tuple[Node, Node]]:
    """The products of what stands there and a name, or its transpose, that have the shape of the left side."""
    own = shape_of(name, section) or ()
    for factor, dims in ((name, own), (transposed(name), own[::-1])):
        if len(dims) == 2 and _same(shape[0], target[0]) and _are((shape[1], target[1]), dims):
            yield rest, factor
        elif len(dims) == 2 and _same(shape[1], target[1]) and _are((target[0], shape[0]), dims):
            yield factor, rest


def _are(wanted: Shape, dims: Shape) -> bool:
    return all(map(_same, wanted, dims))


def _same(one: object, other: object) -> bool:
    return prune(one) is prune(other)  # type: ignore[arg-type]


repair = Repair("factor", 3, _propose)
