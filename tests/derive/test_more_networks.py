"""More forward passes, evaluated by their own trees: what is derived equals central differences."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np
import pytest

from shapecheck.derivation import Derivation, asking, derive
from shapecheck.derivation._names import identifier
from shapecheck.derivation._wanted import distributions, variable
from shapecheck.derivation.text import text_of
from shapecheck.evaluate import draw, evaluate
from shapecheck.text import Source

STEP = 1e-6
TWO = "Z1 = W1 X + b1\nA1 = %s(Z1)\nZ2 = W2 A1 + b2\nA2 = %s\n"
ROWS = "X: m x n\nW: n x k\nb: (k,)\nY: m x k\nS = X W + b\n"
RIDGE = "X: m x n\ny: m x 1\nw: n x 1\nb, lam: scalar\n"
WORDS = "X, R: m x d\nW1: d x k\nW2: k x d\n"
NORM = "X, R: m x d\ngamma, beta: (d,)\neps: scalar\n"
GATES = "x: n x m\na0, c0, R: k x m\nWf, Wu, Wo, Wc: k x (k + n)\nbf, bu, bo, bc: k x 1\n"

PASSES = {
    "a loss an entry": TWO % ("relu", "sigmoid(Z2)") + "L = -(Y * log(A2) + (1 - Y) * log(1 - A2))\nJ = 1/m sum(L)\n",
    "np.dot and np.multiply": "Z1 = np.dot(W1, X) + b1\nA1 = np.tanh(Z1)\nZ2 = np.dot(W2, A1) + b2\n"
    "A2 = sigmoid(Z2)\n"
    "logs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)\ncost = -np.sum(logs) / m\n",
    "two sums": TWO % ("tanh", "σ(Z2)") + "J = -(1/m) * sum(Y * log(A2)) - (1/m) * sum((1 - Y) * log(1 - A2))\n",
    "a mean": TWO % ("leaky_relu", "sigmoid(Z2)") + "J = mean(-Y * log(A2) - (1 - Y) * log(1 - A2))\n",
    "softmax of columns": TWO % ("relu", "softmax(Z2, axis=0)") + "J = -1/m sum(Y * log(A2))\n",
    "softmax written out": TWO % ("relu", "exp(Z2) / sum(exp(Z2), axis=0, keepdims=True)")
    + "J = -1/m sum(Y * log(A2))\n",
    "softmax in steps": ROWS + "E = exp(S)\nP = E / sum(E, axis=1, keepdims=True)\nJ = -1/m sum(Y * log(P))\n",
    "log_softmax": ROWS + "J = -1/m sum(Y * log_softmax(S, axis=1))\n",
    "logsumexp": ROWS + "J = 1/m (sum(log(sum(exp(S), axis=1))) - sum(Y * S))\n",
    "the logarithm of a sum": ROWS + "P = softmax(S, axis=1)\nJ = -1/m sum(log(sum(Y * P, axis=1)))\n",
    "ridge by norms": RIDGE + "J = ‖y - X w‖^2 + lam ‖w‖^2\n",
    "ridge by means": RIDGE + "r = X w + b - y\nJ = mean(r^2) + lam sum(w^2)\n",
    "hinge": RIDGE + "s = X w + b\nJ = 1/m sum(max(0, 1 - y * s))\n",
    "absolute error": RIDGE + "J = sum(abs(X w - y)) / m\n",
    "a trace": "X: m x n\nY: m x k\nW: n x k\nE = X W - Y\nJ = 1/2 tr(E.T E)\n",
    "two recurrent steps": "x1, x2: n x m\nh0, R: k x m\nW: k x n\nU: k x k\nb: k x 1\nh1 = tanh(W x1 + U h0 + b)\n"
    "h2 = tanh(W x2 + U h1 + b)\nJ = 1/2 sum((h2 - R)^2)\n",
    "gates of one block": GATES + "h = [a0, x]\nf = sigmoid(Wf h + bf)\nu = sigmoid(Wu h + bu)\ng = tanh(Wc h + bc)\n"
    "c = f * c0 + u * g\no = sigmoid(Wo h + bo)\na = o * tanh(c)\nJ = sum(R * a)\n",
    "gates cut from one product": "x: n x m\nh, c, R: k x m\nW: (4*k) x n\nU: (4*k) x k\nz = W x + U h\n"
    "i = sigmoid(z[:k, :])\n"
    "f = sigmoid(z[k:2*k, :])\no = sigmoid(z[2*k:3*k, :])\ng = tanh(z[3*k:, :])\nc1 = f * c + i * g\n"
    "h1 = o * tanh(c1)\nJ = sum(R * h1)\n",
    "a part alone": "z, R: (2*k) x m\ni = z[:k, :]\nJ = sum(i^2) + sum(R * z^2)\n",
    "np.var": NORM + "mu = np.mean(X, axis=0)\nv = np.var(X, axis=0)\nN = (X - mu) / np.sqrt(v + eps)\n"
    "out = gamma * N + beta\nJ = np.sum(R * out)\n",
    "np.std": NORM + "mu = np.mean(X, axis=0)\ns = np.std(X, axis=0)\nout = gamma * (X - mu) / s + beta\n"
    "J = np.sum(R * out)\n",
    "a power": NORM + "mu = mean(X, axis=0)\nv = mean((X - mu)^2, axis=0)\nN = (X - mu) * (v + eps)^(-1/2)\n"
    "J = sum(R * N)\n",
    "attention by columns": "X: d x T\nWq, Wk: k x d\nWv: l x d\nR: l x T\nQ = Wq X\nK = Wk X\nV = Wv X\n"
    "A = softmax(K.T Q / sqrt(k), axis=0)\nO = V A\nJ = sum(R * O)\n",
    "attention with a residual": "X, R: T x d\nWq, Wk, Wv: d x k\nWo: k x d\nQ = X Wq\nK = X Wk\nV = X Wv\n"
    "A = softmax(Q K^T / sqrt(k), axis=-1)\nO = X + A V Wo\nJ = 1/2 sum((O - R)^2)\n",
    "tied rows": "X: m x n\nW: n x k\nb: (k,)\nc: (n,)\nH = sigmoid(X @ W + b)\nD = sigmoid(H @ W.T + c)\n"
    "J = -1/m sum(X * log(D) + (1 - X) * log(1 - D))\n",
    "two residuals": "X, R: n x m\nW1, W2: n x n\nA1 = X + relu(W1 X)\nA2 = A1 + relu(W2 A1)\n"
    "J = 1/(2m) sum((A2 - R)^2)\n",
    "a chain": "A: n x k\nB: k x l\nC: l x m\nR: n x m\nJ = sum(R * (A B C))\n",
    "einsum": "A: n x k\nB: k x m\nR: n x m\nC = einsum('ij,jk->ik', A, B)\nJ = sum(R * C)\n",
    "determinant and inverse": "A, B: n x n\nJ = log(det(A)) + tr(inv(A) B)\n",
    "gelu": WORDS + "O = gelu(X W1) W2\nJ = 1/2 sum((O - R)^2)\n",
    "many activations": WORDS + "A = elu(X W1)\nB = swish(A W2)\nC = softplus(B)\nD = softsign(C)\nJ = sum(R * D)\n",
    "a maximum": "X: n x m\nR: n x 1\nM = max(X, axis=1, keepdims=True)\nJ = sum(R * M)\n",
    "word vectors": "U, V: d x k\nb, c: 1 x k\nF, L: k x k\nE = U.T V + b.T + c - L\nJ = 1/2 sum(F * E^2)\n",
    "one example": "x: n x 1\nW: k x n\nb, y: k x 1\nz = W x + b\np = softmax(z)\nL = -y.T log(p)\n",
    "a network in one line": "J = 1/2 sum((sigmoid(W2 tanh(W1 X + b1) + b2) - Y)^2)\n",
    "a network and its loss in one line": "J = -1/m sum(Y * log(sigmoid(W2 relu(W1 X + b1) + b2))"
    " + (1 - Y) * log(1 - sigmoid(W2 relu(W1 X + b1) + b2)))\n",
    "attention in one line": "X: T x d\nWq, Wk, Wv: d x k\nR: T x k\n"
    "O = softmax((X Wq) (X Wk)^T / sqrt(k), axis=1) (X Wv)\nJ = sum(R * O)\n",
    "normalisation in one line": "X, R: n x m\nγ, β: n x 1\nε: scalar\nQ = γ * (X - mean(X, axis=1, keepdims=True))"
    " / sqrt(mean((X - mean(X, axis=1, keepdims=True))^2, axis=1, keepdims=True) + ε) + β\nJ = sum(R * Q)\n",
    "a gated unit in one line": "x: n x 1\nh, R: k x 1\nWz, Wr, Wc: k x n\nUz, Ur, Uc: k x k\n"
    "s = (1 - sigmoid(Wz x + Uz h)) * h + sigmoid(Wz x + Uz h) * tanh(Wc x + Uc (sigmoid(Wr x + Ur h) * h))\n"
    "J = R.T s\n",
    "a word of Python's": RIDGE + "lambda: scalar\nJ = 1/(2m) sum((X w - y)^2) + lambda/(2m) sum(w^2)\n",
    "long names": "input_features: m x n\nhidden_weights, gate_weights: n x k\nresult_target: m x k\n"
    "J = sum(tanh(input_features hidden_weights) * exp(input_features gate_weights) * result_target"
    " / (2 + exp(input_features gate_weights)^2))\n",
}  # fmt: skip


def arrays(derivation: Derivation) -> tuple[dict[str, Any], dict[str, int]]:
    """Arrays between 0 and 1 for what the graph starts from; targets of a softmax sum to 1."""
    graph = derivation.graph
    known = {key: shape for key in graph.inputs if (shape := graph.shapes.get(key)) is not None}
    drawn, sizes = draw(known, seed=2)
    found = {
        key: np.asarray(np.random.default_rng(crc32(key.encode())).uniform(0.1, 0.9, value.shape))
        for key, value in drawn.items()
    }
    for key, axis in distributions(graph):
        found[key] = found[key] / found[key].sum(axis=axis, keepdims=True)
    return found | {key: np.asarray(sizes[key]) for key in found if key in sizes}, sizes


def forward(derivation: Derivation, values: dict[str, Any], sizes: dict[str, int]) -> dict[str, Any]:
    found = dict(values)
    for step in derivation.graph.steps:
        found[step.name.key] = np.asarray(evaluate(step.value, found, sizes))
    return found


@pytest.mark.parametrize("text", PASSES.values(), ids=PASSES)
def test_the_gradients_are_right(text: str) -> None:
    source = Source(text, "a.formulas")
    derivation = next(each for read in (source, asking(source)) for each in derive(read) if each.lines)
    graph = derivation.graph
    values, sizes = arrays(derivation)
    lines = text_of(derivation, "python")
    assert max(map(len, lines)) <= 160
    found = forward(derivation, values, sizes)
    space = {identifier(variable(graph, key)): value for key, value in found.items()}
    exec("import numpy as np\n" + "\n".join(lines), space)
    inputs = [line for line in derivation.lines if line.of in graph.inputs]
    assert inputs
    for line in inputs:
        expected = np.zeros(values[line.of].shape)
        for place in np.ndindex(expected.shape):
            moved = [values[line.of].copy() for _ in range(2)]
            moved[0][place] += STEP
            moved[1][place] -= STEP
            up, down = (forward(derivation, values | {line.of: each}, sizes)[graph.loss or ""] for each in moved)
            expected[place] = (np.sum(up) - np.sum(down)) / (2 * STEP)
        gradient = np.asarray(space[identifier(line.name)])
        assert gradient.shape == expected.shape, lines
        assert np.allclose(gradient, expected, rtol=1e-3, atol=1e-5), (identifier(line.name), lines)
