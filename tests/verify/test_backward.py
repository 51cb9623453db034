"""The gradient of one equation by the rules of its operations is the one by differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecheck.check import statements
from shapecheck.evaluate import silently
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import _backward, _differences
from shapecheck.verification._readings import ExamplePowers
from shapecheck.verification._world import World

SHAPES = ("A: 3 x 5", "B: 5 x 2", "c: 3 x 1", "d: 1 x 5", "s: scalar", "v: (5,)")
VALUES = {"A": (3, 5), "B": (5, 2), "c": (3, 1), "d": (1, 5), "s": (), "v": (5,)}
TREES = [
    "A B + c",
    "tanh(A * c) + d",
    "s A / c",
    "sum(A * A, axis=1, keepdims=True)",
    "softmax(A, axis=1)",
    "(A - mean(A, axis=1, keepdims=True))^2",
    "c.T A d.T",
    "reshape(A, (5, 3)) + d.T",
    "[A; d]",
    "A[:, 1:3] B[:2, :]",
    "sum(exp(A) * c)",
]


@pytest.mark.parametrize("text", TREES)
def test_rules_and_differences_agree(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(5)
    values: dict[str, Any] = {key: generator.uniform(0.5, 1.5, shape) for key, shape in VALUES.items()}
    ((_, checked),) = statements(Source(text), Settings(shapes=SHAPES, convention="none"))
    (tree,) = checked.equation.members
    upstream = generator.normal(size=np.shape(_backward.evaluate(tree, values, {})))
    for key in [key for key in values if key in text]:
        with silently():
            expected = _differences.pulled_back(tree, key, values, {}, upstream)
        monkeypatch.setattr(_backward, "FEW", 0)
        monkeypatch.setattr(_differences, "pulled_back", None)
        with silently():
            found = _backward.pulled_back(tree, key, values, {}, upstream)
        monkeypatch.undo()
        assert np.shape(found) == VALUES[key]
        assert np.allclose(found, expected, rtol=1e-4, atol=1e-6)


def test_examples_of_which_nobody_has_any_scale_nothing() -> None:
    nowhere = World({}, {}, {}, {}, frozenset(), {}, {}, {}, has_loss=True, derivatives={}, changes={})
    assert ExamplePowers("", "m", 1, 1).scale((), nowhere) == 1
    assert ExamplePowers("", "m", 1, 1).scale((), nowhere._replace(sizes={"m": 7})) == 7
