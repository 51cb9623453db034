"""Gradients of biases, which sum over the examples as those of their weights do: `sum(dZ, axis=0)` beside `X.T dZ`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..repairs._reductions import changed
from ..repairs._repair import target_shape
from ..shapes.dims import ONE, prune
from ..syntax.nodes import Apply, Node
from ._products import is_transpose
from ._slip import GradientSlip
from ._traces import Product, TracedFactor

_BIASES = (("weights", "biases"), ("weights", "bias"), ("weight", "bias"), ("W", "b"), ("w", "b"), ("W", "B"))
"""How weights are called, and their biases: `W1` and `b1`, `weights` and `bias`."""


class Sums:
    """The gradients of biases that are sums along an axis, and those of the weights that go with them."""

    def __init__(self, found: Iterable[Product]) -> None:
        self._pairs: list[tuple[Product, Product]] = []
        told = [product for product in found if product.is_backward and product.target is not None]
        weights = [product for product in told if _contracted(product) is not None]
        for total in (product for product in told if product.is_sum and _axis(product) is not None):
            self._pairs.extend((weight, total) for weight in weights if _is_pair(weight, total))

    def fits(self, weight: Product) -> bool | None:
        """Whether a gradient sums over what its bias's does; None if none is known."""
        found = {_fits(*pair) for pair in self._pairs if pair[0] is weight}
        return found.pop() if len(found) == 1 else None

    def slips(self) -> Iterator[GradientSlip]:
        """The sums that go along another axis than the gradients of their weights, which speak against them."""
        right = [id(total) for weight, total in self._pairs if _fits(weight, total)]
        for weight, total in self._pairs:
            if id(total) not in right and not _is_stated(total):
                axis = _contracted(weight)
                yield GradientSlip(total, (weight,), {id(total.node): changed(total.node, axis=axis)})


def _is_stated(total: Product) -> bool:
    """Whether a bias is known to be a row or a column, as its sum is."""
    shape, axis = target_shape(total.checked), _axis(total)
    return axis is not None and shape is not None and len(shape) == 2 and prune(shape[axis]) is ONE


def _fits(weight: Product, total: Product) -> bool:
    return _contracted(weight) == _axis(total)


def _is_pair(weight: Product, total: Product) -> bool:
    """Whether two gradients are those of a weight and its bias, by one gradient that is handed on."""
    assert weight.target is not None and total.target is not None
    one, other = weight.target.name, total.target.name
    is_called_so = any(sign in one and one.replace(sign, by, 1) == other for sign, by in _BIASES)
    seeds = [factor for factor in weight.factors if _written(factor) == _written(total.factors[0])]
    return is_called_so and len(seeds) == 1 and seeds[0] is _seed(weight) and weight.function is total.function


def _written(factor: TracedFactor) -> Node:
    """What stands there, whether it is transposed or not: another name for it may be that of another shape."""
    node = factor.node
    while type(node) is Apply and is_transpose(node):
        node = node.args[0]
    return node


def _seed(product: Product) -> TracedFactor | None:
    """The gradient that a product of two factors hands on."""
    seeds = [factor for factor in product.factors if factor.is_seed]
    return seeds[0] if len(seeds) == 1 else None


def _contracted(product: Product) -> int | None:
    """The axis of what is handed on that a product of two factors sums over; None of anything else."""
    seed = _seed(product) if len(product.factors) == 2 and product.is_matrix_product else None
    return int((seed is product.factors[0]) is not seed.is_turned) if seed is not None else None


def _axis(total: Product) -> int | None:
    """The axis of its matrix along which a sum goes."""
    axis, (array,) = total.node.params.get("axis"), total.factors
    shape = total.checked.shapes.get(id(total.node.args[0]))
    if axis not in (0, 1, -1, -2) or (shape is not None and len(shape) != 2):
        return None
    return int(axis % 2 != array.is_turned)
