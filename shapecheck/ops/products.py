"""Products: the matrix product, the elementwise product, and the signs that may mean either."""

from __future__ import annotations

from functools import reduce
from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Dim, Shape, Var, is_single, long_dims, prune
from ..shapes.solve import Solver
from ..syntax.nodes import Node
from . import _nodes as tree
from ._chains import product_gradient
from ._forms import is_matrix, times
from ._gradient import Differential
from ._op import Op, Params, Result, elementwise_rule


def matmul_shape(solver: Solver, left: Shape, right: Shape) -> Shape | Clash:
    """numpy's `matmul` of two arrays: rank 1 on the left is a row, on the right a column, and leaves no axis after."""
    if not left or not right:
        return Clash("scalar-operand", (0,) if not left else (1,))
    row = -2 if len(right) > 1 else -1
    if not solver.unify(left[-1], right[row]):
        axes = (len(left) - 1, len(right) + row)
        return Clash("inner", (0, 1), axes, (prune(left[-1]), prune(right[row])))
    front = solver.broadcast_shapes((left[:-2], right[:-2]))
    if type(front) is Clash:
        return front
    return (*front, *left[-2:-1], *(right[-1:] if len(right) > 1 else ()))


def product_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """A juxtaposition `A B C`: scalars scale, what is left is the matrix product, from left to right.

    In mathematics a factor of 1×1 that fits nowhere scales too. Beside an unknown factor the known neighbours are
    checked all the same.
    """
    result: Shape | None = ()
    last, lost = -1, False  # the factor that a clash is with; whether a factor before is unknown
    for position, shape in enumerate(shapes):
        if shape is None:
            result, lost = (), True
        elif shape and not result:
            result, last = shape, position
        elif shape and result:
            joined = _times(solver, result, shape)
            if isinstance(joined, Clash):
                if not (lost and solver.mathematics and prune(result[-1]) is ONE):
                    return joined._replace(arguments=(last, position))
                joined = shape  # with the unknown factor the one before may be 1×1, which scales
            lost = lost or joined is None
            result, last = joined or (), position
    return None if lost else result


def _times(solver: Solver, left: Shape, right: Shape) -> Shape | Clash | None:
    if solver.mathematics and (type(prune(left[-1])) is Var or type(prune(right[-2:][0])) is Var):
        if _may_scale(left, right):
            return None
        if is_single(left) or is_single(right):
            return right if is_single(left) else left
    joined = matmul_shape(solver, left, right)
    if type(joined) is Clash and solver.mathematics:
        if _is_one(solver, left):
            return right
        if _is_one(solver, right):
            return left
    return joined


def _may_scale(left: Shape, right: Shape) -> bool:
    """Whether one factor is a product's or scales, as its unknown dimension is the other's or 1."""
    inner = prune(left[-1]), prune(right[-2:][0])
    if inner[0] is inner[1] or ONE in inner:
        return False
    return any(type(dim) is Var and _possibly_one(shape) for dim, shape in zip(inner, (left, right), strict=True))


def _possibly_one(shape: Shape) -> bool:
    return all(dim is ONE or (type(dim) is Var and not dim.eager) for dim in map(prune, shape))


def _is_one(solver: Solver, shape: Shape) -> bool:
    """Whether a shape is 1×1, its unknown dimensions being 1 where that is all that is left."""
    return _possibly_one(shape) and all(solver.unify(dim, ONE) for dim in shape)


def strict_matmul_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`A @ B`, `np.matmul(A, B)`: in mathematics as juxtaposition, elsewhere no operand may be a scalar."""
    if solver.mathematics:
        return product_rule(solver, shapes, params)
    scalar = next((place for place, shape in enumerate(shapes) if shape == ()), None)
    return product_rule(solver, shapes, params) if scalar is None else Clash("scalar-operand", (scalar,))


def inner_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The inner product of two vectors of one length, whatever way they lie: a scalar; of matrices, in code, open."""
    left, right = shapes
    if left is None or right is None:
        return None
    one, other = (long_dims(shape) for shape in (left, right))
    unsure = any(type(dim) is Var for dim in (*one, *other))
    known = [[dim for dim in dims if type(dim) is Dim] for dims in (one, other)]
    too_long = any(len(dims) > 1 for dims in known)
    if unsure and not too_long:
        too_long = all(known) and known[0] != known[1]
    elif not too_long:
        too_long = one != other
    if too_long and not solver.mathematics and len(left) == len(right) == 2:
        return None
    return _lengths_differ(left, right) if too_long else ()


def _lengths_differ(left: Shape, right: Shape) -> Clash:
    """The clash of two vectors along the axes on which they are long."""
    axes = tuple(next((axis for axis, dim in enumerate(shape) if prune(dim) is not ONE), 0) for shape in (left, right))
    return Clash(
        "inner", (0, 1), axes, tuple((*shape, ONE)[axis] for shape, axis in zip((left, right), axes, strict=True))
    )


def pairing_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """`⟨x, y⟩`, `A : B`: a number; two arrays of one shape, or vectors of one length whatever way they lie."""
    left, right = shapes
    if left is None or right is None or not (left and right) or any(type(prune(dim)) is Var for dim in (*left, *right)):
        return ()
    long = [long_dims(shape) for shape in (left, right)]
    if all(len(dims) < 2 for dims in long):
        one, other = ((dims or [ONE])[0] for dims in long)
        return () if solver.unify(one, other) else _lengths_differ(left, right)
    if len(left) != len(right):
        return Clash("elementwise", (0, 1), (0, 0), (prune(left[0]), prune(right[0])))
    for axis, (one, other) in enumerate(zip(left, right, strict=True)):
        if not solver.unify(one, other):
            return Clash("elementwise", (0, 1), (axis, axis), (prune(one), prune(other)))
    return ()


