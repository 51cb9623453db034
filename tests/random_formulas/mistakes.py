"""The mistakes that people make, one at a time, on the tree of a right formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from .grow import Vocabulary
from .tree import (
    Arrays,
    Dims,
    Elementwise,
    Matrix,
    Product,
    Reduction,
    Transpose,
    Tree,
    dims_of,
    evaluate,
    places,
    put,
)

MISTAKES = ("swapped", "transposed", "confused", "wrong axis", "dropped keepdims", "wrong operand")
STRUCTURAL = MISTAKES[:5]
"""The mistakes whose undoing must be among the fixes."""


def mistakes(tree: Tree, vocabulary: Vocabulary) -> Iterator[tuple[str, Tree]]:
    """Every tree that is one mistake away, with the kind of the mistake."""
    for path, part in places(tree):
        for kind, wrong in _here(part, vocabulary):
            yield kind, put(tree, path, wrong)


def _here(part: Tree, vocabulary: Vocabulary) -> Iterator[tuple[str, Tree]]:
    match part:
        case Product(left, right):
            yield "swapped", Product(right, left)
            yield "confused", Elementwise(left, right)
        case Elementwise(left, right):
            yield "confused", Product(left, right)
        case Transpose(of):
            yield "transposed", of
        case Reduction(axis=int(axis)):
            yield "wrong axis", replace(part, axis=1 - axis)
            if part.keepdims and axis == 1:
                yield "dropped keepdims", replace(part, keepdims=False)
        case Matrix(name):
            yield "transposed", Transpose(part)
            others = [other for other in vocabulary.declared if other != name]
            few = vocabulary.random.sample(others, min(len(others), 4))
            yield from (("wrong operand", Matrix(other)) for other in few)


def is_wrong(tree: Tree, arrays: Arrays, wanted: Dims | None) -> bool:
    """Whether numpy refuses the tree, or gives another shape than the wanted one.

    No shape is wanted of an expression alone. False also where mathematics is more lenient than numpy: a 1×1 factor
    scales, 1×1 is a scalar, rank 1 is a row; there numpy is no judge.
    """
    if any(_is_lenient(part, arrays) for _, part in places(tree)):
        return False
    value = _value(tree, arrays)
    if value is None:
        return True
    if wanted is None or dims_of(value) == wanted:
        return False
    alike = {"1"}.issuperset(wanted) and np.size(value) == 1
    return not alike and ("1", *dims_of(value)) != wanted


def _value(tree: Tree, arrays: Arrays) -> Any:
    try:
        return evaluate(tree, arrays)
    except ValueError:
        return None


def _is_lenient(part: Tree, arrays: Arrays) -> bool:
    if not isinstance(part, Product):
        return False
    factors = (_value(part.left, arrays), _value(part.right, arrays))
    return any(factor is not None and (np.size(factor) == 1 or np.ndim(factor) < 2) for factor in factors)
