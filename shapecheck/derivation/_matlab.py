"""A settled tree as one that is written in MATLAB: functions by their names there, axes from 1, `./` between arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..ops import every, is_a, ops
from ..ops.activations import known
from ..ops.elementwise import bounds_of
from ..shapes.dims import ONE as UNIT
from ..shapes.dims import Dim, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of
from ._code import called, dimension, flat, parameters, sized
from ._matlab_arrays import ARRAYS
from ._matlab_axes import aligned, along_rows, column, no_stack, rank, sliced, transposed
from ._matlab_reduced import REDUCED, written_out
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten

_SIGNED = every("sum") | {"hadamard", "range", "prime", "call", "method", "string"}
"""What is written with signs, or is a function of the author's."""


class Matlab:
    """The writing of one tree; `shape_of` tells a scalar from an array, `name` calls things as code does."""

    def __init__(self, shape_of: ShapeOf, name: Callable[[Name], str]) -> None:
        self._shape_of = shape_of
        self._name = name

    def tree(self, node: Node) -> Node:
        """The tree with the names and functions of MATLAB. Raises Unwritten where it has none."""
        if type(node) is Name:
            return name_of(self._name(node))
        if type(node) is Number:
            return Number(node.text)
        assert type(node) is Apply
        args = tuple(map(self.tree, node.args))
        shapes = tuple(map(self._shape_of, node.args))
        params = parameters(node.params, self.tree, dimension)
        if node.op == "slice":
            return sliced(args[0], params["items"], tuple(map(self._is_position, node.params["items"])), shapes[0])
        if node.op == "activation":
            return self._activation(args, params)
        return _written(node.op, aligned(args, shapes) if is_a(node, "entrywise") else args, params, shapes)

    def _is_position(self, item: Any) -> bool:
        """Whether an item of a slice is a single place, whose axis goes."""
        return isinstance(item, int | Dim) or (isinstance(item, Name | Number | Apply) and self._shape_of(item) == ())

    def _activation(self, args: Nodes, params: Params) -> Node:
        """A function that is known as it is written, one of the author's by its name."""
        name, order = params["name"], params.get("order", 0)
        op = known(name, order)
        if op is not None and (written := _by_block(op.name, args)) is not None:
            return written
        return Apply("activation", args, {**params, "name": self._name(name_of(name))})


def _written(op: str, args: Nodes, params: Params, shapes: Shapes) -> Node:
    form = _FORMS.get(op)
    if form is not None:
        return form(args, params, shapes)
    if (written := _by_block(op, args)) is not None:
        return written
    if op in _SIGNED:
        return Apply(op, flat(args) if op == "hadamard" else args, params)
    block = ops().get(op)
    raise Unwritten(f"{op if block is None else block.called} cannot be written in MATLAB")


def _by_block(op: str, args: Nodes) -> Node | None:
    """An operation by its text, or its name; functions of entries have theirs in MATLAB too."""
    block = ops().get(op)
    if block is None or op in _SIGNED:
        return None
    if text := block.written.get("matlab"):
        return written_out(text, args)
    is_function = block.is_a("function") and block.calls and not block.is_of_library
    name = block.named.get("matlab", op if is_function else "")
    return called(name, *args) if name else None


def _clip(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, *bounds = args
    low, high = bounds_of(bounds, params)
    larger = array if low is None else called("max", array, sized(low))
    return larger if high is None else called("min", larger, sized(high))


def _power(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if () not in shapes and not all(prune(dim) is UNIT for dim in shapes[1] or ()):
        raise Unwritten("a power with an array of exponents cannot be written in MATLAB")
    return Apply("power", args)


def _compared(args: Nodes, params: Params, shapes: Shapes) -> Node:
    sign = params.get("sign", ">")
    return Apply("compare", args, {"sign": {"!=": "~=", "≠": "~=", "≤": "<=", "≥": ">="}.get(sign, sign)})


def _divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`./` by an array, `/` by a number."""
    return Apply("divide", args, {}, NOWHERE, "" if shapes[1] == () else " ./ ")


def _product(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A product of matrices, numbers among them: a vector before a matrix is a row, and so is what comes of it."""
    no_stack(shapes, "a product of")
    arrays = [at for at, shape in enumerate(shapes) if shape != ()]
    if any(rank(shapes[at]) < 2 for at in arrays[1:-1]):
        raise Unwritten("a product with a vector between matrices cannot be written in one line of MATLAB")
    if len(arrays) < 2 or rank(shapes[arrays[0]]) > 1:
        return Apply("matmul", args)
    first = arrays[0]
    product = Apply("matmul", (*args[:first], transposed(args[first]), *args[first + 1 :]))
    return product if rank(shapes[arrays[-1]]) < 2 else transposed(product)


def _inner(args: Nodes, params: Params, shapes: Shapes) -> Node:
    left, right = map(column, args)
    return Apply("matmul", (transposed(left), right))


def _outer(args: Nodes, params: Params, shapes: Shapes) -> Node:
    left, right = (along_rows(arg, shape) for arg, shape in zip(args, shapes, strict=True))
    return Apply("matmul", (left, transposed(right)))


def _kron(args: Nodes, params: Params, shapes: Shapes) -> Node:
    no_stack(shapes, "a Kronecker product of")
    return called("kron", *aligned(args, shapes))


def _left_divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    no_stack(shapes, "a system of equations with")
    if params.get("part", 0):
        raise Unwritten("the other results of least squares cannot be written in MATLAB")
    return Apply("left_divide", args)


def _right_divide(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """`B / A` is the transpose of what solves `A' X = B'`."""
    no_stack(shapes, "a system of equations with")
    left, matrix = args
    if shapes[1] == ():
        return Apply("divide", args, {}, NOWHERE, " / ")
    if rank(shapes[0]) == 1:
        return Apply("left_divide", (transposed(matrix), left))
    return transposed(Apply("left_divide", (transposed(matrix), transposed(left))))


def _matrix_power(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """The exponent is an argument, or a parameter."""
    exponent = args[1] if len(args) > 1 else sized(params["n"])
    return Apply("power", (args[0], exponent), {}, NOWHERE, "^")


def _covariance(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """MATLAB has a variable in each column."""
    (array,) = args
    return called("cov", array if params.get("rowvar") is False else transposed(array))


def of_matrix(name: str) -> Form:
    """A function of one matrix, with what else it is given."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        no_stack(shapes, f"{name} of")
        return called(name, *args, *map(sized, params.values()))

    return form


_FORMS: Mapping[str, Form] = {
    **REDUCED,
    **{name: of_matrix(name) for name in ("pinv", "diag", "tril", "triu")},
    "det": of_matrix("det"),
    "trace": of_matrix("trace"),
    "inverse": of_matrix("inv"),
    "diagonal_matrix": of_matrix("diag"),
    "diagonal_column": of_matrix("diag"),
    **dict.fromkeys(every("product"), _product),
    **dict.fromkeys(("left_divide", "solve", "lstsq"), _left_divide),
    **dict.fromkeys(("inner", "pairing"), _inner),
    "divide": _divide,
    "right_divide": _right_divide,
    "matrix_power": _matrix_power,
    "outer": _outer,
    "kron": _kron,
    "cross": lambda args, params, shapes: called("cross", *args),
    "cov": _covariance,
    **ARRAYS,
    "masked": lambda args, params, shapes: Apply("slice", args),
    "clip": _clip,
    "power": _power,
    "compare": _compared,
}
