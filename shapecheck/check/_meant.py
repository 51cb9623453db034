"""Products of entries that are meant as products of matrices: `dZ * W.T`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..repairs._repair import product_sign
from ..shapes.dims import ONE, prune
from ..syntax.nodes import Apply, Node
from ._slip import GradientSlip
from ._traces import Product, Trace, TracedFactor, is_same, traces

Same = Callable[[Trace], Iterable[tuple[Product, Trace]]]
"""The other products of the arrays of one, and what they say."""


def as_meant(product: Product, same: Same) -> GradientSlip | None:
    """What is wrong with a Hadamard product of matrices that as a matrix product says what another formula does."""
    if product.node.op != "hadamard" or not all(_is_plain(factor, product) for factor in product.factors):
        return None
    is_odd = product.is_code and any(factor.is_turned for factor in product.factors)
    for trace in traces(product) if is_odd else ():
        for other, told in same(trace):
            if is_same(trace.body, told.body):
                return GradientSlip(product, (other,), {id(product.node): _multiplied(product)})
    return None


def _is_plain(factor: TracedFactor, product: Product) -> bool:
    """Whether an array of code is plainly a matrix, and no row or column that another is scaled by."""
    shape = product.checked.shapes.get(id(factor.node)) or ()
    is_small = len(factor.name) == 1 and factor.name.islower() and not factor.is_seed
    return factor.is_matrix and not is_small and not any(prune(dim) is ONE for dim in shape)


def _multiplied(product: Product) -> Node:
    """A Hadamard product with two of its factors multiplied as matrices."""
    one, other = (factor.node for factor in product.factors)
    args, sign = product.node.args, product_sign(product.checked, product.line.section)
    place = next(place for place, node in enumerate(args) if node is one)
    whole = Apply(sign, (one, other))
    rest = (*args[:place], whole, *args[place + 2 :])
    return Apply("hadamard", rest, product.node.params, sign=product.node.sign) if len(rest) > 1 else whole