def cross_rule(solver: Solver, shapes: tuple[Shape | None, ...], params: Params) -> Result:
    """The cross product of two vectors of three entries; in code of the vectors along the last axis."""
    for place, shape in enumerate(shapes):
        if shape is not None and solver.mathematics and not is_of_three(shape):
            return Clash("rank", (place,), (), (), {"needs": 1})
    return elementwise_rule(solver, shapes, params)


def is_of_three(shape: Shape) -> bool:
    """Whether an array is a vector of three entries, as far as is known."""
    known = [dim for dim in map(prune, shape) if type(dim) is Dim and dim is not ONE]
    return len(known) < 2 and all(dim.value == 3 for dim in known)


def _crossed(d: Differential, g: Node, a: Node, b: Node) -> tuple[Node, Node]:
    """`b × g` and `g × a`."""
    return tree.apply("cross", b, g), tree.apply("cross", g, a)


def _cross_array(np: Any, a: Any, b: Any) -> Any:
    if np.shape(a)[-1:] == np.shape(b)[-1:] == (3,):
        return np.cross(a, b)
    return np.reshape(np.cross(np.ravel(a), np.ravel(b)), np.shape(a))


def _paired(sp: Any, a: Any, b: Any) -> Any:
    if not (is_matrix(a) and is_matrix(b)):
        return a * b
    return sp.Trace(a.T * b) if a.shape == b.shape else sp.Trace(a * b)


def _product(np: Any, *arrays: Any) -> Any:
    def times(left: Any, right: Any) -> Any:
        if np.ndim(left) and np.ndim(right) and not (np.size(left) == 1 or np.size(right) == 1):
            return left @ right
        one = (np.size(left) == 1 and np.ndim(left) == 2) or (np.size(right) == 1 and np.ndim(right) == 2)
        fits = one and np.ndim(left) and np.ndim(right) and np.shape(left)[-1] == np.shape(right)[0]
        return left @ right if fits else left * right

    return reduce(times, arrays)


def _entries(d: Differential, g: Node, other: Node, own: Node) -> Node:
    """The other vector's entries times g, lying as the own vector does."""
    lies_alike = len(d.shapes[0]) == len(d.shapes[1]) and all(
        prune(one) is prune(two) for one, two in zip(*d.shapes, strict=True)
    )
    return tree.times(g, other if lies_alike else tree.reshaped(other, own))


def lies_as(d: Differential, entries: Node, own: Node) -> Node:
    """Entries of rank 1, lying as the first argument does."""
    return entries if len(d.shapes[0]) == 1 else tree.reshaped(entries, own)


product = Op(
    "product",
    shape=product_rule,
    numpy=_product,
    sympy=lambda sp, *factors: reduce(lambda a, b: a * b, factors),
    gradient=product_gradient,
    arity=None,
    grace=("hadamard",),
    kinds=("product", "row"),
)
matmul = Op(
    "matmul",
    shape=strict_matmul_rule,
    numpy=lambda np, *arrays: reduce(lambda a, b: a @ b, arrays),
    sympy=lambda sp, *factors: reduce(lambda a, b: a * b, factors),
    gradient=product_gradient,
    names=("matmul", "mm", "bmm", "mv", "spmm"),
    calls=("torch.sparse.mm",),
    arity=2,
    kinds=("product", "row"),
)
np_dot = Op(
    "np_dot",
    shape=product_rule,
    numpy=lambda np, a, b: np.dot(a, b),
    sympy=lambda sp, a, b: a * b,
    gradient=product_gradient,
    names=("dot",),
    arity=2,
    kinds=("product",),
)
pairing = Op(
    "pairing",
    shape=pairing_rule,
    numpy=lambda np, a, b: np.sum(np.ravel(a) * np.ravel(b)),
    sympy=_paired,
    gradient=lambda d, g, a, b: (_entries(d, g, b, a), _entries(d, g, a, b)),
    calls=("np.vdot",),
    arity=2,
)
cross = Op(
    "cross",
    shape=cross_rule,
    numpy=_cross_array,
    gradient=_crossed,
    calls=("cross",),
    arity=2,
)
inner = Op(
    "inner",
    shape=inner_rule,
    numpy=lambda np, a, b: np.vdot(a, b),
    sympy=lambda sp, a, b: sp.Trace(a.T * b) if a.shape == b.shape else sp.Trace(a * b),
    gradient=lambda d, g, a, b: (_entries(d, g, b, a), _entries(d, g, a, b)),
    calls=("inner", "vdot"),
    arity=2,
    kinds=("contraction",),
    noun="inner product",
    named={"python": "np.vdot"},
)
hadamard = Op(
    "hadamard",
    "(),()->()",
    numpy=lambda np, *arrays: reduce(lambda a, b: a * b, arrays),
    sympy=times,
    gradient=lambda d, g, *args: tuple(tree.times(g, *args[:at], *args[at + 1 :]) for at in range(len(args))),
    calls=("multiply", "mul"),
    methods=("mul", "mul_"),
    arity=None,
    grace=("product",),
    kinds=("multiplication", "row"),
)
