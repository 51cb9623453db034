"""Forward passes as formulas and in plain numpy, with the shapes of what they start from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FUNCTIONS = """
import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))
def softmax(z, axis):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
def g(z): return np.sin(z) + z
def g_prime(z): return np.cos(z) + 1
"""


class Network(NamedTuple):
    """A forward pass.

    formulas  the text that is read, or a document's
    numpy     the same in numpy, which leaves the loss in J
    arrays    the shapes of what it starts from, by the names of the numpy code
    fixed     those among them that no gradient is wanted of; a name with `%` are rows or columns that sum to 1
    path      the name of the file
    """

    formulas: str
    numpy: str
    arrays: Mapping[str, tuple[int, ...]]
    fixed: frozenset[str] = frozenset()
    path: str = "network.formulas"
    sums: Mapping[str, int] = {}

    @property
    def wanted(self) -> list[str]:
        """The names of which there must be a gradient."""
        return [name for name in self.arrays if name not in self.fixed]


CROSS = "-1/m sum(Y * log(A2) + (1 - Y) * log(1 - A2))"
LAYERS = {"X": (4, 7), "W1": (3, 4), "b1": (3, 1), "W2": (2, 3), "b2": (2, 1), "Y": (2, 7)}
ROWS = {"X": (7, 4), "W1": (4, 3), "b1": (1, 3), "W2": (3, 2), "b2": (1, 2), "Y": (7, 2)}
LOSS = "\nJ = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / X.shape[%d]"
TWO = "Z1 = W1 @ X + b1\nA1 = %s(Z1)\nZ2 = W2 @ A1 + b2\nA2 = %s" + LOSS % 1
TWO_ROWS = "Z1 = X @ W1 + b1\nA1 = %s\nZ2 = A1 @ W2 + b2\nA2 = %s\n%s"
Y = frozenset("Y")

NETWORKS: dict[str, Network] = {
    "two layers, tanh": Network(
        f"Z1 = W1 X + b1\nA1 = tanh(Z1)\nZ2 = W2 A1 + b2\nA2 = sigmoid(Z2)\nJ = {CROSS}\n",
        TWO % ("np.tanh", "sigmoid(Z2)"),
        LAYERS,
        Y,
    ),
    "two layers, unknown activation": Network(
        f"Z1 = W1 X + b1\nA1 = g(Z1)\nZ2 = W2 A1 + b2\nA2 = sigmoid(Z2)\nJ = {CROSS}\n",
        TWO % ("g", "sigmoid(Z2)"),
        LAYERS,
        Y,
    ),
    "two layers, brackets and superscripts": Network(
        "Z[1] = W[1] X + b[1]\nA[1] = g[1](Z[1])\nZ[2] = W[2] A[1] + b[2]\nA[2] = σ(Z[2])\n"
        "J = -1/m sum(Y * log(A[2]) + (1 - Y) * log(1 - A[2]))\n",
        TWO.replace("A1 = %s", "A1 = g%.0s") % ("", "sigmoid(Z2)") + "\ng1_prime = g_prime",
        LAYERS,
        Y,
    ),
    "softmax rows with L2": Network(
        "X: m x n\nW: n x k\nb: (k,)\nY: m x k\nlam: scalar\nS = X W + b\nP = softmax(S, axis=1)\n"
        "J = -1/m sum(Y * log(P)) + lam/2 sum(W^2)\n",
        "S = X @ W + b\nP = softmax(S, 1)\nJ = -np.sum(Y * np.log(P)) / 7 + lam / 2 * np.sum(W**2)",
        {"X": (7, 4), "W": (4, 3), "b": (3,), "Y": (7, 3), "lam": ()},
        frozenset(("Y", "lam")),
        sums={"Y": 1},
    ),
    "softmax rows, mean of sums, norm": Network(
        "@convention batch-first\nlam: scalar\nZ1 = X W1 + b1\nA1 = relu(Z1)\nZ2 = A1 W2 + b2\n"
        "P = softmax(Z2, axis=1)\nE = -mean(sum(Y * log(P), axis=1))\n"
        "J = E + lam/(2m) (\\|W1\\|^2 + \\|W2\\|^2)\n",
        "Z1 = X @ W1 + b1\nA1 = np.maximum(0, Z1)\nZ2 = A1 @ W2 + b2\nP = softmax(Z2, 1)\n"
        "J = -np.mean(np.sum(Y * np.log(P), axis=1)) + lam / 14 * (np.sum(W1**2) + np.sum(W2**2))",
        ROWS | {"lam": ()},
        frozenset(("Y", "lam")),
        sums={"Y": 1},
    ),
    "ridge regression": Network(
        "X: m x n\ny: m x 1\nw: n x 1\nlam: scalar\np = X w\nJ = 1/(2m) norm(p - y)^2 + lam/2 norm(w)^2\n",
        "p = X @ w\nJ = np.sum((p - y) ** 2) / 14 + lam / 2 * np.sum(w**2)",
        {"X": (7, 3), "y": (7, 1), "w": (3, 1), "lam": ()},
        frozenset(("y", "lam")),
    ),
    "ridge regression in one line": Network(
        "X: m x n\ny: m x 1\nw: n x 1\nlam: scalar\nJ = 1/m (X w - y).T (X w - y) + lam w.T w\n",
        "J = float(((X @ w - y).T @ (X @ w - y) / 7 + lam * w.T @ w)[0, 0])",
        {"X": (7, 3), "y": (7, 1), "w": (3, 1), "lam": ()},
        frozenset(("X", "y", "lam")),
    ),
    "residual": Network(
        "X, R: n x m\nW1: k x n\nW2: n x k\nb: k x 1\nZ = W1 X + b\nA = relu(Z)\nF = W2 A\nO = X + F\n"
        "J = 1/2 sum((O - R)^2)\n",
        "Z = W1 @ X + b\nA = np.maximum(Z, 0)\nF = W2 @ A\nO = X + F\nJ = np.sum((O - R) ** 2) / 2",
        {"X": (3, 5), "R": (3, 5), "W1": (4, 3), "W2": (3, 4), "b": (4, 1)},
        frozenset("R"),
    ),
    "LSTM cell": Network(
        "x: n_x x m\na_prev, c_prev, P, Q: n_a x m\nWf, Wi, Wo, Wg: n_a x (n_a + n_x)\nbf, bi, bo, bg: n_a x 1\n"
        "h = [a_prev; x]\nf = sigmoid(Wf h + bf)\ni = sigmoid(Wi h + bi)\no = sigmoid(Wo h + bo)\n"
        "g = tanh(Wg h + bg)\nc = f * c_prev + i * g\na = o * tanh(c)\nJ = sum(P * a) + sum(Q * c)\n",
        "h = np.vstack([a_prev, x])\nf = sigmoid(Wf @ h + bf)\ni = sigmoid(Wi @ h + bi)\no = sigmoid(Wo @ h + bo)\n"
        "g = np.tanh(Wg @ h + bg)\nc = f * c_prev + i * g\na = o * np.tanh(c)\nJ = np.sum(P * a) + np.sum(Q * c)",
        {
            "x": (2, 5), **dict.fromkeys(("a_prev", "c_prev", "P", "Q"), (3, 5)),
            **dict.fromkeys(("Wf", "Wi", "Wo", "Wg"), (3, 5)), **dict.fromkeys(("bf", "bi", "bo", "bg"), (3, 1)),
        },
        frozenset("PQ"),
    ),
    "LSTM cell with two matrices a gate": Network(
        "x: n_x x 1\nh0, c0, P: n x 1\nWf, Wi, Wo, Wg: n x n_x\nUf, Ui, Uo, Ug: n x n\nbf, bi, bo, bg: n x 1\n"
        "zf = Wf x + Uf h0 + bf\nzi = Wi x + Ui h0 + bi\nzo = Wo x + Uo h0 + bo\nzg = Wg x + Ug h0 + bg\n"
        "f = σ(zf)\ni = σ(zi)\no = σ(zo)\nu = tanh(zg)\nc = f ⊙ c0 + i ⊙ u\nt = tanh(c)\nh1 = o ⊙ t\nJ = P.T h1\n",
        "zf = Wf @ x + Uf @ h0 + bf\nzi = Wi @ x + Ui @ h0 + bi\nzo = Wo @ x + Uo @ h0 + bo\n"
        "zg = Wg @ x + Ug @ h0 + bg\nf = sigmoid(zf)\ni = sigmoid(zi)\no = sigmoid(zo)\nu = np.tanh(zg)\n"
        "c = f * c0 + i * u\nt = np.tanh(c)\nh1 = o * t\nJ = float((P.T @ h1)[0, 0])",
        {
            "x": (2, 1), **dict.fromkeys(("h0", "c0", "P"), (3, 1)), **dict.fromkeys(("Wf", "Wi", "Wo", "Wg"), (3, 2)),
            **dict.fromkeys(("Uf", "Ui", "Uo", "Ug"), (3, 3)), **dict.fromkeys(("bf", "bi", "bo", "bg"), (3, 1)),
        },
        frozenset("P"),
    ),
    "attention": Network(
        "X: T x d_model\nWq, Wk: d_model x d_k\nWv: d_model x d_v\nY: T x d_v\nQ = X Wq\nK = X Wk\nV = X Wv\n"
        "S = Q K^T / sqrt(d_k)\nA = softmax(S, axis=1)\nO = A V\nJ = 1/2 sum((O - Y)^2)\n",
        "Q = X @ Wq\nK = X @ Wk\nV = X @ Wv\nS = Q @ K.T / np.sqrt(3)\nA = softmax(S, 1)\nO = A @ V\n"
        "J = np.sum((O - Y) ** 2) / 2",
        {"X": (5, 4), "Wq": (4, 3), "Wk": (4, 3), "Wv": (4, 2), "Y": (5, 2)},
        Y,
    ),
    "batched attention": Network(
        "Q, K: B x H x T x d_k\nV, R: B x H x T x d_v\nS = Q @ K.transpose(0, 1, 3, 2) / sqrt(d_k)\n"
        "A = softmax(S, axis=-1)\nO = A @ V\nJ = sum(R * O)\n",
        "S = Q @ K.transpose(0, 1, 3, 2) / np.sqrt(3)\nA = softmax(S, -1)\nO = A @ V\nJ = np.sum(R * O)",
        {"Q": (2, 2, 5, 3), "K": (2, 2, 5, 3), "V": (2, 2, 5, 4), "R": (2, 2, 5, 4)},
        frozenset("R"),
    ),
    "tied weights": Network(
        "X: n x m\nW: k x n\nb: k x 1\nc: n x 1\nZ = W X + b\nH = sigmoid(Z)\nD = W.T H + c\n"
        "J = 1/(2m) sum((D - X)^2)\n",
        "Z = W @ X + b\nH = sigmoid(Z)\nD = W.T @ H + c\nJ = np.sum((D - X) ** 2) / 10",
        {"X": (4, 5), "W": (3, 4), "b": (3, 1), "c": (4, 1)},
    ),
    "batch normalisation": Network(
        "Z, R: n x m\nγ, β: n x 1\nε: scalar\nμ = 1/m sum(Z, axis=1, keepdims=True)\nC = Z - μ\n"
        "V = 1/m sum(C^2, axis=1, keepdims=True)\nS = sqrt(V + ε)\nN = C / S\nQ = γ * N + β\nJ = sum(R * Q)\n",
        "μ = Z.mean(axis=1, keepdims=True)\nC = Z - μ\nV = np.mean(C**2, axis=1, keepdims=True)\nS = np.sqrt(V + ε)\n"
        "N = C / S\nQ = γ * N + β\nJ = np.sum(R * Q)",
        {"Z": (3, 5), "R": (3, 5), "γ": (3, 1), "β": (3, 1), "ε": ()},
        frozenset(("R", "ε")),
    ),
    "batch normalisation of rows": Network(
        "x, R: N x D\ngamma, beta: (D,)\neps: scalar\nmu = mean(x, axis=0)\nvar = mean((x - mu)^2, axis=0)\n"
        "xhat = (x - mu) / sqrt(var + eps)\nout = gamma * xhat + beta\nJ = 1/2 sum((out - R)^2)\n",
        "mu = x.mean(axis=0)\nvar = x.var(axis=0)\nxhat = (x - mu) / np.sqrt(var + eps)\nout = gamma * xhat + beta\n"
        "J = np.sum((out - R) ** 2) / 2",
        {"x": (5, 3), "R": (5, 3), "gamma": (3,), "beta": (3,), "eps": ()},
        frozenset(("R", "eps")),
    ),
    "one product": Network(
        "W: n x k\nA: k x m\nZ = W A\nJ = 1/2 sum(Z^2)\n",
        "Z = W @ A\nJ = np.sum(Z**2) / 2",
        {"W": (3, 4), "A": (4, 5)},
    ),
    "one product without a loss": Network(
        "W: n x k\nA: k x m\nZ = W A\n",
        "Z = W @ A\ndZ = np.cos(np.arange(15.0)).reshape(3, 5)\nJ = np.sum(Z * dZ)",
        {"W": (3, 4), "A": (4, 5)},
    ),
    "recurrent, three steps": Network(
        "@unroll 3\nU: n_h x n_x\nW: n_h x n_h\nV: n_y x n_h\nb: n_h x 1\nc: n_y x 1\nx⟨t⟩: n_x x 1\nh⟨t⟩: n_h x 1\n"
        "y⟨t⟩: n_y x 1\nz⟨t⟩ = U x⟨t⟩ + W h⟨t-1⟩ + b\nh⟨t⟩ = tanh(z⟨t⟩)\no⟨t⟩ = V h⟨t⟩ + c\n"
        "J = sum(o⟨3⟩ * y⟨3⟩)\n",
        "z1 = U @ x1 + W @ h0 + b\nh1 = np.tanh(z1)\nz2 = U @ x2 + W @ h1 + b\nh2 = np.tanh(z2)\n"
        "z3 = U @ x3 + W @ h2 + b\nh3 = np.tanh(z3)\no3 = V @ h3 + c\nJ = np.sum(o3 * y3)",
        {
            "U": (3, 2), "W": (3, 3), "V": (2, 3), "b": (3, 1), "c": (2, 1), "h0": (3, 1),
            "x1": (2, 1), "x2": (2, 1), "x3": (2, 1), "y3": (2, 1),
        },
        frozenset(("y3", "x1", "x2", "x3")),
    ),
    "recurrent, one step": Network(
        "x: n_x x m\na, a_prev, P: n_a x m\nWaa: n_a x n_a\nWax: n_a x n_x\nba: n_a x 1\n"
        "a = tanh(Wax x + Waa a_prev + ba)\nJ = sum(P * a)\n",
        "a = np.tanh(Wax @ x + Waa @ a_prev + ba)\nJ = np.sum(P * a)",
        {"x": (2, 5), "a_prev": (3, 5), "P": (3, 5), "Waa": (3, 3), "Wax": (3, 2), "ba": (3, 1)},
        frozenset("P"),
    ),
    "rows, relu and squares": Network(
        "@convention batch-first\nZ1 = X @ W1 + b1\nA1 = np.maximum(0, Z1)\nZ2 = A1 @ W2 + b2\nA2 = sigmoid(Z2)\n"
        "J = np.sum((A2 - Y)**2) / (2 * m)\n",
        TWO_ROWS % ("np.maximum(0, Z1)", "sigmoid(Z2)", "J = np.sum((A2 - Y)**2) / 14"),
        ROWS,
        Y,
    ),
    "torch": Network(
        "@convention torch\nZ1 = X @ W1.T + b1\nA1 = relu(Z1)\nZ2 = A1 @ W2.T + b2\nJ = 1/(2m) sum((Z2 - Y)**2)\n",
        "Z1 = X @ W1.T + b1\nA1 = np.maximum(Z1, 0)\nZ2 = A1 @ W2.T + b2\nJ = np.sum((Z2 - Y) ** 2) / 14",
        {"X": (7, 4), "W1": (3, 4), "b1": (3,), "W2": (2, 3), "b2": (2,), "Y": (7, 2)},
        Y,
    ),
    "logistic regression": Network(
        "Z = w.T X + b\nA = sigmoid(Z)\nJ = -1/m sum(Y * log(A) + (1 - Y) * log(1 - A))\n",
        "Z = w.T @ X + b\nA = sigmoid(Z)\nJ = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / 7",
        {"X": (4, 7), "w": (4, 1), "b": (), "Y": (1, 7)},
        Y,
    ),
    "logistic regression, rows, written out": Network(
        "@convention batch-first\nZ = X @ w + b\nA = 1 / (1 + exp(-Z))\n"
        "J = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))\n",
        "Z = X @ w + b\nA = sigmoid(Z)\nJ = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
        {"X": (7, 4), "w": (4, 1), "b": (), "Y": (7, 1)},
        Y,
    ),
    "MATLAB": Network(
        "Z1 = W1 * X + b1;\nA1 = tanh(Z1);\nZ2 = W2 * A1 + b2;\nA2 = 1 ./ (1 + exp(-Z2));\n"
        "J = -sum(sum(Y .* log(A2) + (1 - Y) .* log(1 - A2))) / m;\n",
        TWO % ("np.tanh", "sigmoid(Z2)"),
        LAYERS,
        Y,
    ),
    "LaTeX": Network(
        "$$\\begin{aligned}\nZ^{[1]} &= W^{[1]} X + b^{[1]} \\\\\nA^{[1]} &= \\tanh(Z^{[1]}) \\\\\n"
        "Z^{[2]} &= W^{[2]} A^{[1]} + b^{[2]} \\\\\nA^{[2]} &= \\sigma(Z^{[2]}) \\\\\n"
        "J &= -\\frac{1}{m} \\sum (Y \\odot \\log A^{[2]} + (1 - Y) \\odot \\log(1 - A^{[2]}))\n\\end{aligned}$$\n",
        TWO % ("np.tanh", "sigmoid(Z2)"),
        LAYERS,
        Y,
        path="network.md",
    ),
    "a loss by examples": Network(
        "$$Z^{[1]} = W^{[1]} X + b^{[1]}$$\n$$A^{[1]} = \\tanh(Z^{[1]})$$\n$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$\n"
        "$$A^{[2]} = \\sigma(Z^{[2]})$$\n$$J = -\\frac{1}{m} \\sum_{i=1}^{m} \\left( y^{(i)} \\log a^{[2](i)}"
        " + (1-y^{(i)}) \\log (1 - a^{[2](i)}) \\right)$$\n",
        TWO % ("np.tanh", "sigmoid(Z2)"),
        LAYERS,
        Y,
        path="network.md",
    ),
    "a loss by examples, plain": Network(
        "Z = w.T X + b\nA = sigmoid(Z)\nJ = -1/m Σ_i (y(i) log(a(i)) + (1 - y(i)) log(1 - a(i)))\n",
        "Z = w.T @ X + b\nA = sigmoid(Z)\nJ = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / 7",
        {"X": (4, 7), "w": (4, 1), "b": (), "Y": (1, 7)},
        Y,
    ),
    "numpy code": Network(
        "import numpy as np\n\ndef forward(X, Y, W1, b1, W2, b2):\n    # X: (m, n0), Y: (m, n2)\n    m = X.shape[0]\n"
        "    Z1 = X @ W1 + b1  # (m, n1)\n    A1 = np.maximum(0, Z1)\n    Z2 = np.dot(A1, W2) + b2  # (m, n2)\n"
        "    J = np.sum((Z2 - Y)**2) / (2 * m)\n    return J\n",
        "m = 7\n" + TWO_ROWS % ("np.maximum(0, Z1)", "Z2", "J = np.sum((Z2 - Y)**2) / 14"),
        ROWS,
        Y,
        path="network.py",
    ),
    "a constant of two": Network(
        "x, r: n x 1\nA, M: n x n\nJ = x.T A x + 2 r.T x\n",
        "J = float((x.T @ A @ x + 2 * r.T @ x)[0, 0])",
        {"x": (3, 1), "A": (3, 3), "r": (3, 1)},
    ),
    "GRU": Network(
        "x: n_x x 1\ns0, P: n x 1\nWz, Wr, Wc: n x n_x\nUz, Ur, Uc: n x n\nbz, br, bc: n x 1\n"
        "z = sigmoid(Wz x + Uz s0 + bz)\nr = sigmoid(Wr x + Ur s0 + br)\nc = tanh(Wc x + Uc (r ⊙ s0) + bc)\n"
        "s = (1 - z) ⊙ s0 + z ⊙ c\nJ = P^T s\n",
        "z = sigmoid(Wz @ x + Uz @ s0 + bz)\nr = sigmoid(Wr @ x + Ur @ s0 + br)\n"
        "c = np.tanh(Wc @ x + Uc @ (r * s0) + bc)\ns = (1 - z) * s0 + z * c\nJ = float((P.T @ s)[0, 0])",
        {
            "x": (2, 1), "s0": (3, 1), "P": (3, 1), **dict.fromkeys(("Wz", "Wr", "Wc"), (3, 2)),
            **dict.fromkeys(("Uz", "Ur", "Uc"), (3, 3)), **dict.fromkeys(("bz", "br", "bc"), (3, 1)),
        },
        frozenset("P"),
    ),
    "layer normalisation": Network(
        "X, R: m x d\nγ, β: (d,)\nε: scalar\nμ = mean(X, axis=1, keepdims=True)\nC = X - μ\n"
        "V = mean(C * C, axis=1, keepdims=True)\nN = C / sqrt(V + ε)\nQ = γ * N + β\nJ = sum(R * Q)\n",
        "μ = X.mean(axis=1, keepdims=True)\nC = X - μ\nV = np.mean(C * C, axis=1, keepdims=True)\n"
        "N = C / np.sqrt(V + ε)\nQ = γ * N + β\nJ = np.sum(R * Q)",
        {"X": (5, 3), "R": (5, 3), "γ": (3,), "β": (3,), "ε": ()},
        frozenset(("R", "ε")),
    ),
}  # fmt: skip
