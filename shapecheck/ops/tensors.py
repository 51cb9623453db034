"""Products over axes that are named: `tensordot`, numpy's `inner`, chains, and what a function makes of all pairs."""

from __future__ import annotations

from typing import Any

from ..shapes.constraints import Clash
from ..shapes.dims import Shape, prune
from ..shapes.solve import Solver
from ._axes import integer, places
from ._gradient import refused
from ._library import of_numpy
from ._op import Op, Params, Result
from .products import matmul_shape
from .reductions import accumulated, reduced

Shapes = tuple[Shape | None, ...]
SUMMED = "a product over axes that are named"
PAIRED = "a function of all pairs"


def tensordot_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The axes that are summed are gone; of a number so many, the last of the one and the first of the other."""
    left, right = shapes
    if left is None or right is None:
        return None
    pairs = _summed(params.get("axes", 2), len(left), len(right))
    if pairs is None or isinstance(pairs, Clash):
        return pairs
    for here, there in zip(*pairs, strict=True):
        if not solver.unify(left[here], right[there]):
            dims = prune(left[here]), prune(right[there])
            return Clash("inner", (0, 1), (here, there), dims, {"summed": True})
    kept = [dim for axis, dim in enumerate(left) if axis not in pairs[0]]
    return (*kept, *(dim for axis, dim in enumerate(right) if axis not in pairs[1]))


def _summed(axes: Any, left: int, right: int) -> tuple[tuple[int, ...], tuple[int, ...]] | Clash | None:
    """The axes of each that are summed; None if they are not known numbers."""
    count = integer(axes)
    if count is not None:
        if count > min(left, right):
            return Clash("axis", (0 if left < count else 1,), (count - 1,), (), {"rank": min(left, right)})
        return tuple(range(left - count, left)), tuple(range(count))
    if type(axes) is not tuple or len(axes) != 2:
        return None
    one, other = places(axes[0], left), places(axes[1], right)
    if isinstance(one, Clash) or one is None:
        return one
    if isinstance(other, Clash):
        return other._replace(arguments=(1,))
    return None if other is None or len(one) != len(other) else (one, other)


def last_axes_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """numpy's `inner`: over the last axis of both, a number scaling the other."""
    left, right = shapes
    if left is None or right is None or not left or not right:
        return right if left == () else left if right == () else None
    if not solver.unify(left[-1], right[-1]):
        dims = prune(left[-1]), prune(right[-1])
        return Clash("inner", (0, 1), (len(left) - 1, len(right) - 1), dims, {"summed": True})
    return (*left[:-1], *right[:-1])


def chain_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`multi_dot`: the product of all; beside an unknown one the known neighbours are checked all the same."""
    result: Shape | None = shapes[0]
    for position, shape in enumerate(shapes[1:], 1):
        joined = None if result is None or shape is None else matmul_shape(solver, result, shape)
        if isinstance(joined, Clash):
            return joined._replace(arguments=(position - 1, position))
        result = shape if joined is None else joined
    return None if None in shapes else result


def pairs_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """The axes of the one and then those of the other."""
    left, right = shapes
    return None if left is None or right is None else (*left, *right)


def reduced_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """A reduction goes along the first axis where none is named."""
    return reduced(solver, shapes, {"axis": 0, **params})


def accumulated_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """What accumulates goes along the first axis where none is named."""
    return accumulated(solver, shapes, {"axis": 0, **params})


def rows_rule(solver: Solver, shapes: Shapes, params: Params) -> Result:
    """`vecdot`: an inner product along the last axis, the others broadcast."""
    left, right = shapes
    if not left or not right:
        return None
    if not solver.unify(left[-1], right[-1]):
        dims = prune(left[-1]), prune(right[-1])
        return Clash("inner", (0, 1), (len(left) - 1, len(right) - 1), dims, {"summed": True})
    return solver.broadcast_shapes((left[:-1], right[:-1]))


tensordot = of_numpy("tensordot", tensordot_rule, "torch.tensordot", refusal=SUMMED, arity=2, parameters=("axes",))
np_inner = Op(
    "np_inner",
    shape=last_axes_rule,
    numpy=lambda np, a, b: np.inner(a, b),
    gradient=refused(SUMMED),
    calls=("np.inner", "torch.inner"),
    arity=2,
)
multi_dot = Op(
    "multi_dot",
    shape=chain_rule,
    numpy=lambda np, *arrays: np.linalg.multi_dot(arrays),
    gradient=refused(SUMMED),
    calls=("np.linalg.multi_dot", "np.multi_dot", "torch.linalg.multi_dot"),
    arity=None,
)
vecdot = Op(
    "vecdot",
    shape=rows_rule,
    numpy=lambda np, a, b: np.sum(a * b, axis=-1),
    gradient=refused(SUMMED),
    calls=("np.vecdot",),
    arity=2,
)


def _outer_of(name: str) -> Op:
    """`np.add.outer(a, b)` and the like."""
    return Op(
        f"{name}_outer",
        shape=pairs_rule,
        numpy=lambda np, a, b: getattr(np, name).outer(a, b),
        gradient=refused(PAIRED),
        calls=(f"np.{name}.outer",),
        arity=2,
    )


def _reduced_by(name: str) -> Op:
    """`np.add.reduce(A, axis=1)` and the like."""
    return Op(
        f"{name}_reduce",
        shape=reduced_rule,
        numpy=lambda np, a, axis=0, keepdims=False, **rest: getattr(np, name).reduce(a, axis=axis, keepdims=keepdims),
        gradient=refused("a reduction by any function"),
        calls=(f"np.{name}.reduce",),
        parameters=("axis", "dtype", "out", "keepdims"),
    )


def _accumulated_by(name: str) -> Op:
    """`np.add.accumulate(A)` and the like."""
    return Op(
        f"{name}_accumulate",
        shape=accumulated_rule,
        numpy=lambda np, a, axis=0, **rest: getattr(np, name).accumulate(a, axis=axis),
        gradient=refused("what accumulates by any function"),
        calls=(f"np.{name}.accumulate",),
        parameters=("axis", "dtype", "out"),
    )


add_outer, subtract_outer, multiply_outer, divide_outer, maximum_outer, minimum_outer, power_outer = map(
    _outer_of, ("add", "subtract", "multiply", "divide", "maximum", "minimum", "power")
)
equal_outer, less_outer, greater_outer = map(_outer_of, ("equal", "less", "greater"))
add_reduce, multiply_reduce, maximum_reduce, minimum_reduce = map(
    _reduced_by, ("add", "multiply", "maximum", "minimum")
)
add_accumulate, multiply_accumulate, maximum_accumulate = map(_accumulated_by, ("add", "multiply", "maximum"))
