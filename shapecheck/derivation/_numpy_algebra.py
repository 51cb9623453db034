"""How numpy writes norms, inner and cross products, and what solves a system of equations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..ops._nodes import minus
from ..shapes.dims import Shape, number, prune
from ..syntax.nodes import Apply, Name, Node, Number, name_of
from ._code import called

Nodes: TypeAlias = tuple[Node, ...]
Params: TypeAlias = dict[str, Any]
Shapes: TypeAlias = "tuple[Shape | None, ...]"
THREE = number(3)


def _entries(node: Node, shape: Shape | None) -> Node:
    return node if shape is not None and len(shape) == 1 else called("np.ravel", node)


def _as_matrix(node: Node, shape: Shape | None) -> Node:
    if shape is None or len(shape) > 1:
        return node
    return called("np.reshape", node, Apply("tuple", (Number("1"), Number("-1"))))


def _order(order: Any) -> Node:
    if order == "inf":
        return name_of("np.inf")
    return order if isinstance(order, Name | Number | Apply) else name_of(repr(order))


def _vector_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("np.linalg.norm", _entries(args[0], shapes[0]), _order(params.get("ord", 2)))


def _matrix_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("np.linalg.norm", _as_matrix(args[0], shapes[0]), _order(params.get("ord", 2)))


def _columns_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if shapes[0] is not None and len(shapes[0]) < 2:
        return called("np.linalg.norm", _entries(args[0], shapes[0]))
    return called("np.sum", called("np.linalg.norm", args[0], axis=0))


def _weighed_norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    entries = _entries(args[0], shapes[0])
    if shapes[1] == ():
        return Apply("hadamard", (called("np.sqrt", args[1]), called("np.linalg.norm", entries)))
    return called("np.sqrt", Apply("matmul", (entries, args[1], entries)))


def _cross(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The vectors lie along the last axis, or in columns."""
    shape = shapes[0]
    return called("np.cross", *args, **({} if not shape or prune(shape[-1]) is THREE else {"axis": 0}))


def _solved(matrix: Node, right: Node, shape: Shape | None) -> Node:
    if shape is not None and prune(shape[-2]) is prune(shape[-1]):
        return called("np.linalg.solve", matrix, right)
    return Apply("slice", (called("np.linalg.lstsq", matrix, right, rcond=None),), {"items": (0,)})


def _left_divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    matrix, right = args
    return Apply("divide", (right, matrix)) if shapes[0] == () else _solved(matrix, right, shapes[0])


def _right_divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`B / A` solves `A.T X.T = B.T`."""
    left, matrix = args
    if shapes[1] == ():
        return Apply("divide", (left, matrix))
    row = left if shapes[0] is not None and len(shapes[0]) == 1 else Apply("transpose", (left,), sign=".T")
    found = _solved(Apply("transpose", (matrix,), sign=".T"), row, shapes[1])
    return found if row is left else Apply("transpose", (found,), sign=".T")


def _affine(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A linear layer, whose weights hold a row for each output."""
    array, weights, *bias = args
    product = Apply("matmul", (array, Apply("transpose", (weights,), sign=".T")))
    return Apply("add", (product, *bias)) if bias else product


def _squared_error(args: Nodes, params: Params, shapes: Shapes) -> Node:
    squares = called("np.square", minus(*args))
    reduction = params.get("reduction", "mean")
    return squares if reduction == "none" else called(f"np.{reduction}", squares)


ALGEBRA: Mapping[str, Callable[[Nodes, Params, Shapes], Node]] = {
    "vector_norm": _vector_norm,
    "matrix_norm": _matrix_norm,
    "spectral_norm": _matrix_norm,
    "columns_norm": _columns_norm,
    "weighed_norm": _weighed_norm,
    "cross": _cross,
    "affine": _affine,
    "addmm": lambda args, params, shapes: Apply("add", (args[0], Apply("matmul", args[1:]))),
    "mse_loss": _squared_error,
    "cholesky": lambda args, params, shapes: called("np.linalg.cholesky", *args),
    "left_divide": _left_divide,
    "right_divide": _right_divide,
}
