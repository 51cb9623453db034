"""A settled tree as one that is written in MATLAB: functions by their names there, axes from 1, `./` between arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..ops import ops
from ..shapes.dims import ONE as UNIT
from ..shapes.dims import Dim, Var, prune
from ..simplify import ShapeOf
from ..syntax.nodes import Apply, Name, Node, Number
from ._code import called, dimension, flat, named, sized
from ._matlab_algebra import ALGEBRA
from ._matlab_arrays import ARRAYS
from ._matlab_axes import aligned, sliced
from ._matlab_reduced import REDUCED
from ._matlab_texts import TEXTS, written_out
from ._numpy_forms import Form, Nodes, Params, Shapes, Unwritten

_SIGNED = frozenset(("add", "neg", "subtract", "hadamard", "range", "prime", "call", "method", "string"))
"""What is written with signs, or is a function of the author's."""
_FUNCTIONS: Mapping[str, str] = {
    "arctan": "atan", "maximum": "max", "minimum": "min", "remainder": "mod",
    **{name: name for name in "exp log log10 log2 log1p expm1 sqrt sin cos tan tanh sinh cosh sech abs sign".split()},
    **{name: name for name in ("floor", "round", "erf", "isnan")},
}  # fmt: skip
"""Functions of entries, by their names there."""
_SIGMOID = frozenset(("sigmoid", "σ", "\\sigma", "sigma", "sigm", "logistic", "expit"))
_WITHOUT = {
    "dropout": "dropout draws a random mask and cannot be written in MATLAB",
    "scatter": "assigning to part of an array cannot be written in one line of MATLAB",
    "einsum": "a sum over indices cannot be written in one line of MATLAB",
    **dict.fromkeys(
        ("argmax", "argmin"), "an index is the second of two results and cannot be written in one line of MATLAB"
    ),
    **dict.fromkeys(
        ("eig", "eigh", "eigvals", "qr", "svd"),
        "a factor of a matrix is one of several results, and cannot be written in one line of MATLAB",
    ),
}
"""Why there is no form of an operation."""


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
        op = ops().get(node.op)
        if node.op == "slice":
            return sliced(args[0], params["items"], tuple(map(self._is_position, node.params["items"])), shapes[0])
        if node.op == "activation":
            return self._activation(args, params)
        return _written(node.op, aligned(args, shapes) if op and op.is_elementwise else args, params, shapes)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Name | Number | Apply):
            return self.tree(value)
        if isinstance(value, Dim | Var):
            return dimension(prune(value))
        return tuple(map(self._value, value)) if isinstance(value, tuple) else value

    def _is_position(self, item: Any) -> bool:
        """Whether an item of a slice is a single place, whose axis goes."""
        return isinstance(item, int | Dim) or (isinstance(item, Name | Number | Apply) and self._shape_of(item) == ())

    def _activation(self, args: Nodes, params: Params) -> Node:
        """A function that is known as it is written, one of the author's by its name."""
        name, order = params["name"], params.get("order", 0)
        plain = name.rpartition(".")[2].lower()
        known = ("sigmoid" if plain in _SIGMOID else plain) + "_prime" * order
        if order < 2 and (known in TEXTS or known in _FUNCTIONS):
            return _written(known, args, {}, ())
        return Apply("activation", args, {**params, "name": self._name(Name(name, name, key=name))})


def _written(op: str, args: Nodes, params: Params, shapes: Shapes) -> Node:
    form = _FORMS.get(op)
    if form is not None:
        return form(args, params, shapes)
    if op in TEXTS:
        return written_out(TEXTS[op], args)
    if op in _FUNCTIONS:
        return called(_FUNCTIONS[op], *args)
    if op in _SIGNED:
        return Apply(op, flat(args) if op == "hadamard" else args, params)
    raise Unwritten(_WITHOUT.get(op, f"{_called(op)} cannot be written in MATLAB"))


def _called(op: str) -> str:
    known = ops().get(op)
    return known.calls[0] if known is not None and known.calls else op.replace("_", " ")


def _clip(args: Nodes, params: Params, shapes: Shapes) -> Node:
    array, *bounds = args
    ends: list[Any] = [*bounds, None, None]
    low = params.get("a_min", params.get("min", ends[0]))
    high = params.get("a_max", params.get("max", ends[1]))
    larger = array if low is None else called("max", array, sized(low))
    return larger if high is None else called("min", larger, sized(high))


def _power(args: Nodes, params: Params, shapes: Shapes) -> Node:
    if () not in shapes and not all(prune(dim) is UNIT for dim in shapes[1] or ()):
        raise Unwritten("a power with an array of exponents cannot be written in MATLAB")
    return Apply("power", args)


def _compared(args: Nodes, params: Params, shapes: Shapes) -> Node:
    sign = params.get("sign", ">")
    return Apply("compare", args, {"sign": {"!=": "~=", "≠": "~=", "≤": "<=", "≥": ">="}.get(sign, sign)})


_FORMS: Mapping[str, Form] = {
    **REDUCED,
    **ALGEBRA,
    **ARRAYS,
    "masked": lambda args, params, shapes: Apply("slice", args),
    "clip": _clip,
    "power": _power,
    "compare": _compared,
}
