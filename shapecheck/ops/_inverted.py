"""The gradients of linear algebra: inverses, determinants, outer and Kronecker products."""

from __future__ import annotations

from ..syntax.nodes import Apply, Node
from . import _nodes as tree
from ._chains import swapped
from ._gradient import Differential


def _matrices(d: Differential, numbers: Node) -> Node:
    """A number for each matrix of an array, so that it scales it."""
    return tree.apply("expand_dims", numbers, axis=(-2, -1)) if d.rank > 2 else numbers


def _turned_inverse(d: Differential, a: Node) -> Node:
    return swapped(tree.apply("inverse", a), d.rank)


def _product_of(d: Differential, *factors: Node) -> Node:
    return Apply("product" if d.rank < 3 else "matmul", factors)


def det_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`g det(A) A^-T`."""
    return (tree.times(_matrices(d, g), _matrices(d, d.result), _turned_inverse(d, a)) if d.rank else g,)


def trace_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """g on the diagonal."""
    return (tree.times(_matrices(d, g), tree.apply("eye", n=d.length(0, -1))) if d.rank else g,)


def inverse_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`-A^-T g A^-T`."""
    if not d.rank:
        return (tree.neg(tree.times(g, tree.square(d.result))),)
    turned = swapped(d.result, d.rank)
    return (tree.neg(_product_of(d, turned, g, turned)),)


def pinv_gradient(d: Differential, g: Node, a: Node) -> tuple[Node]:
    """`-P.T g P.T + (I - A P) g.T P P.T + P.T P g.T (I - P A)`, P being the pseudoinverse of A."""
    turned, back = swapped(d.result, d.rank), swapped(g, d.rank)
    rest = tree.apply("eye", n=d.length(0, -2)), tree.apply("eye", n=d.length(0, -1))
    left = tree.minus(rest[0], _product_of(d, a, d.result))
    right = tree.minus(rest[1], _product_of(d, d.result, a))
    whole = tree.plus(
        tree.neg(_product_of(d, turned, g, turned)),
        _product_of(d, left, back, d.result, turned),
        _product_of(d, turned, d.result, back, right),
    )
    return (whole,)


def solve_gradient(d: Differential, g: Node, a: Node, b: Node) -> tuple[Node, Node]:
    """`x = A^-1 b`: `A^-T g` for b, and of that `-(A^-T g) x.T` for A."""
    if not d.rank:
        return tree.neg(tree.times(g, tree.over(d.result, a))), tree.over(g, a)
    right = tree.apply("solve", swapped(a, d.rank), g)
    if len(d.shapes[1]) == 1:
        return tree.neg(tree.apply("outer", right, d.result)), right
    return tree.neg(_product_of(d, right, swapped(d.result, len(d.shape)))), right


def kron_gradient(d: Differential, g: Node, a: Node, b: Node) -> tuple[Node, Node]:
    """The entries of g in blocks, each with the entry of the other matrix that it is multiplied by."""
    if not d.shapes[0] or not d.shapes[1]:
        return tree.times(g, b), tree.times(g, a)
    rank = len(d.shape)
    pairs = [[_extent(d, place, axis) for place in (0, 1)] for axis in range(-rank, 0)]
    blocks = tree.apply("reshape", g, shape=tuple(length for pair in pairs for length in pair))
    left, right = "ijk"[:rank], "pqr"[:rank]
    both = "".join(one + other for one, other in zip(left, right, strict=True))
    own, other = ((letters[rank - len(shape) :]) for letters, shape in zip((left, right), d.shapes, strict=True))
    return (
        tree.apply("einsum", blocks, b, spec=f"{both},{other}->{left}"),
        tree.apply("einsum", blocks, a, spec=f"{both},{own}->{right}"),
    )


def _extent(d: Differential, place: int, axis: int) -> Node:
    return d.length(place, axis) if -axis <= len(d.shapes[place]) else tree.ONE


def outer_gradient(d: Differential, g: Node, a: Node, b: Node) -> tuple[Node, Node]:
    """`g b` and `g.T a`, the entries of each in one column."""
    left, right = (len(shape) for shape in d.shapes)
    if not left or not right:
        ones = tree.times(g, b) if right else tree.reshaped(tree.times(g, b), a)
        return ones, tree.reshaped(tree.times(g, a), b) if right else tree.times(g, a)
    flat = (tree.apply("ravel", b) if right != 1 else b), (tree.apply("ravel", a) if left != 1 else a)
    own, other = tree.product(g, flat[0]), tree.product(tree.transpose(g), flat[1])
    return own if left == 1 else tree.reshaped(own, a), other if right == 1 else tree.reshaped(other, b)
