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


@pytest.mark.parametrize("key", ["W[1]", "b[1]", "W[2]", "b[2]"])
def test_two_layers(key: str) -> None:
    graph = graph_of(TWO_LAYERS)
    values, sizes = drawn(graph)
    loss = graph.loss
    assert loss is not None
    found = backward(graph, run(graph, values, sizes), sizes)
    expected = central(lambda arrays: float(run(graph, arrays, sizes)[loss]), values, key)
    assert found["∂" + key] == pytest.approx(expected, rel=1e-5, abs=1e-8)
