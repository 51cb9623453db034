"""A settled tree as one that is written in numpy: products by `@` and `*`, functions by their names there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ops import every, is_a, ops
from ..shapes.dims import Shape, is_single, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of
from ._code import dimension, flat, parameters
from ._names import Identifiers
from ._numpy_forms import Unwritten, form_of

_PLAIN = every("sum", "quotient") | {"floor_divide", "remainder", "power", "compare", "slice", "range", "tuple"}
"""Operations that numpy has a sign for."""


class Numpy:
    """The writing of one tree; `shape_of` tells a scalar from an array, `name` calls things as code does."""

    def __init__(self, shape_of: ShapeOf, name: Callable[[Name], str] | None = None) -> None:
        self.shape = shape_of
        self._name = name or Identifiers()

    def tree(self, node: Node) -> Node:
        """The tree with the names and functions of numpy. Raises Unwritten where it has none."""
        if type(node) is Number:
            return Number(node.text)
        if type(node) is Name:
            return name_of(self._name(node))
        assert type(node) is Apply
        if is_a(node, "product"):
            return self._product(node)
        args = tuple(map(self.tree, node.args))
        form = form_of(node.op)
        if form is not None:
            return form(args, self.params(node), tuple(map(self.shape, node.args)))
        if node.op == "hadamard":
            return Apply(node.op, flat(args))
        if node.op in _PLAIN:
            return Apply(node.op, args, self.params(node))
        return Apply(node.op, args, self.params(node), NOWHERE, _called(node.op))

    def params(self, node: Apply) -> dict[str, Any]:
        """The parameters, dimensions in them as expressions."""
        return parameters(node.params, self.tree, dimension)

    def _product(self, node: Apply) -> Node:
        """Scalars by `*`, then the matrices by `@`; what is 1×1 and scales a matrix by `*` as well."""
        scalars = [self.tree(each) for each in node.args if self.shape(each) == ()]
        rows: list[list[Node]] = []
        last: Shape | None = None
        for each in (each for each in node.args if self.shape(each) != ()):
            shape = self.shape(each)
            if rows and (_is_product(last, shape) or not (_is_one(last) or _is_one(shape))):
                rows[-1].append(self.tree(each))
                last = (last[0], shape[-1]) if last and shape and len(shape) > 1 else None
            else:
                rows.append([self.tree(each)])
                last = shape if last is None or _is_one(last) else last
        whole = [row[0] if len(row) == 1 else Apply("matmul", tuple(row)) for row in rows]
        factors = (*scalars, *whole)
        return factors[0] if len(factors) == 1 else Apply("hadamard", factors)


def _called(op: str) -> str:
    known = ops().get(op)
    name = op if known is None else known.named.get("python") or (*known.calls, op)[0]
    if known is not None and (known.has_no_form("python") or (known.is_of_library and name[:3] != "np.")):
        raise Unwritten(f"{known.called} cannot be written in numpy")
    return name if name.startswith("np.") else f"np.{name}"


def _is_one(shape: Shape | None) -> bool:
    return shape is not None and len(shape) == 2 and is_single(shape)


def _is_product(left: Shape | None, right: Shape | None) -> bool:
    """Whether two arrays have a matrix product, as far as that is known."""
    return not left or not right or prune(left[-1]) is prune(right[0])
