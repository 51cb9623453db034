"""Gradients of whole networks, evaluated, against central differences of the same loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from shapecheck.evaluate import draw, evaluate
from shapecheck.gradient import Graph, gradients, graphs
from shapecheck.text import Source

from .numbers import central

TWO_LAYERS = """
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1 + b2
A2 = sigmoid(Z2)
J = -1/m sum(Y * log(A2) + (1 - Y) * log(1 - A2))
dW1 = 1/m dZ1 X.T
"""


def graph_of(text: str, path: str = "network.formulas") -> Graph:
    (graph,) = graphs(Source(text, path))
    return graph


def run(graph: Graph, values: Mapping[str, Any], sizes: dict[str, int]) -> dict[str, Any]:
    """All variables of a graph, forward."""
    found = dict(values)
    for step in graph.steps:
        found[step.name.key] = np.asarray(evaluate(step.value, found, sizes))
    return found


def backward(graph: Graph, values: Mapping[str, Any], sizes: dict[str, int], **options: Any) -> dict[str, Any]:
    """All gradients, in order, each of those before it."""
    found = dict(values)
    for gradient in gradients(graph, **options):
        found[gradient.name.key] = np.asarray(evaluate(gradient.value, found, sizes))
    return found


def drawn(graph: Graph, **ranges: tuple[float, float]) -> tuple[dict[str, Any], dict[str, int]]:
    shapes = {key: graph.shapes[key] or () for key in graph.inputs}
    values, sizes = draw(shapes, seed=3)
    arrays = {key: 0.5 * value for key, value in values.items() if key not in sizes}
    return {key: np.abs(value) % 1 if key == "Y" else value for key, value in arrays.items()}, sizes


def two_layers(v: Mapping[str, Any]) -> float:
    hidden = np.tanh(v["W[1]"] @ v["X"] + v["b[1]"])
    out = 1 / (1 + np.exp(-(v["W[2]"] @ hidden + v["b[2]"])))
    losses = v["Y"] * np.log(out) + (1 - v["Y"]) * np.log(1 - out)
    return float(-np.sum(losses) / v["X"].shape[1])


@pytest.mark.parametrize("key", ["W[1]", "b[1]", "W[2]", "b[2]"])
def test_two_layers(key: str) -> None:
    graph = graph_of(TWO_LAYERS)
    values, sizes = drawn(graph)
    found = backward(graph, run(graph, values, sizes), sizes)
    assert found["∂" + key] == pytest.approx(central(two_layers, values, key), rel=1e-5, abs=1e-8)


def test_of_the_summed_loss_are_those_of_the_examples_alone() -> None:
    graph = graph_of(TWO_LAYERS)
    values, sizes = drawn(graph)
    forward = run(graph, values, sizes)
    mean, summed = (backward(graph, forward, sizes, per_example=each) for each in (False, True))
    assert np.allclose(summed["∂Z[1]"], sizes["m"] * mean["∂Z[1]"])
    assert np.allclose(summed["∂W[1]"], mean["∂W[1]"])


CODE = """
import numpy as np
def squash(v):
    return 1 / (1 + np.exp(-v))
def step(X, Y, W1, b1, W2, b2):
    m = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = squash(Z2)
    loss = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    return loss
"""


@pytest.mark.parametrize("key", ["W[1]", "b[2]"])
def test_the_same_in_numpy_code(key: str) -> None:
    graph = graph_of(CODE, "network.py")
    values, sizes = drawn(graph)
    found = backward(graph, run(graph, values, sizes), sizes)
    assert found["∂" + key] == pytest.approx(central(two_layers, values, key), rel=1e-5, abs=1e-8)


LATEX = r"""
# A network

$$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = \tanh(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \frac{1}{1 + e^{-Z^{[2]}}}$$
$$J = -\frac{1}{m} \sum \left( Y \odot \log A^{[2]} + (1 - Y) \odot \log(1 - A^{[2]}) \right)$$
$$dZ^{[2]} = A^{[2]} - Y$$
"""
MATLAB = """
Z1 = W1 * X + b1;
A1 = tanh(Z1);
Z2 = W2 * A1 + b2;
A2 = 1 ./ (1 + exp(-Z2));
J = -1/m * sum(sum(Y .* log(A2) + (1 - Y) .* log(1 - A2)));
"""


@pytest.mark.parametrize(("text", "path"), [(LATEX, "network.md"), (MATLAB, "network.formulas")])
@pytest.mark.parametrize("key", ["W[1]", "b[2]"])
def test_the_same_in_other_notations(text: str, path: str, key: str) -> None:
    graph = graph_of(text, path)
    values, sizes = drawn(graph)
    found = backward(graph, run(graph, values, sizes), sizes)
    assert found["∂" + key] == pytest.approx(central(two_layers, values, key), rel=1e-5, abs=1e-8)
