"""A settled tree as one that is written in MATLAB: functions by their names there, axes from 1, `./` between arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..ops import ops
from ..shapes.dims import Dim, Var, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number
from ._code import ONE, called, dimension, flat, minus, named
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten

_SIGNS = frozenset(("add", "neg", "subtract", "product", "matmul", "np_dot", "power", "transpose", "slice", "range"))
_SIGNED = _SIGNS | {"prime", "call", "method", "string", "sigmoid", "softmax", "activation"}
"""What is written with signs, or is a function of the author's."""
FUNCTIONS: Mapping[str, str] = {
    "arctan": "atan", "maximum": "max", "minimum": "min", "inverse": "inv", "solve": "mldivide", "remainder": "mod",
    "logical_and": "and", "logical_or": "or", "logical_not": "not", "abs": "abs", "norm": "norm",
}  # fmt: skip
"""The names of functions that are called otherwise than formulas call them."""
_KNOWN = frozenset(
    "exp log log10 log2 log1p expm1 sqrt sin cos tan tanh sinh cosh sign floor round erf det trace pinv kron diag "
    "tril triu squeeze linspace".split()
)
_REDUCED = frozenset(("sum", "mean", "prod", "median", "any", "all", "cumsum"))
_EXTREME = frozenset(("max", "min"))
_SPREAD = frozenset(("var", "std"))


class Matlab:
    """The writing of one tree; `shape_of` tells a scalar from an array, `name` calls things as code does."""

    def __init__(self, shape_of: ShapeOf, name: Callable[[Name], str]) -> None:
        self._shape_of = shape_of
        self._name = name

    def tree(self, node: Node) -> Node:
        """The tree with the names and functions of MATLAB. Raises Unwritten where it has none."""
        if type(node) is Name:
            return named(self._name(node))
        if type(node) is Number:
            return Number(node.text)
        assert type(node) is Apply
        args = tuple(map(self.tree, node.args))
        shapes = tuple(map(self._shape_of, node.args))
        params = {name: self._value(value) for name, value in node.params.items()}
        form = _form(node.op)
        if form is not None:
            return form(args, params, shapes)
        if node.op == "hadamard":
            return Apply(node.op, flat(args))
        if node.op == "np_dot":
            return Apply("matmul", args)
        if node.op == "activation":
            name = params["name"]
            return Apply(node.op, args, {**params, "name": self._name(Name(name, name, key=name))})
        if node.op in _SIGNED:
            return Apply(node.op, args, params)
        if node.op in _KNOWN or node.op in FUNCTIONS:
            return Apply(node.op, args, params, NOWHERE, FUNCTIONS.get(node.op, node.op))
        raise Unwritten(f"{_called(node.op)} has no form in MATLAB")

    def _value(self, value: Any) -> Any:
        if isinstance(value, Name | Number | Apply):
            return self.tree(value)
        if isinstance(value, Dim | Var):
            return dimension(prune(value))
        return tuple(map(self._value, value)) if isinstance(value, tuple) else value


def _called(op: str) -> str:
    known = ops().get(op)
    return known.calls[0] if known is not None and known.calls else op.replace("_", " ")


def _form(op: str) -> Form | None:
    if op in _REDUCED:
        return lambda args, params, shapes: called(op, *args, _axis(params, shapes))
    if op in _EXTREME:
        return lambda args, params, shapes: called(op, *args, named("[]"), _axis(params, shapes))
    if op in _SPREAD:
        return lambda args, params, shapes: called(op, *args, ONE, _axis(params, shapes))
    return _FORMS.get(op)


def _axis(params: Params, shapes: Shapes) -> Node:
    """An axis counted from 1; `'all'` where none is named."""
    axis, shape = params.get("axis"), shapes[0]
    if axis is None:
        return Apply("string", (), {"text": "all"})
    if not isinstance(axis, int):
        raise Unwritten("a reduction over several axes has no form of one line in MATLAB")
    if axis < 0 and shape is None:
        raise Unwritten("an axis counted from the end has no form in MATLAB")
    return Number(str((axis % len(shape) if shape else axis) + 1))


def _divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`./` by an array, `/` by a number."""
    return Apply("divide", args, {}, NOWHERE, "" if shapes[1] == () else " ./ ")


def _norm(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if params.get("axis") is not None:
        return called("vecnorm", *args, Number("2"), _axis(params, shapes))
    is_matrix = shapes[0] is not None and len(shapes[0]) == 2 and params.get("ord") in (None, "fro", "F")
    return called("norm", *args, *([Apply("string", (), {"text": "fro"})] if is_matrix else []))


def _sized(name: str) -> Form:
    """`zeros(n, m)`; an array of rank 1 is a column."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        shape = params.get("shape", ())
        sizes = list(shape) if isinstance(shape, tuple) else [shape]
        filled = called(name, *map(_size, sizes), *([ONE] if len(sizes) < 2 else []))
        return filled

    return form


