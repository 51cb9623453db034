r"""How mathematics writes what is a function in code: `\max_{j}(A)`, `\mathbf{1}^T A`, `\|A\|_{1}`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..ops import ops
from ..ops._nodes import minus
from ..ops.elementwise import bounds_of
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Apply, Name, Node, Number, args_of, name_of
from ._code import ONE
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten

_COMMANDS = frozenset("exp log tanh sin cos tan sinh cosh arctan det".split())
_UPRIGHT = {"trace": "tr", "logistic": "sigmoid"}
_INDICES = "ijklpqrs"
"""What runs along an axis: i along the rows, j along the columns."""
_ORDERS = {"inf": "\\infty", "nuc": "*", "fro": "F"}
_ONES = Name("\\mathbf{1}", "𝟙", key="𝟙")
_RAISED = re.compile(r"\^\{\s*(\[[^][{}]*\]|\([^(){}]*\))\s*\}\Z")


def row(args: Nodes, op: str) -> Nodes:
    """The members of a row, those of rows of its kind among them."""
    rows = (args_of(arg, op) for arg in args)
    return tuple(member for members in rows for member in members)


def function_of(op: str, args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A function by its name, a derivative by a prime, with what else it is given, in no keyword of a language."""
    known = ops().get(op)
    plain = op.removesuffix("_prime")
    name = _UPRIGHT.get(op) or (known.calls[0] if known is not None and known.calls and plain == op else plain)
    spelled = f"\\{name}" if name in _COMMANDS else f"\\operatorname{{{name.replace('_', chr(92) + '_')}}}"
    return function(_indexed(spelled, params, shapes) if plain == op else f"{spelled}'", args, params)


def _indexed(name: str, params: Params, shapes: Shapes) -> str:
    """A function with the indices that run along the axes it goes along."""
    index = _over(params, shapes[0]) if shapes else ""
    return f"{name}_{{{index}}}" if index else name


def function(name: str, args: Nodes, params: Params) -> Node:
    """A function with its arguments."""
    given = (value for key, value in params.items() if key not in ("keepdims", "axis") and value not in (None, ()))
    return Apply("call", (Name(name, name), *args, *map(_argument, given)))


def _argument(value: Any) -> Node:
    if isinstance(value, bool):
        raise Unwritten("a truth value has no mathematical notation")
    if isinstance(value, Name | Number | Apply):
        return value
    if isinstance(value, tuple):
        return _argument(value[0]) if len(value) == 1 else Apply("tuple", tuple(map(_argument, value)))
    return name_of(f"\\text{{{value}}}") if isinstance(value, str) else Number(str(value))


def _over(params: Params, shape: Shape | None) -> str:
    """The indices that run along the axes of an operation, none if it goes over all."""
    axis = params.get("axis")
    axes = axis if isinstance(axis, tuple) else (axis,)
    if not shape or not all(isinstance(each, int) for each in axes):
        return ""
    return ",".join(_INDICES[each % len(shape)] for each in axes)


def _along(name: str) -> Form:
    """`\\max_{j}(A)`, the largest of each row."""
    return lambda args, params, shapes: Apply("call", (Name(_indexed(name, params, shapes), name), *args))


