"""How numpy says what it has no sign for: `form_of` an operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ..notations.python import notation
from ..ops import ops
from ..ops._nodes import minus
from ..ops.activations import known
from ..ops.elementwise import bounds_of
from ..shapes.dims import Shape, number, prune
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of
from ._code import ONE, called, swapped
from ._names import identifier

Nodes: TypeAlias = tuple[Node, ...]
Params: TypeAlias = dict[str, Any]
Shapes: TypeAlias = "tuple[Shape | None, ...]"
Form: TypeAlias = Callable[[Nodes, Params, Shapes], Node]
THREE = number(3)


class Unwritten(ValueError):
    """What a notation has no form for; the text says what."""


_ARGUMENT = re.compile(r"\bx\b")
_NUMBERS: Mapping[str, Callable[[Nodes], Node]] = {
    "det": lambda args: args[0],
    "trace": lambda args: args[0],
    "diag": lambda args: args[0],
    "inverse": lambda args: Apply("divide", (ONE, args[0])),
    "solve": lambda args: Apply("divide", (args[1], args[0])),
    "matrix_power": lambda args: Apply("power", args),
}
"""What a function of square matrices is of a number, of which numpy has none."""


def form_of(op: str) -> Form | None:
    """How an operation is written that is not a call of numpy's."""
    text = ops()[op].written.get("python") if op in ops() else None
    return FORMS.get(op) or (_by_text(text) if text else None)


def _by_text(text: str) -> Form:
    """A function written out, in brackets."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        argument = notation.write(args[0])
        argument = argument if type(args[0]) is Name else f"({argument})"
        return name_of(f"({_ARGUMENT.sub(lambda _: argument, text)})")

    return form


def _of_square(op: str) -> Form:
    """A function of square matrices, and of numbers."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        given = (*args, *(_bound(value) for value in params.values()))
        return _NUMBERS[op](given) if shapes[0] == () else called(ops()[op].named.get("python", f"np.{op}"), *given)

    return form


def _transpose(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if params.get("axes") is None:
        return Apply("transpose", args, {}, NOWHERE, ".T")
    return called("np.transpose", *args, axes=params["axes"])


def _logistic(argument: Node) -> Node:
    grown = called("np.exp", Apply("neg", (argument,)))
    return Apply("divide", (ONE, Apply("add", (ONE, grown))))


def _slope(value: Node) -> Node:
    return Apply("hadamard", (value, minus(ONE, value)))


def _activation(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A function that is known written out, one of the author's by its name, its derivative by `_prime`."""
    name, order = params["name"], params.get("order", 0)
    op = known(name, order)
    form = form_of(op.name) if op is not None else None
    if form is not None:
        return form(args, {}, shapes)
    if op is not None:
        return called(f"np.{op.name}", *args)
    return called(identifier(Name(name, name)) + "_prime" * order, *args)


def _softmax(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The exponentials over their sum; without an axis numpy has none either."""
    grown = called("np.exp", *args)
    if shapes[0] == ():
        return Apply("divide", (grown, grown))
    return Apply("divide", (grown, called("np.sum", grown, axis=params.get("axis", 0), keepdims=True)))


def _clip(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, *bounds = args
    return called("np.clip", array, *map(_bound, bounds_of(bounds, params)))


def _bound(value: Any) -> Node:
    """A number, a tree, or None as a tree."""
    return value if isinstance(value, Name | Number | Apply) else name_of(str(value))


def _identity(args: Nodes, params: Params, shapes: Shapes) -> Node:
    sizes = [size for size in (params.get("n"), params.get("m")) if size is not None]
    return called("np.eye", *map(_bound, sizes[:1] if len(sizes) > 1 and sizes[0] == sizes[1] else sizes))


def _full(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("np.full", shape=params.get("shape", ()), fill_value=params.get("fill_value", 1.0))


def _drawn(args: Nodes, params: Params, shapes: Shapes) -> Node:
    shape = params.get("shape", ())
    return called("np.random.standard_normal", size=shape)


def _reshaped_like(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("np.reshape", args[0], Apply("attribute", args[1:], {"name": "shape"}))


def _spread_like(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("np.broadcast_to", args[0], Apply("attribute", args[1:], {"name": "shape"}))


def _block(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Blocks below one another or side by side; what is of rank 1 is a column, and so are columns alone."""
    rows = params.get("rows", (len(args),))
    ranks = [None if shape is None else len(shape) for shape in shapes]
    if set(ranks) == {1}:
        whole = rows if len(rows) > 1 else (1,) * len(args) if _lie_below(shapes) else rows
        function = "np.concatenate" if len(whole) > 1 else "np.column_stack"
        return called(function, Apply("tuple", args))
    columns = tuple(_as_column(arg, rank) for arg, rank in zip(args, ranks, strict=True))
    if len(rows) == 1 or set(rows) == {1}:
        below = set(rows) == {1} if len(rows) > 1 else _lie_below(shapes)
        return called("np.vstack" if below else "np.hstack", Apply("tuple", columns))
    return called("np.block", Apply("block", columns, {"rows": rows}))


def _as_column(node: Node, rank: int | None) -> Node:
    return node if rank in (2, None) else called("np.reshape", node, Apply("tuple", (Number("-1"), ONE)))


def _lie_below(shapes: Shapes) -> bool:
    """Whether a single row of blocks is meant downward, as the LSTM's `[h, x]`: they have not equally many rows."""
    return len({shape[:1] or (1,) for shape in shapes if shape is not None}) > 1


def _entries(node: Node, shape: Shape | None) -> Node:
    return node if shape is not None and len(shape) == 1 else called("np.ravel", node)


def _as_row(node: Node, shape: Shape | None) -> Node:
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
    return called("np.linalg.norm", _as_row(args[0], shapes[0]), _order(params.get("ord", 2)))


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


FORMS: Mapping[str, Form] = {
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
    **{op: _of_square(op) for op in _NUMBERS},
    "transpose": _transpose,
    "swapaxes": lambda args, params, shapes: swapped(args[0], Apply("swapaxes", args, params)),
    "activation": _activation,
    "sigmoid": lambda args, params, shapes: _logistic(args[0]),
    "sigmoid_prime": lambda args, params, shapes: _slope(_logistic(args[0])),
    "softplus_prime": lambda args, params, shapes: _logistic(args[0]),
    "tanh_prime": lambda args, params, shapes: minus(ONE, Apply("power", (called("np.tanh", *args), Number("2")))),
    "relu": lambda args, params, shapes: called("np.maximum", args[0], Number("0")),
    "relu_prime": lambda args, params, shapes: Apply("compare", (args[0], Number("0")), {"sign": ">"}),
    "softmax": _softmax,
    "log_softmax": lambda args, params, shapes: called("np.log", _softmax(args, params, shapes)),
    "logsumexp": lambda args, params, shapes: called("np.log", called("np.sum", called("np.exp", *args), **params)),
    "clip": _clip,
    "same": lambda args, params, shapes: args[0],
    "block": _block,
    "shape_of": lambda args, params, shapes: Apply("attribute", args, {"name": "shape"}),
    "dimension": lambda args, params, shapes: Apply("dimension", args, params),
    "extent": lambda args, params, shapes: Apply("dimension", args, {"axis": params.get("axis", 0)}),
    "eye": _identity,
    "full": _full,
    "random": _drawn,
    "stack": lambda args, params, shapes: called("np.stack", Apply("tuple", args), **params),
    "reshape_like": _reshaped_like,
    "broadcast_like": _spread_like,
}
