"""The gradient of a matrix product, of any number of factors of any rank."""

from __future__ import annotations

from itertools import pairwise

from ..shapes.constraints import Clash
from ..shapes.dims import Shape, is_single, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from ._gradient import Differential
from ._nodes import apply, product, times, total, transpose


def product_gradient(d: Differential, g: Node, *factors: Node) -> tuple[Node, ...]:
    """`A B C`: the gradient of B is `A.T g C.T`; a scalar scales every other, its own sums what it scales."""
    scalars = [place for place, shape in enumerate(d.shapes) if not shape]
    matrices = [place for place, shape in enumerate(d.shapes) if shape]
    found: dict[int, Node] = {}
    for place in scalars:
        others = [factors[other] for other in scalars if other != place]
        rest = product(*(factors[other] for other in matrices)) if matrices else None
        found[place] = times(g, *others, rest) if rest else _scaled(d, others, g)
    chain = [factors[place] for place in matrices]
    parts = _chain(d, g, chain, [d.shapes[place] for place in matrices]) if chain else []
    for place, part in zip(matrices, parts, strict=True):
        found[place] = _scaled(d, [factors[scalar] for scalar in scalars], part)
    return tuple(found[place] for place in range(len(factors)))


def _scaled(d: Differential, scalars: list[Node], array: Node) -> Node:
    """An array times numbers, in code by `*`."""
    return (product if d.mathematics else times)(*scalars, array)


def _chain(d: Differential, g: Node, chain: list[Node], shapes: list[Shape]) -> list[Node]:
    neighbours = pairwise(shapes)
    matrices = all(len(shape) == 2 for shape in shapes)
    fits = matrices and all(prune(left[1]) is prune(right[0]) for left, right in neighbours)
    return _textbook(g, chain) if fits else _pairwise(d, g, chain, shapes)


def _textbook(g: Node, chain: list[Node]) -> list[Node]:
    turned = [transpose(factor) for factor in chain]
    return [product(*reversed(turned[:at]), g, *reversed(turned[at + 1 :])) for at in range(len(chain))]


def _pairwise(d: Differential, g: Node, chain: list[Node], shapes: list[Shape]) -> list[Node]:
    """From the last factor to the first, each with the product of all before it."""
    lefts, known = [chain[0]], [shapes[0]]
    for factor, shape in zip(chain[1:], shapes[1:], strict=True):
        known.append(_joined(d, known[-1], shape))
        lefts.append(apply(d.node.op, lefts[-1], factor))
    found: list[Node] = []
    for at in range(len(chain) - 1, 0, -1):
        left, right = _pair(g, lefts[at - 1], chain[at], known[at - 1], shapes[at])
        scaled = at > 1 and _scales(known[at - 1], shapes[at]) and is_single(known[at - 1])
        g = total(left, tuple(range(len(shapes[at])))) if scaled else left
        found.append(right)
    return [g, *reversed(found)]


def _joined(d: Differential, left: Shape, right: Shape) -> Shape:
    if not left or not right or _scales(left, right):
        return left if len(left) > len(right) or is_single(right) else right
    front = Solver(d.mathematics).broadcast_shapes((left[:-2], right[:-2]))
    if isinstance(front, Clash):
        raise d.refuse("the factors of this product do not fit")
    return (*front, *left[-2:-1], *(right[-1:] if len(right) > 1 else ()))


def _scales(left: Shape, right: Shape) -> bool:
    """Whether one of two factors is 1×1 and fits only as a number."""
    one = is_single(left) or is_single(right)
    return one and prune(left[-1]) is not prune(right[-2:][0])


def _pair(g: Node, left: Node, right: Node, before: Shape, behind: Shape) -> tuple[Node, Node]:
    """What flows to the two factors of a product, by their ranks."""
    ranks = min(len(before), 3), min(len(behind), 3)
    if not before or not behind or _scales(before, behind) or ranks == (1, 1):
        return times(g, right), times(g, left)
    if ranks == (2, 1):
        return apply("outer", g, right), product(transpose(left), g)
    if ranks == (1, 2):
        return product(right, g), apply("outer", left, g)
    if ranks == (3, 1):
        column = apply("expand_dims", g, axis=-1)
        return times(column, right), times(left, column)
    if ranks == (1, 3):
        row = apply("expand_dims", g, axis=-2)
        return total(times(right, row), -1, keepdims=False), times(apply("expand_dims", left, axis=-1), row)
    return (
        apply("matmul", g, swapped(right, len(behind))),
        apply("matmul", swapped(left, len(before)), g),
    )


def swapped(node: Node, rank: int) -> Node:
    """The matrices of an array transposed."""
    return transpose(node) if rank == 2 else apply("swapaxes", node, axis1=-1, axis2=-2)
