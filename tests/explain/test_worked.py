"""The worked example on the chain rule: its numbers against numpy, its width, and the author's letters in it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from shapecheck.explain import explain
from shapecheck.explain._worked import GRADIENT, PLACES, Example, worked
from shapecheck.text import Source

LAYOUTS = list(product((False, True), (False, True), (0, 1)))


def loss(example: Example, values: list[Any]) -> float:
    """A loss whose derivatives by the product are the example's."""
    left, right = (value.T if factor.turned else value for factor, value in zip(example.factors, values, strict=True))
    return float(np.sum(np.array(GRADIENT) * (left @ right)))


def slopes(example: Example, side: int) -> Any:
    """The derivatives of the loss by a factor's entries, by central differences."""
    values = [np.array(factor.value, dtype=float) for factor in example.factors]
    found = np.zeros((2, 2))
    for place in PLACES:
        both = []
        for step in (0.5, -0.5):
            moved = [value.copy() for value in values]
            moved[side][place] += step
            both.append(loss(example, moved))
        found[place] = both[0] - both[1]
    return found


@pytest.mark.parametrize(("left", "right", "side"), LAYOUTS)
def test_the_sums_are_the_gradient(left: bool, right: bool, side: int) -> None:
    example = Example("Z", ("P", left), ("Q", right))
    assert np.array_equal(example.gradient(side), slopes(example, side))
    assert example.right_formula(side)[1] == example.gradient(side)
    assert example.scalar_formula(side)[1] != example.gradient(side)


@pytest.mark.parametrize(("left", "right", "side"), LAYOUTS)
def test_its_lines_fit_beside_their_head(left: bool, right: bool, side: int) -> None:
    lines = list(worked(Example("Z", ("P", left), ("Q", right)), side))
    assert max(map(len, lines)) <= 68
    assert all(line == line.rstrip() for line in lines)


def first_line(text: str, *options: str) -> str:
    found = explain(Source("\n".join((*options, text))))[-1].example()
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("formula", "product_of"),
    [
        ("∂Z2/∂W2", "Z = W A "),
        ("dW1 = dZ1 ∂Z1/∂W1", "Z = W X "),
        ("dA1 = ∂Z2/∂A1 dZ2", "Z = W A "),
        ("@convention torch\n∂Z2/∂W2", "Z = A W.T "),
        ("P: n x k\nQ: k x m\nR: n x m\nR = P Q\n∂R/∂Q", "R = P Q "),
        ("Q: n x k\nR: n x m\n∂R/∂Q", "Z = W A "),
        ("Z1 = W1 X", ""),
        ("∂A1/∂Z1", ""),
    ],
)
def test_it_has_the_letters_of_the_layer(formula: str, product_of: str) -> None:
    assert first_line(formula).startswith(product_of)
    assert bool(first_line(formula)) == bool(product_of)
