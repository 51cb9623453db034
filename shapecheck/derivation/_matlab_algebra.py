"""Products, quotients and functions of matrices as MATLAB has them: an array of rank 1 is a column there."""

from __future__ import annotations

from collections.abc import Mapping

from ..ops import every
from ..syntax.nodes import NOWHERE, Apply, Node
from ._code import called, sized
from ._matlab_axes import aligned, along_rows, column, no_stack, rank, transposed
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten


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


ALGEBRA: Mapping[str, Form] = {
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
}
