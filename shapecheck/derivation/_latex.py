r"""A settled tree as one that is typeset: `\sum_{i=1}^{m}` and `A \mathbf{1}` for sums, functions upright."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..ops import ops
from ..shapes.dims import Dim, Shape, Var, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number
from ._code import flat, named
from ._numpy_forms import Form, Nodes, Params, Shapes

_COMMANDS = frozenset("exp log tanh sin cos tan sinh cosh arctan det".split())
_UPRIGHT = {"trace": "tr", "logistic": "sigmoid"}
_EXTREMES = {"max": "\\max", "min": "\\min", "maximum": "\\max", "minimum": "\\min", "argmax": "\\arg\\max"}
_INDICES = {0: "i", 1: "j"}
"""What the largest entry is sought over along an axis: the rows, i, or the columns, j."""
_PRODUCTS = frozenset(("product", "matmul", "np_dot"))
_KEPT = frozenset(
    "add neg subtract dot otimes power superscript divide transpose inverse prime norm abs "
    "compare slice masked range block sigma sum_over jacobian derivative string tuple call method attribute".split()
)
"""What the notation has signs for."""
_ONES = Name("\\mathbf{1}", "𝟙", key="𝟙")
_RAISED = re.compile(r"\^\{\s*(\[[^][{}]*\]|\([^(){}]*\))\s*\}\Z")


class Latex:
    """The typesetting of one tree; `shape_of` tells a scalar from an array, `name` spells variables."""

    def __init__(self, shape_of: ShapeOf, name: Callable[[Name], str], sigmoid: str = "\\sigma") -> None:
        self._shape_of = shape_of
        self._name = name
        self._sigmoid = sigmoid

    def tree(self, node: Node) -> Node:
        """The tree as it is typeset."""
        if type(node) is Name:
            return Name(self._name(node), node.base, node.indices, key=node.key)
        if type(node) is Number:
            return Number(node.text)
        assert type(node) is Apply
        args = tuple(map(self.tree, node.args))
        shapes = tuple(map(self._shape_of, node.args))
        params = {name: self._value(value) for name, value in node.params.items()}
        if node.op in _PRODUCTS:
            return Apply("product", _row(args, "product"))
        if node.op == "hadamard":
            return self._entrywise(args, shapes)
        if node.op == "activation":
            name = params["name"]
            return Apply(node.op, args, {**params, "name": self._name(Name(name, name, key=name)).strip()})
        form = FORMS.get(node.op)
        if form is not None:
            return form(args, params, shapes)
        if node.op == "sigmoid":
            return _function(self._sigmoid, args, {})
        if node.op in _KEPT:
            return Apply(node.op, args, params, NOWHERE, node.sign if node.op in ("jacobian", "derivative") else "")
        return _function(_upright(node.op), args, params)

    def _entrywise(self, args: Nodes, shapes: Shapes) -> Node:
        """An elementwise product; a scalar stands beside its factor without a sign."""
        if () not in shapes:
            return Apply("hadamard", flat(args))
        return Apply("product", _row(args, "product"))

    def _value(self, value: Any) -> Any:
        if isinstance(value, Name | Number | Apply):
            return self.tree(value)
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        return named(str(prune(value))) if isinstance(value, Dim | Var) else value


def _row(args: Nodes, op: str) -> Nodes:
    """The members of a row, those of rows of its kind among them."""
    rows = (arg.args if type(arg) is Apply and arg.op == op else (arg,) for arg in args)
    return tuple(member for row in rows for member in row)


def _upright(op: str) -> str:
    """The command that a function is written with."""
    known = ops().get(op)
    name = _UPRIGHT.get(op) or (known.calls[0] if known is not None and known.calls else op)
    return f"\\{name}" if name in _COMMANDS else f"\\operatorname{{{name.replace('_', ' ')}}}"


def _function(name: str, args: Nodes, params: Params) -> Node:
    """A function with its arguments and what else it is given, in no keyword of a programming language."""
    given = (value for key, value in params.items() if key not in ("keepdims", "axis") and value is not None)
    return Apply("call", (Name(name, name), *args, *map(_argument, given)))


def _argument(value: Any) -> Node:
    if isinstance(value, Name | Number | Apply):
        return value
    if isinstance(value, tuple):
        return Apply("tuple", tuple(map(_argument, value)))
    return named(f"\\text{{{value}}}") if isinstance(value, str) else Number(str(value))


def _extreme(name: str) -> Form:
    """`\\max_{j}(A)`, the largest of each row."""

    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        axis = params.get("axis")
        index = _INDICES.get(axis % len(shapes[0])) if isinstance(axis, int) and shapes[0] else None
        return Apply("call", (Name(f"{name}_{{{index}}}" if index else name, name), *args))

    return form


def _summed(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """A sum over the examples by its sign, over any axis by ones, over all by its sign alone."""
    axis, shape = params.get("axis"), shapes[0]
    if axis is None or not shape or len(shape) != 2 or not isinstance(axis, int):
        return Apply("sigma", args, {"index": None, "low": None, "high": None})
    if axis % 2 == 0:
        return Apply("product", _row((Apply("transpose", (_ONES,)), *args), "product"))
    example = _example(args[0])
    if example is None:
        return Apply("product", _row((*args, _ONES), "product"))
    return Apply("sum_over", (example,), {"index": "i", "low": Number("1"), "high": _length(shape, axis)})


def _length(shape: Shape, axis: int) -> Node:
    return named(str(prune(shape[axis])))


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
        return _function("\\operatorname{mean}", args, {})
    share = Apply("divide", (Number("1"), _length(shape, axis % 2)))
    return Apply("product", _row((share, _summed(args, params, shapes)), "product"))


def _joined(axis: int | None) -> Form:
    def form(args: Nodes, params: Params, shapes: Shapes) -> Node:
        along = params.get("axis", 0) if axis is None else axis
        return Apply("block", args, {"rows": (1,) * len(args) if along == 0 else (len(args),)})

    return form


def _outer(args: Nodes, params: Params, shapes: Shapes) -> Node:
    return Apply("product", (args[0], Apply("transpose", args[1:])))


def _power(exponent: str) -> Form:
    return lambda args, params, shapes: Apply("power", (args[0], Number(exponent)))


def _constant(text: str) -> Form:
    return lambda args, params, shapes: named(text)


def _identity(args: Nodes, params: Params, shapes: Shapes) -> Node:
    size = params.get("n")
    return named(f"I_{{{size.text}}}") if isinstance(size, Name | Number) else named("I")


def _turned(args: Nodes, params: Params, shapes: Shapes) -> Node:
    """In mathematics the transpose of each matrix."""
    return Apply("transpose", args)


FORMS: Mapping[str, Form] = {
    **{op: _extreme(name) for op, name in _EXTREMES.items()},
    "sum": _summed,
    "mean": _mean,
    "softmax": lambda args, params, shapes: _function("\\operatorname{softmax}", args, {}),
    "concatenate": _joined(None),
    "vstack": _joined(0),
    "hstack": _joined(1),
    "column_stack": _joined(1),
    "outer": _outer,
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
        "add", (Number("1"), Apply("neg", (Apply("power", (_function("\\tanh", args, {}), Number("2"))),)))
    ),
}
