"""A settled tree as one that is written in numpy: products by `@` and `*`, functions by their names there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..notations import notations
from ..ops import ops
from ..shapes.dims import Dim, Shape, Var, prune
from ..simplify import ShapeOf
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number
from ._names import identifier

_PRODUCTS = ("product", "matmul", "np_dot")
_SIGMOID = frozenset(("sigmoid", "σ", "\\sigma", "sigma", "sigm", "logistic", "expit"))
_LINALG = {"inverse": "np.linalg.inv", "norm": "np.linalg.norm", "det": "np.linalg.det", "solve": "np.linalg.solve"}
_PLAIN = frozenset(("add", "neg", "subtract", "divide", "hadamard", "power", "compare", "slice", "range"))


class Numpy:
    """The writing of one tree; `shape_of` tells a scalar from an array."""

    def __init__(self, shape_of: ShapeOf) -> None:
        self._shape_of = shape_of

    def tree(self, node: Node) -> Node:
        """The tree with the names and functions of numpy."""
        if type(node) is Number:
            return Number(node.text)
        if type(node) is Name:
            return named(identifier(node))
        assert type(node) is Apply
        form = _FORMS.get(node.op)
        if form is not None:
            return form(self, node)
        args = tuple(map(self.tree, node.args))
        if node.op == "hadamard":
            return Apply(node.op, flat(args))
        if node.op in _PLAIN:
            return Apply(node.op, args, self.params(node))
        return self.call(node, f"np.{_called(node.op)}")

    def call(self, node: Apply, name: str) -> Node:
        """An operation as a call of a function, with its parameters."""
        return Apply(node.op, tuple(map(self.tree, node.args)), self.params(node), NOWHERE, name)

    def params(self, node: Apply) -> dict[str, Any]:
        """The parameters, dimensions in them as names."""
        return {name: self._value(value) for name, value in node.params.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, Name | Number | Apply):
            return self.tree(value)
        if isinstance(value, Dim | Var):
            return named(str(prune(value)))
        return tuple(map(self._value, value)) if isinstance(value, tuple) else value

    def shape(self, node: Node) -> Shape | None:
        """The shape of a node."""
        return self._shape_of(node)


def named(text: str) -> Name:
    """A name as it is."""
    return Name(text, text, key=text)


def _called(op: str) -> str:
    known = ops().get(op)
    return known.calls[0] if known is not None and known.calls else op


def _product(writer: Numpy, node: Apply) -> Node:
    """Scalars by `*`, then the matrices by `@`."""
    scalars = [writer.tree(each) for each in node.args if writer.shape(each) == ()]
    arrays = [writer.tree(each) for each in node.args if writer.shape(each) != ()]
    whole = arrays if len(arrays) < 2 else [Apply("matmul", tuple(arrays))]
    factors = (*scalars, *whole)
    return factors[0] if len(factors) == 1 else Apply("hadamard", factors)


def flat(factors: Sequence[Node]) -> tuple[Node, ...]:
    """The factors of an elementwise product without brackets around the first ones."""
    first, *rest = factors
    return (*first.args, *rest) if type(first) is Apply and first.op == "hadamard" else tuple(factors)


def swapped(array: Node, node: Apply) -> Node:
    """`A.swapaxes(-1, -2)`."""
    axes = tuple(Number(str(axis)) for axis in node.params.values())
    return Apply("method", (array, *axes), {"method": "swapaxes"})


def _swapaxes(writer: Numpy, node: Apply) -> Node:
    return swapped(writer.tree(node.args[0]), node)


def _transpose(writer: Numpy, node: Apply) -> Node:
    array = writer.tree(node.args[0])
    axes = node.params.get("axes")
    if axes is None:
        return Apply("transpose", (array,), {}, NOWHERE, ".T")
    return Apply("permute", (array,), {"axes": axes}, NOWHERE, "np.transpose")


def _activation(writer: Numpy, node: Apply) -> Node:
    name, order = node.params["name"], node.params.get("order", 0)
    argument = writer.tree(node.args[0])
    if name.rpartition(".")[2].lower() in _SIGMOID:
        return _logistic(argument) if not order else _slope(_logistic(argument))
    function = identifier(Name(name, name)) + "_prime" * order
    return Apply("unknown", (argument,), {"name": function}, NOWHERE, function)


def _linear(writer: Numpy, node: Apply) -> Node:
    return writer.call(node, _LINALG[node.op])


def _minus(left: Node, right: Node) -> Node:
    return Apply("add", (left, Apply("neg", (right,))))


ONE = Number("1")


def _logistic(argument: Node) -> Node:
    grown = Apply("exp", (Apply("neg", (argument,)),), {}, NOWHERE, "np.exp")
    return Apply("divide", (ONE, Apply("add", (ONE, grown))))


def _slope(value: Node) -> Node:
    return Apply("hadamard", (value, _minus(ONE, value)))


def _larger(writer: Numpy, node: Apply) -> Node:
    return Apply("maximum", (writer.tree(node.args[0]), Number("0")), {}, NOWHERE, "np.maximum")


def _mask(writer: Numpy, node: Apply) -> Node:
    return Apply("compare", (writer.tree(node.args[0]), Number("0")), {"sign": ">"})


def _softmax(writer: Numpy, node: Apply) -> Node:
    """The exponentials over their sum; without an axis numpy has none either."""
    axis = node.params.get("axis", 0)
    grown = Apply("exp", (writer.tree(node.args[0]),), {}, NOWHERE, "np.exp")
    total = Apply("sum", (grown,), {"axis": axis, "keepdims": True}, NOWHERE, "np.sum")
    return Apply("divide", (grown, total))


def _log_softmax(writer: Numpy, node: Apply) -> Node:
    return Apply("log", (_softmax(writer, node),), {}, NOWHERE, "np.log")


_LOGISTIC = "1 / (1 + np.exp(-{x}))"
_NORMAL = "(1 + np.vectorize(math.erf)({x} / 2**0.5)) / 2"
_TEXTS = {
    "leaky_relu": "np.where({x} > 0, {x}, 0.01 * {x})",
    "leaky_relu_prime": "np.where({x} > 0, 1, 0.01)",
    "elu": "np.where({x} > 0, {x}, np.expm1(np.minimum({x}, 0)))",
    "elu_prime": "np.exp(np.minimum({x}, 0))",
    "silu": f"{{x}} * ({_LOGISTIC})",
    "silu_prime": f"({_LOGISTIC}) * (1 + {{x}} / (1 + np.exp({{x}})))",
    "softplus": "np.log1p(np.exp({x}))",
    "softsign": "{x} / (1 + np.abs({x}))",
    "softsign_prime": "1 / (1 + np.abs({x}))**2",
    "gelu": f"{{x}} * {_NORMAL}",
    "gelu_prime": f"{_NORMAL} + {{x}} * np.exp(-({{x}}**2) / 2) / (2 * np.pi)**0.5",
    "linear_prime": "np.ones_like({x})",
    "linear": "{x}",
    "logit": "np.log({x} / (1 - {x}))",
    "sech": "1 / np.cosh({x})",
    "vec": "{x}.reshape(-1, 1, order='F')",
    "diagonal_column": "np.diag({x})[:, None]",
}
"""Functions that numpy has not by name, written out."""


def _by_text(writer: Numpy, node: Apply) -> Node:
    """A function written out, in brackets."""
    argument = writer.tree(node.args[0])
    text = notations["python"].write(argument, "", notations["python"].style)
    return named(f"({_TEXTS[node.op].format(x=text if type(argument) is Name else f'({text})')})")


def _tanh_slope(writer: Numpy, node: Apply) -> Node:
    value = Apply("tanh", (writer.tree(node.args[0]),), {}, NOWHERE, "np.tanh")
    return _minus(ONE, Apply("power", (value, Number("2"))))


def _same(writer: Numpy, node: Apply) -> Node:
    return writer.tree(node.args[0])


def _softplus_slope(writer: Numpy, node: Apply) -> Node:
    return _logistic(writer.tree(node.args[0]))


def _sigmoid(writer: Numpy, node: Apply) -> Node:
    return _logistic(writer.tree(node.args[0]))


def _sigmoid_slope(writer: Numpy, node: Apply) -> Node:
    return _slope(_sigmoid(writer, node))


def _shape(writer: Numpy, node: Apply) -> Node:
    return Apply("attribute", (writer.tree(node.args[0]),), {"name": "shape"})


def _dimension(writer: Numpy, node: Apply) -> Node:
    return Apply("dimension", (writer.tree(node.args[0]),), node.params)


def _identity(writer: Numpy, node: Apply) -> Node:
    sizes = [named(str(size)) if isinstance(size, int) else size for size in writer.params(node).values()]
    return Apply("eye", tuple(sizes), {}, NOWHERE, "np.eye")


def _block(writer: Numpy, node: Apply) -> Node:
    """Blocks below one another or side by side."""
    rows = node.params.get("rows", (len(node.args),))
    if len(rows) == 1 or set(rows) == {1}:
        shapes = [writer.shape(each) for each in node.args]
        beside = len(rows) == 1 and len({shape[:1] for shape in shapes if shape}) == 1
        items = Apply("tuple", tuple(map(writer.tree, node.args)))
        return Apply("stacked", (items,), {}, NOWHERE, "np.hstack" if beside else "np.vstack")
    items = Apply("block", tuple(map(writer.tree, node.args)), {"rows": rows})
    return Apply("stacked", (items,), {}, NOWHERE, "np.block")


_FORMS: Mapping[str, Callable[[Numpy, Apply], Node]] = {
    **dict.fromkeys(_PRODUCTS, _product),
    "transpose": _transpose,
    "activation": _activation,
    "sigmoid": _sigmoid,
    "sigmoid_prime": _sigmoid_slope,
    "tanh_prime": _tanh_slope,
    "relu": _larger,
    "relu_prime": _mask,
    **dict.fromkeys(_TEXTS, _by_text),
    "softplus_prime": _softplus_slope,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "same": _same,
    "swapaxes": _swapaxes,
    "block": _block,
    "shape_of": _shape,
    "dimension": _dimension,
    "eye": _identity,
    **dict.fromkeys(_LINALG, _linear),
}
