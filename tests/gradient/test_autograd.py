"""The gradients of networks against those of the library autograd, which differentiates the same pass in numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import pytest
from autograd import grad

from shapecheck.gradient import graphs
from shapecheck.text import Source

from .test_networks import backward, drawn, run

Arrays = dict[str, Any]


def sigmoid(z: Any) -> Any:
    return 1 / (1 + anp.exp(-z))


def softmax(z: Any, axis: int) -> Any:
    grown = anp.exp(z - anp.max(z, axis=axis, keepdims=True))
    return grown / anp.sum(grown, axis=axis, keepdims=True)


ATTENTION = """
X: B x T x D
Wq, Wk, Wv: D x D
Y: B x T x D
Q = X @ Wq
K = X @ Wk
V = X @ Wv
S = Q @ K.transpose(0, 2, 1) / sqrt(D)
P = softmax(S, axis=-1)
H = P @ V
J = sum((H - Y)**2)
"""


def attention(v: Arrays) -> Any:
    query, key, value = (anp.matmul(v["X"], v[name]) for name in ("Wq", "Wk", "Wv"))
    scores = anp.matmul(query, anp.transpose(key, (0, 2, 1))) / anp.sqrt(v["X"].shape[-1])
    return anp.sum((anp.matmul(softmax(scores, -1), value) - v["Y"]) ** 2)


LSTM = """
x: n x m
h, c: k x m
Wf, Wi, Wo, Wg: k x p
bf, bi, bo, bg: k x 1
Y: k x m
u = [h; x]
f = sigmoid(Wf u + bf)
i = sigmoid(Wi u + bi)
o = sigmoid(Wo u + bo)
g = tanh(Wg u + bg)
c1 = f * c + i * g
h1 = o * tanh(c1)
J = sum((h1 - Y)**2)
"""


def lstm(v: Arrays) -> Any:
    u = anp.concatenate([v["h"], v["x"]])
    f, i, o = (sigmoid(anp.dot(v[f"W{gate}"], u) + v[f"b{gate}"]) for gate in "fio")
    cell = f * v["c"] + i * anp.tanh(anp.dot(v["Wg"], u) + v["bg"])
    return anp.sum((o * anp.tanh(cell) - v["Y"]) ** 2)


NORMALISED = """
X: m x k
W: k x n
γ, β: 1 x n
Y: m x n
U = X W
μ = mean(U, axis=0, keepdims=True)
v = var(U, axis=0, keepdims=True)
N = (U - μ) / sqrt(v + 0.1)
H = γ * N + β
J = sum((H - Y)**2) / 2
"""


def normalised(v: Arrays) -> Any:
    u = anp.dot(v["X"], v["W"])
    mean = anp.mean(u, axis=0, keepdims=True)
    spread = anp.mean((u - mean) ** 2, axis=0, keepdims=True)
    return anp.sum((v["γ"] * (u - mean) / anp.sqrt(spread + 0.1) + v["β"] - v["Y"]) ** 2) / 2


RESIDUAL = """
X: n x m
W: n x n
Y: n x m
H1 = X + tanh(W X)
H2 = H1 + tanh(W H1)
J = sum(log(1 + exp(H2 - Y)))
"""


def residual(v: Arrays) -> Any:
    first = v["X"] + anp.tanh(anp.dot(v["W"], v["X"]))
    return anp.sum(anp.log(1 + anp.exp(first + anp.tanh(anp.dot(v["W"], first)) - v["Y"])))


NETWORKS = [
    pytest.param(ATTENTION, attention, id="attention"),
    pytest.param(LSTM.replace("k x p", "k x k+n"), lstm, id="lstm"),
    pytest.param(NORMALISED, normalised, id="batch normalisation"),
    pytest.param(RESIDUAL, residual, id="residual"),
]


@pytest.mark.parametrize(("text", "loss"), NETWORKS)
def test_a_network_has_the_gradients_of_autograd(text: str, loss: Callable[[Arrays], Any]) -> None:
    (graph,) = graphs(Source(text, "network.formulas"))
    values, sizes = drawn(graph)
    forward = run(graph, values, sizes)
    assert graph.loss is not None
    assert forward[graph.loss] == pytest.approx(loss(values))
    found = backward(graph, forward, sizes, wrt=list(values))
    true = grad(loss)(values)
    for key in values:
        assert found["∂" + key] == pytest.approx(true[key], rel=1e-6, abs=1e-9), key
