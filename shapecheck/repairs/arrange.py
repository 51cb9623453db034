"""Put the factors of a side together anew, each used once: `dZ2 * W2 * g'(Z1)` as `W2.T dZ2 * g'(Z1)`.

Whoever takes the chain rule of numbers for that of matrices has the right factors in no order at all. Every way to
join them by matrix and elementwise products that gives the shape of the left side is built up from the single factors;
of two ways to join the same factors to the same shape the one nearer to what stands there goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..infer import Checked
from ..ops import is_a
from ..sections import Section
from ..shapes.dims import Shape, prune
from ..syntax.nodes import Apply, Node
from ..values import NamedTuple
from ._repair import (
    Repair,
    Rewrite,
    is_product,
    is_scalar,
    joined,
    product_sign,
    target_shape,
    transposed,
)
from ._sides import is_side

MOST = 5
"""The most factors that are arranged in all ways: five have 31 subsets."""
KEPT = 2
"""How many ways to join the same factors to the same shape are kept: for square ones several are as close."""


class _Factor(NamedTuple):
    """A factor without its transpose, whether its author has one, and whether a matrix product stands before it."""

    core: Node
    is_turned: bool
    tight: bool


class _Way(NamedTuple):
    """A way to join some of the factors: how much it changes, and the factors that it begins and ends with."""

    node: Node
    shape: Shape
    changes: int
    first: int
    last: int


def _propose(node: Node, checked: Checked, section: Section) -> Iterator[Rewrite]:
    target = target_shape(checked)
    if not is_a(node, "multiplication") or target is None or len(target) != 2:
        return
    if not is_side(node, checked, inside=True):
        return
    factors = list(_factors(node, checked))
    scalars = [factor.core for factor in factors if is_scalar(factor.core, checked)]
    arrays = [factor for factor in factors if not is_scalar(factor.core, checked)]
    if not 1 < len(arrays) <= MOST or any(_rank(factor.core, checked) != 2 for factor in arrays):
        return
    op = product_sign(checked, section)
    for way in _ways(arrays, checked, op):
        if _same(way.shape, target):
            outer = "hadamard" if op == "matmul" or node.op == "hadamard" else op
            yield Rewrite(("rearrange the factors",), joined(outer, *scalars, way.node), penalty=way.changes)


def _rank(node: Node, checked: Checked) -> int | None:
    shape = checked.shapes.get(id(node))
    return None if shape is None else len(shape)


def _factors(node: Node, checked: Checked, tight: bool = False) -> Iterator[_Factor]:
    """The factors of rows within rows, in order."""
    if is_a(node, "multiplication"):
        is_tight = is_product(node, checked)
        for place, argument in enumerate(node.args):
            yield from _factors(argument, checked, is_tight if place else tight)
    elif type(node) is Apply and node.op == "transpose" and "axes" not in node.params:
        yield _Factor(node.args[0], True, tight)
    else:
        yield _Factor(node, False, tight)


def _ways(factors: list[_Factor], checked: Checked, op: str) -> list[_Way]:
    """The ways to join all factors, each kept part built of the ways to join fewer."""
    ways: dict[int, list[_Way]] = {}
    for place, factor in enumerate(factors):
        shape = checked.shapes[id(factor.core)]
        assert shape is not None
        ways[1 << place] = [
            _Way(transposed(factor.core), shape[::-1], int(not factor.is_turned), place, place),
            _Way(factor.core, shape, int(factor.is_turned), place, place),
        ]
    whole = (1 << len(factors)) - 1
    for mask in range(3, whole + 1):
        if mask not in ways:
            ways[mask] = _kept(way for part in _parts(mask) for way in _joined(ways, part, mask ^ part, factors, op))
    return ways[whole]


def _parts(mask: int) -> Iterator[int]:
    """The sets of factors, neither empty nor all, within a set."""
    part = (mask - 1) & mask
    while part:
        yield part
        part = (part - 1) & mask


def _joined(ways: dict[int, list[_Way]], part: int, rest: int, factors: list[_Factor], op: str) -> Iterator[_Way]:
    """Two parts side by side: by a matrix product in this order, by an elementwise one in that of their author."""
    for left in ways[part]:
        for right in ways[rest]:
            changes = left.changes + right.changes
            follows = left.last < right.first
            if prune(left.shape[1]) is prune(right.shape[0]):
                new = int(not follows) + int(not factors[right.first].tight)
                node = joined(op, left.node, right.node)
                yield _Way(node, (left.shape[0], right.shape[1]), changes + new, left.first, right.last)
            if left.first < right.first and _same(left.shape, right.shape):
                node = joined("hadamard", left.node, right.node)
                new = int(factors[right.first].tight)
                yield _Way(node, left.shape, changes + new, left.first, max(left.last, right.last))


def _kept(ways: Iterator[_Way]) -> list[_Way]:
    """Of each shape the ways that change least."""
    found: dict[tuple[int, ...], list[_Way]] = {}
    for way in sorted(ways, key=lambda way: way.changes):
        same = found.setdefault(tuple(id(prune(dim)) for dim in way.shape), [])
        if len(same) < KEPT:
            same.append(way)
    return [way for same in found.values() for way in same]


def _same(one: Shape, other: Shape) -> bool:
    return all(prune(a) is prune(b) for a, b in zip(one, other, strict=True))


repair = Repair("arrange", 4, _propose, regroups=True)
