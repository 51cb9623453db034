"""Write a tree as a sympy matrix expression: shapes are symbolic, and every broadcast stands there as ones."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import sympy

from .ops import ops
from .ops._forms import is_matrix
from .ops._op import Op
from .shapes.dims import AnyDim, Dim, Shape, Var, prune
from .syntax.nodes import Apply, Equation, Name, Node, Number

NOTHING: Mapping[int, str] = {}
_NO_FORM = "cannot be written with sympy's matrices"


class NotAMatrix(ValueError):
    """What sympy's matrices cannot say: rank 3 and more, an unknown shape, an operation without such a form.

    `node` is the part of the tree of which `what` is said.
    """

    def __init__(self, what: str, node: Node | None = None) -> None:
        super().__init__(f"{_called(node)} {what}" if node is not None else what)
        self.what = what
        self.node = node


def to_sympy(tree: Node | Equation, shapes: Mapping[int, Shape | None], readings: Mapping[int, str] = NOTHING) -> Any:
    """The sympy expression of a tree; an equation is an `Eq`, a chain of them their `And`.

    `shapes` and `readings` are by the `id` of nodes. Rank 1 is a column, 1×1 a scalar where one is wanted. Raises
    NotAMatrix, which names the operation.
    """
    try:
        return _expression(tree, _Writer(shapes, readings))
    except NotAMatrix:
        raise
    except (ValueError, TypeError, IndexError, NotImplementedError) as error:
        raise NotAMatrix("a part of it cannot be written with sympy's matrices") from error


def _expression(tree: Node | Equation, writer: _Writer) -> Any:
    if not isinstance(tree, Equation):
        return writer.write(tree)
    members = [writer.write(member) for member in tree.members]
    equalities = [_equal(left, right) for left, right in pairwise(members)]
    return sympy.And(*equalities) if len(equalities) > 1 else equalities[0] if equalities else members[0]


def _equal(left: Any, right: Any) -> Any:
    if is_matrix(left) is not is_matrix(right):
        left, right = (scalar(side) for side in (left, right))
    return sympy.Eq(left, right, evaluate=False)


def dimension(dim: AnyDim) -> Any:
    """A dimension as a polynomial in positive integers."""
    dim = prune(dim)
    if type(dim) is not Dim:
        return sympy.Symbol(f"?{id(dim)}", integer=True, positive=True)
    return sympy.Add(*(factor * sympy.Mul(*map(_size, monomial)) for monomial, factor in dim.terms))


def _size(name: str) -> Any:
    return sympy.Symbol(name, integer=True, positive=True)


def scalar(value: Any) -> Any:
    """A matrix of one entry as that entry."""
    return sympy.Trace(value) if is_matrix(value) and value.shape == (1, 1) else value


class _Writer:
    """The walk over one tree; what it knows of each node is its shape and its reading."""

    def __init__(self, shapes: Mapping[int, Shape | None], readings: Mapping[int, str]) -> None:
        self._shapes = shapes
        self._readings = readings
        dims = {prune(dim) for shape in shapes.values() for dim in shape or ()}
        self._sizes = {name for dim in dims if isinstance(dim, Dim) for name in dim.symbols}

    def write(self, node: Node) -> Any:
        if type(node) is Number:
            return sympy.Rational(node.text) if "." not in node.text else sympy.Float(node.text)
        if type(node) is Name:
            return self._name(node)
        assert type(node) is Apply
        op = ops().get(self._readings.get(id(node), node.op))
        if op is None or op.sympy is None:
            raise NotAMatrix(_NO_FORM, node)
        shape = self._shape(node)
        return _fitted(self._apply(op, node, shape), shape, node)

    def _shape(self, node: Node) -> Shape:
        shape = self._shapes.get(id(node))
        if shape is None and type(node) is not Number:
            raise NotAMatrix("has no known shape", node)
        if shape is not None and len(shape) > 2:
            raise NotAMatrix(f"has {len(shape)} axes, a matrix only two", node)
        return tuple(map(prune, shape or ()))

    def _name(self, node: Name) -> Any:
        shape = self._shape(node)
        if not shape:
            return _size(node.text) if node.text in self._sizes else sympy.Symbol(node.text)
        rows, columns = _extent(shape)
        return sympy.MatrixSymbol(node.text, rows, columns)

    def _parameter(self, value: Any) -> Any:
        """A parameter with its dimensions, or the nodes that stand for them, as sympy has them."""
        if type(value) is tuple:
            return tuple(map(self._parameter, value))
        if isinstance(value, Dim | Var):
            return dimension(value)
        if type(value) is Name:
            return _size(value.key or value.text)
        return self.write(value) if isinstance(value, Number | Apply) else value

    def _apply(self, op: Op, node: Apply, shape: Shape) -> Any:
        values = [self.write(argument) for argument in node.args]
        known = [self._shape(argument) for argument in node.args]
        params = {name: self._parameter(value) for name, value in node.params.items()}
        if op.is_a("product"):
            return _product(values, known)
        if op.is_a("entrywise"):
            values = [_expanded(value, from_, shape) for value, from_ in zip(values, known, strict=True)]
        axis = params.get("axis")
        if type(axis) is int and axis < 0 and known:
            params["axis"] = axis % max(len(known[0]), 1)
        try:
            return op.sympy(sympy, *values, **params)  # type: ignore[misc]
        except (NotImplementedError, ValueError, IndexError):
            raise NotAMatrix(_NO_FORM, node) from None


def _called(node: Node) -> str:
    return node.op if type(node) is Apply else node.text  # type: ignore[union-attr]


def _extent(shape: Shape) -> tuple[Any, Any]:
    """Rows and columns of a shape, rank 1 being a column."""
    rows, columns = (*map(dimension, shape), 1, 1)[:2]
    return rows, columns


def _expanded(value: Any, shape: Shape, wanted: Shape) -> Any:
    """A matrix broadcast to a shape by products with ones; a scalar, or 1×1, stays a scalar."""
    if not is_matrix(value):
        return value
    if len(shape) == 1 and len(wanted) == 2:
        value = value.T
    rows, columns = _extent(wanted)
    if value.shape == (rows, columns):
        return value
    if value.shape == (1, 1):
        return scalar(value)
    if value.shape[0] != rows:
        value = sympy.OneMatrix(rows, 1) * value
    return value if value.shape[1] == columns else value * sympy.OneMatrix(1, columns)


def _product(values: list[Any], shapes: list[Shape]) -> Any:
    """A matrix product from left to right: rank 1 is a row on the left and a column on the right, scalars scale."""
    scale, result, flat = sympy.Integer(1), None, False
    for value, shape in zip(values, shapes, strict=True):
        if not is_matrix(value):
            scale *= value
        elif result is None:
            result, flat = value, len(shape) == 1
        else:
            left = result.T if flat else result
            if left.shape[1] == value.shape[0]:
                result, flat = _flattened(left * value, flat, len(shape) == 1)
            else:
                result = scalar(left) * scalar(value)
    return scale if result is None else result if scale == 1 else scale * result


def _flattened(product: Any, left: bool, right: bool) -> tuple[Any, bool]:
    """The product with what remains of rank 1 as a column."""
    if left and right:
        return sympy.Trace(product), False
    return (product.T, True) if left else (product, right)


def _fitted(value: Any, shape: Shape, node: Node) -> Any:
    """The value with the shape that inference found: 1×1 as a scalar or the reverse, and nothing else."""
    if not shape:
        value = scalar(value)
    elif not is_matrix(value):
        return value * sympy.OneMatrix(*_extent(shape))
    if len(shape) == 1 and value.shape[1] != 1:
        value = value.T
    wanted = _extent(shape) if shape else None
    if wanted and any(sympy.expand(a - b) != 0 for a, b in zip(value.shape, wanted, strict=True)):
        raise NotAMatrix(_NO_FORM, node)
    return value
