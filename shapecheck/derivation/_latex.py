r"""A settled tree as one that is typeset: `\sum_{i=1}^{m}` and `A \mathbf{1}` for sums, functions upright."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ops import every, is_a, ops
from ..shapes.dims import Shape
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, name_of
from ._code import by_sign, flat, parameters
from ._latex_forms import FORMS, function, function_of, row
from ._numpy_forms import Nodes, Shapes, Unwritten

_KEPT = every("arithmetic", "transposition", "part", "derivative") | frozenset(
    "otimes power superscript inverse prime norm abs compare range block sigma sum_over derivative string tuple call "
    "called method attribute".split()
)
"""What the notation has signs for."""


class Latex:
    """The typesetting of one tree; `shape_of` tells a scalar from an array, `name` spells variables."""

    def __init__(self, shape_of: ShapeOf, name: Callable[[Name], str], sigmoid: str = "\\sigma") -> None:
        self._shape_of = shape_of
        self._name = name
        self._sigmoid = sigmoid

    def tree(self, node: Node) -> Node:
        """The tree as it is typeset. Raises Unwritten where mathematics has no sign for it."""
        if type(node) is Name:
            return Name(self._name(node), node.base, node.indices, key=node.key)
        if type(node) is Number:
            return Number(node.text)
        assert type(node) is Apply
        args = tuple(map(self.tree, node.args))
        shapes = tuple(map(self._shape_of, node.args))
        params = parameters(node.params, self.tree, by_sign)
        if is_a(node, "product"):
            return Apply("product", row(args, "product"))
        if node.op == "hadamard":
            return self._entrywise(args, shapes)
        if node.op == "activation":
            name = params["name"]
            return Apply(node.op, args, {**params, "name": self._name(name_of(name)).strip()})
        form = FORMS.get(node.op)
        if form is not None:
            return form(args, params, shapes)
        if node.op == "sigmoid":
            return function(self._sigmoid, args, {})
        op = ops().get(node.op)
        if op is not None and (op.has_no_form("latex") or op.is_a("random")):
            raise Unwritten(f"{op.called} has no sign in mathematics")
        if node.op == "slice":
            params["items"] = _spelled_out(params["items"], shapes[0])
        if node.op in _KEPT:
            return Apply(node.op, args, params, NOWHERE, node.sign if node.op in ("jacobian", "derivative") else "")
        if op is not None and op.is_of_library:
            raise Unwritten(f"{op.calls[0]} has no mathematical notation")
        return function_of(node.op, args, params, shapes)

    def _entrywise(self, args: Nodes, shapes: Shapes) -> Node:
        """An elementwise product; a scalar stands beside its factor without a sign."""
        if () not in shapes:
            return Apply("hadamard", flat(args))
        return Apply("product", row(args, "product"))


def _spelled_out(items: tuple[Any, ...], shape: Shape | None) -> tuple[Any, ...]:
    """The items of a slice with a colon for each axis that `...` stands for; a new axis is none of mathematics."""
    if None in items:
        raise Unwritten("a new axis has no mathematical notation")
    if Ellipsis not in items:
        return items
    at = items.index(Ellipsis)
    left = max(len(shape or ()) - len(items) + 1, 0)
    return (*items[:at], *(("range", None, None, None),) * left, *items[at + 1 :])
