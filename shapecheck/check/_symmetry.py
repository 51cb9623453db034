"""Which matrices may be symmetric, so that it is not a slip that one of them is not transposed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from ._traces import Product, TracedFactor
from ._weights import is_of_many

_WORD = re.compile(r"[^\W\d_]+")
_MAY_BE_SYMMETRIC = re.compile("[A-HJ-MP-SΛΣΩ](?:_?[a-z]*|[^a-z].*)\\Z|kernel|gram|adj|lap|cov|sim")
"""Names of matrices that are often symmetric: kernels, covariances, graphs; those of weights and of data are not."""


class Symmetry:
    """What is known of the matrices of a section.

    `turned` are those whose gradients are taken, and `called` the words near which its text speaks of symmetry.
    """

    def __init__(self, found: Sequence[Product], turned: Collection[str], called: Collection[str]) -> None:
        factors = [factor for product in found for factor in product.factors]
        written = {factor.name for factor in factors if factor.is_written_turned or factor.is_gradient}
        self._turned = written.union(turned)
        self._called = called
        self._grams = {product.target.name for product in found if product.target is not None and _is_gram(product)}
        self._made = _made(found)

    def lies(self, factor: TracedFactor, product: Product) -> bool:
        """Whether an array is not symmetric: somebody transposes it, or takes its gradient, or its sizes say so."""
        if factor.name in self._grams:
            return False
        if factor.name in self._made or _is_oblong(product, factor):
            return True
        is_turned = factor.name in self._turned or is_of_many(factor)
        if _MAY_BE_SYMMETRIC.match(factor.name.rpartition(".")[2]):
            return is_turned and not self._is_called_symmetric(factor)
        return is_turned or (bool(product.checked.failures) and not self._is_called_symmetric(factor))

    def _is_called_symmetric(self, factor: TracedFactor) -> bool:
        """Whether the text speaks of symmetry beside an array's name."""
        return any(word in self._called for word in words(factor.name))


def words(text: str) -> list[str]:
    """The runs of letters in a text, without their marks."""
    return _WORD.findall(normalize("NFD", text))


def _is_gram(product: Product) -> bool:
    """Whether an array is multiplied by its own transpose, which gives a symmetric matrix."""
    names, turns = {each.name for each in product.factors}, [each.is_turned for each in product.factors]
    return len(names) == 1 and "" not in names and sorted(turns) == [False, True] and not product.is_backward


def _is_oblong(product: Product, factor: TracedFactor) -> bool:
    """Whether a matrix has two sizes that somebody states."""
    shape = product.stated(factor) or ()
    return len(shape) == 2 and shape[0] is not shape[1]


def _made(found: Sequence[Product]) -> set[str]:
    """The arrays that one product makes which is not its own transpose, as `X.T X` and `U S U.T` are."""
    by_line: dict[int, list[Product]] = {}
    for product in found:
        by_line.setdefault(product.line.number, []).append(product)
    alone = [products[0] for products in by_line.values() if len(products) == 1]
    keys = [(product, [factor.key for factor in product.factors]) for product in alone if not product.is_backward]
    return {product.gives for product, row in keys if product.is_of_arrays and row != row[::-1]} - {""}