def _size(value: Any) -> Node:
    return value if isinstance(value, Name | Number | Apply) else Number(str(value))


def _like(name: str) -> Form:
    return lambda args, params, shapes: called(name, called("size", *args))


def _identity(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("eye", *(_size(size) for size in (params.get("n"), params.get("m")) if size is not None))


def _column(array: Node) -> Node:
    return Apply("slice", (array,), {"items": (("range", None, None, None),)})


def _outer(args: Nodes, params: Params, shapes: Shapes) -> Node:
    left, right = map(_column, args)
    return Apply("matmul", (left, Apply("transpose", (right,))))


def _joined(args: Nodes, params: Params, shapes: Shapes) -> Node:
    axis = params.get("axis", 0)
    if axis not in (0, 1):
        raise Unwritten("arrays that are joined along a third axis have no form in MATLAB's brackets")
    return Apply("block", args, {"rows": (1,) * len(args) if axis == 0 else (len(args),)})


def _matrix_power(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The exponent is an argument, or a parameter."""
    exponent = args[1] if len(args) > 1 else _size(params["n"])
    return Apply("power", (args[0], exponent), {}, NOWHERE, "^")


def _dimension(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return called("size", args[0], _axis({"axis": params.get("axis", 0)}, shapes))


def _reshaped(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """MATLAB counts down the columns: what goes along the rows is turned before and afterwards."""
    shape = params.get("shape", ())
    sizes = shape if isinstance(shape, tuple) else (shape,)
    if len(sizes) > 2 or any(isinstance(size, Apply) and size.sign == "size" for size in sizes):
        raise Unwritten("an array of more than two axes that is filled row by row has no form in MATLAB")
    turned = Apply("transpose", args)
    given = [named("[]") if _is_open(size) else _size(size) for size in reversed(sizes)]
    if len(given) < 2:
        return called("reshape", turned, *given, ONE)
    return Apply("transpose", (called("reshape", turned, *given),))


def _is_open(size: Any) -> bool:
    return size == -1 or (isinstance(size, Apply) and size.op == "neg")


def _clip(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, *bounds = args
    low, high, *_ = [*bounds, params.get("a_min", params.get("min")), params.get("a_max", params.get("max"))]
    larger = array if low is None else called("max", array, _size(low))
    return larger if high is None else called("min", larger, _size(high))


def _chosen(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """Where a mask holds the one, elsewhere the other."""
    mask, one, other = args
    left = Apply("hadamard", (mask, one))
    return Apply("add", (left, Apply("hadamard", (minus(ONE, mask), other))))


_FORMS: Mapping[str, Form] = {
    "divide": _divide,
    "norm": _norm,
    "zeros": _sized("zeros"),
    "ones": _sized("ones"),
    "random": _sized("randn"),
    "zeros_like": _like("zeros"),
    "ones_like": _like("ones"),
    "random_like": _like("randn"),
    "eye": _identity,
    **dict.fromkeys(("diagonal_matrix", "diagonal_column"), lambda args, params, shapes: called("diag", *args)),
    "outer": _outer,
    "inner": lambda args, params, shapes: called("dot", *args),
    "concatenate": _joined,
    "vstack": lambda args, params, shapes: _joined(args, {"axis": 0}, shapes),
    "hstack": lambda args, params, shapes: _joined(args, {"axis": 1}, shapes),
    "column_stack": lambda args, params, shapes: _joined(args, {"axis": 1}, shapes),
    "block": lambda args, params, shapes: Apply("block", args, params),
    "dimension": _dimension,
    "extent": _dimension,
    "shape_of": lambda args, params, shapes: called("size", *args),
    "count": lambda args, params, shapes: called("numel", *args),
    "vec": lambda args, params, shapes: _column(args[0]),
    "ravel": lambda args, params, shapes: _column(Apply("transpose", args)),
    "reshape": _reshaped,
    "square": lambda args, params, shapes: Apply("power", (args[0], Number("2"))),
    "reciprocal": lambda args, params, shapes: _divide((ONE, *args), {}, ((), *shapes)),
    "matrix_power": _matrix_power,
    "relu": lambda args, params, shapes: called("max", args[0], Number("0")),
    "relu_prime": lambda args, params, shapes: Apply("compare", (args[0], Number("0")), {"sign": ">"}),
    "compare": lambda args, params, shapes: Apply(
        "compare", args, {"sign": {"!=": "~=", "≠": "~="}.get(params.get("sign", ">"), params.get("sign", ">"))}
    ),
    "clip": _clip,
    "where": _chosen,
    "masked": lambda args, params, shapes: called_array(args),
    "same": lambda args, params, shapes: args[0],
    "swapaxes": lambda args, params, shapes: called("pagetranspose", *args),
    "matmul": lambda args, params, shapes: Apply("matmul", args),
    "floor_divide": lambda args, params, shapes: called("floor", _divide(args, params, shapes)),
}


def called_array(args: Nodes) -> Node:
    """The entries that a mask chooses."""
    return Apply("slice", args)