def _summed(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A sum over the examples by its sign, over any axis by ones, over all by its sign alone."""
    axis, shape = params.get("axis"), shapes[0]
    if axis is None or not shape or len(shape) != 2 or not isinstance(axis, int):
        index = _over(params, shape) if shape and len(shape) > 2 else ""
        return Apply("sigma", args, {"index": index or None, "low": None, "high": None})
    if axis % 2 == 0:
        return Apply("product", row((Apply("transpose", (_ONES,)), *args), "product"))
    example = _example(args[0])
    if example is None:
        return Apply("product", row((*args, _ONES), "product"))
    return Apply("sum_over", (example,), {"index": "i", "low": Number("1"), "high": _length(shape, axis)})


def _length(shape: Shape, axis: int) -> Node:
    return name_of(str(prune(shape[axis])))


def _example(node: Node) -> Name | None:
    """`dZ^{[2](i)}`, the i-th column of a name that has nothing else above it."""
    if type(node) is not Name:
        return None
    text, raised = _RAISED.subn(r"^{\1(i)}", node.text)
    if "^" in node.text and not raised:
        return None
    return Name(text if raised else f"{text}^{{(i)}}", node.base, node.indices, key=f"{node.key}(i)")


def _mean(args: Nodes, params: Params, shapes: Shapes) -> Node:
    axis, shape = params.get("axis"), shapes[0]
    if not isinstance(axis, int) or not shape or len(shape) != 2:
        return _along("\\operatorname{mean}")(args, params, shapes)
    share = Apply("divide", (Number("1"), _length(shape, axis % 2)))
    return Apply("product", row((share, _summed(args, params, shapes)), "product"))


def _joined(axis: int | None) -> Form:
    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        along = params.get("axis", 0) if axis is None else axis
        if along is None:
            args = tuple(function("\\operatorname{ravel}", (arg,), {}) for arg in args)
        is_below = along is None or along in (0, -len(shapes[0] or ()))
        return Apply("block", args, {"rows": (1,) * len(args) if is_below else (len(args),)})

    return form


def _reshaped_like(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """An array in the shape of another, whose lengths are written."""
    lengths = tuple(_length_of(args[1:], {"axis": axis}, shapes[1:]) for axis in range(len(shapes[1] or ())))
    return function("\\operatorname{reshape}", args[:1], {"shape": lengths})


def _power(exponent: str) -> Form:
    return lambda args, params, shapes: Apply("power", (args[0], Number(exponent)))


def _constant(text: str) -> Form:
    return lambda args, params, shapes: name_of(text)


def _identity(args: Nodes, params: Params, shapes: Shapes) -> Node:
    size = params.get("n")
    return name_of(f"I_{{{size.text}}}") if isinstance(size, Name | Number) else name_of("I")


def _turned(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """In mathematics the transpose of each matrix."""
    return Apply("transpose", args)


def _length_of(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The letter of a dimension."""
    shape, axis = shapes[0], params.get("axis", 0)
    dim = prune(shape[axis]) if shape and isinstance(axis, int) else None
    if not isinstance(dim, Dim):
        raise Unwritten("an unknown length has no mathematical notation")
    return name_of(str(dim))


def _clipped(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, *bounds = args
    low, high = bounds_of(bounds, params)
    larger = array if low is None else function("\\max", (array, _argument(low)), {})
    return larger if high is None else function("\\min", (larger, _argument(high)), {})


def _chosen(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Where a mask holds the one, elsewhere the other."""
    mask, one, other = args
    return Apply("add", (Apply("hadamard", (mask, one)), Apply("hadamard", (minus(ONE, mask), other))))


def _norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if params.get("axis") is not None:
        return _along("\\operatorname{norm}")(args, params, shapes)
    order = params.get("ord")
    return Apply("norm", args, {} if order is None else {"ord": _ORDERS.get(order, order)})


def _weighed(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, weight = args
    if type(weight) is not Name:
        raise Unwritten("a norm with an unnamed weight has no mathematical notation")
    return Apply("norm", (array,), {"ord": weight.text})


def _solved(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`A^{-1} B`; of a matrix that is not square the pseudoinverse."""
    if params.get("part", 0):
        raise Unwritten("the other results of least squares have no mathematical notation")
    matrix, right = args
    return _by_inverse(right, matrix, shapes[0], lambda inverse: (inverse, right))


def _by_inverse(array: Node, matrix: Node, shape: Shape | None, factors: Callable[[Node], Nodes]) -> Node:
    if shape == ():
        return Apply("divide", (array, matrix))
    is_square = shape is None or len(shape) != 2 or prune(shape[0]) is prune(shape[1])
    inverse = Apply("inverse", (matrix,)) if is_square else _pseudoinverse((matrix,), {}, ())
    return Apply("product", row(factors(inverse), "product"))


def _pseudoinverse(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return Apply("superscript", (*args, name_of("+")))


def _solved_right(args: Nodes, params: Params, shapes: Shapes) -> Node:
    left, matrix = args
    return _by_inverse(left, matrix, shapes[1], lambda inverse: (left, inverse))


def _paired(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`a^T b`; of matrices the trace of that."""
    product = Apply("product", (Apply("transpose", args[:1]), args[1]))
    is_matrix = any(shape is not None and len(shape) == 2 for shape in shapes)
    return function("\\operatorname{tr}", (product,), {}) if is_matrix else product


def _filled(args: Nodes, params: Params, shapes: Shapes) -> Node:
    value = params.get("fill_value", 1)
    return _ONES if value == 1 else Apply("product", (_argument(value), _ONES))


def _covariance(args: Nodes, params: Params, shapes: Shapes) -> Node:
    turned = tuple(Apply("transpose", (arg,)) for arg in args) if params.get("rowvar") is False else args
    return function("\\operatorname{cov}", turned, {})


def _log_sum_exp(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return function("\\log", (_summed((function("\\exp", args, {}),), params, shapes),), {})


def _log_softmax(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return function("\\log", (function("\\operatorname{softmax}", args, {}),), {})


FORMS: Mapping[str, Form] = {
    **{name: _along(op.named["latex"]) for name, op in ops().items() if op.named.get("latex")},
    **dict.fromkeys(("norm", "vector_norm", "matrix_norm"), _norm),
    **dict.fromkeys(("solve", "left_divide", "lstsq"), _solved),
    **dict.fromkeys(("dimension", "extent"), _length_of),
    **dict.fromkeys(("inner", "pairing"), _paired),
    "right_divide": _solved_right,
    "pinv": _pseudoinverse,
    "spectral_norm": lambda args, params, shapes: Apply("norm", args, {"ord": 2}),
    "columns_norm": lambda args, params, shapes: Apply("norm", args, {"ord": "2,1"}),
    "weighed_norm": _weighed,
    "matrix_power": lambda args, params, shapes: Apply("power", (*args, *map(_argument, params.values()))),
    "reciprocal": lambda args, params, shapes: Apply("divide", (ONE, *args)),
    "floor_divide": lambda args, params, shapes: function("\\operatorname{floor}", (Apply("divide", args),), {}),
    "clip": _clipped,
    "where": _chosen,
    "full": _filled,
    "cov": _covariance,
    "logsumexp": _log_sum_exp,
    "log_softmax": _log_softmax,
    "reshape_like": _reshaped_like,
    "item": lambda args, params, shapes: args[0],
    "diagonal_matrix": lambda args, params, shapes: function("\\operatorname{diag}", args, params),
    "diagonal_column": lambda args, params, shapes: function("\\operatorname{diag}", args, params),
    "sum": _summed,
    "mean": _mean,
    "softmax": lambda args, params, shapes: function("\\operatorname{softmax}", args, {}),
    "concatenate": _joined(None),
    "vstack": _joined(0),
    "hstack": _joined(1),
    "column_stack": _joined(1),
    "outer": lambda args, params, shapes: Apply("product", (args[0], Apply("transpose", args[1:]))),
    "kron": lambda args, params, shapes: Apply("otimes", args),
    "square": _power("2"),
    "sqrt": lambda args, params, shapes: Apply("call", (Name("\\sqrt", "sqrt"), *args)),
    "zeros": _constant("\\mathbf{0}"),
    "zeros_like": _constant("\\mathbf{0}"),
    "ones": _constant("\\mathbf{1}"),
    "ones_like": _constant("\\mathbf{1}"),
    "eye": _identity,
    "swapaxes": _turned,
    "same": lambda args, params, shapes: args[0],
    "tanh_prime": lambda args, params, shapes: Apply(
        "add", (Number("1"), Apply("neg", (Apply("power", (function("\\tanh", args, {}), Number("2"))),)))
    ),
}
