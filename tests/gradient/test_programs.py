"""Programs: which function goes forward and which goes back, and which variable a name is."""

from __future__ import annotations

import pytest

from shapecheck.gradient import Graph, NoGradient, gradients, graphs
from shapecheck.text import Source

FUNCTIONS = """
import numpy as np
def squash(v):
    return 1 / (1 + np.exp(-v))
def forward(X, W1, b1, W2, b2):
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = squash(Z2)
    return A2, {"A1": A1, "A2": A2}
def cost(A2, Y):
    m = Y.shape[1]
    J = -1 / m * np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))
    return J
def backward(params, kept, X, Y):
    m = X.shape[1]
    A1, A2 = kept["A1"], kept["A2"]
    W2 = params["W2"]
    dZ2 = A2 - Y
    grads = {}
    grads["dW2"] = dZ2 @ A1.T / m
    d = W2.T @ dZ2
    dZ1 = d * (1 - A1 ** 2)
    grads["dW1"] = dZ1 @ X.T / m
    return grads
"""
LAYER = """
import numpy as np
class Layer:
    # shapecheck: x: m x n
    # shapecheck: self.W: n x k
    # shapecheck: self.b: 1 x k
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        self.a = np.maximum(0, self.z)
        return self.a
    def backward(self, da):
        dz = da * (self.z > 0)
        self.dW = self.x.T @ dz
        self.db = dz.sum(axis=0, keepdims=True)
        return dz @ self.W.T
"""
LOOP = """
import numpy as np
def train(X, Y, W1, b1, rate):
    for epoch in range(100):
        Z1 = W1 @ X + b1
        A1 = np.maximum(0, Z1)
        loss = np.mean((A1 - Y) ** 2)
        dZ1 = 2 * (A1 - Y) * (Z1 > 0)
        dW1 = dZ1 @ X.T
        W1 -= rate * dW1
    return W1
"""
BRANCH = """
import numpy as np
def run(X, Y, W1, b1, name):
    Z1 = W1 @ X + b1
    if name == "relu":
        A1 = np.maximum(0, Z1)
    else:
        A1 = np.tanh(Z1)
    loss = np.sum((A1 - Y) ** 2)
    return loss
"""


def graph_of(text: str) -> Graph:
    (graph,) = graphs(Source(text, "program.py"))
    return graph


def test_three_functions_are_one_graph() -> None:
    graph = graph_of(FUNCTIONS)
    assert graph.loss == "J"
    assert [step.name.key for step in graph.steps][:4] == ["Z[1]", "A[1]", "Z[2]", "A[2]"]
    assert [claim.of for claim in graph.claims] == ["Z[2]", "W[2]", "Z[1]", "W[1]"]
    assert graph.batch is not None and graph.batch.text == "m"


def test_what_is_computed_on_the_way_is_put_in_its_place() -> None:
    claim = next(claim for claim in graph_of(FUNCTIONS).claims if claim.of == "Z[1]")
    assert "∂Z[2]" in [getattr(node, "key", "") for node in nodes(claim.value)]


def nodes(tree: object) -> list[object]:
    return [tree, *(inner for each in getattr(tree, "args", ()) for inner in nodes(each))]


def test_methods_of_a_class_hand_over_attributes() -> None:
    graph = graph_of(LAYER)
    assert {claim.of for claim in graph.claims} == {"self.z", "W", "b"}
    assert graph.seeds == ("self.a",)


def test_the_body_of_a_loop_is_one_pass() -> None:
    graph = graph_of(LOOP)
    assert [step.name.key for step in graph.steps] == ["Z[1]", "A[1]", "loss"]
    assert {claim.of for claim in graph.claims} == {"Z[1]", "W[1]"}
    assert [gradient.of for gradient in gradients(graph)] == ["A[1]", "Z[1]", "W[1]", "b[1]"]


def test_a_name_that_differs_between_branches_has_no_gradient() -> None:
    with pytest.raises(NoGradient, match="branches"):
        gradients(graph_of(BRANCH))
