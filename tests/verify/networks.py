"""Networks with their backward passes, and mistakes in these that shapes cannot see."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """A line that takes the place of the right one, its code, and words that its message holds."""

    right: str
    wrong: str
    code: str
    words: str = ""


class Network(NamedTuple):
    """A text with a forward and a right backward pass, the suffix of its file, and mistakes to plant in it."""

    name: str
    text: str
    mistakes: tuple[Mistake, ...]
    suffix: str = ".formulas"


TWO_LAYERS = Network(
    "two layers, columns, cross-entropy",
    """\
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1 + b2
A2 = sigmoid(Z2)
J = -1/m sum(Y * log(A2) + (1 - Y) * log(1 - A2))
dZ2 = A2 - Y
dW2 = 1/m dZ2 A1.T
db2 = 1/m sum(dZ2, axis=1, keepdims=True)
dA1 = W2.T dZ2
dZ1 = dA1 * (1 - A1^2)
dW1 = 1/m dZ1 X.T
db1 = 1/m sum(dZ1, axis=1, keepdims=True)
""",
    (
        Mistake("dZ2 = A2 - Y", "dZ2 = Y - A2", "SC302", "minus"),
        Mistake("dW2 = 1/m dZ2 A1.T", "dW2 = dZ2 A1.T", "SC302", "m times"),
        Mistake("dZ1 = dA1 * (1 - A1^2)", "dZ1 = dA1 * (1 - Z1^2)", "SC301", "expected A1, found Z1"),
        Mistake("dZ1 = dA1 * (1 - A1^2)", "dZ1 = dA1", "SC301", "derivative of tanh"),
        Mistake("dZ1 = dA1 * (1 - A1^2)", "dZ1 = dA1 * tanh(Z1)", "SC301", "activation itself"),
        Mistake("db1 = 1/m sum(dZ1", "db1 = 1/m sum(dA1", "SC301", "expected dZ1, found dA1"),
    ),
)
SOFTMAX_ROWS = Network(
    "softmax over rows with weight decay",
    """\
@convention batch-first
lam: scalar
Z1 = X W1 + b1
A1 = relu(Z1)
Z2 = A1 W2 + b2
P = softmax(Z2, axis=1)
J = -1/m sum(Y * log(P)) + lam/2 (sum(W1^2) + sum(W2^2))
dZ2 = 1/m (P - Y)
dW2 = A1.T dZ2 + lam W2
db2 = sum(dZ2, axis=0, keepdims=True)
dA1 = dZ2 W2.T
dZ1 = dA1 * (Z1 > 0)
dW1 = X.T dZ1 + lam W1
db1 = sum(dZ1, axis=0, keepdims=True)
""",
    (
        Mistake("dW2 = A1.T dZ2 + lam W2", "dW2 = A1.T dZ2", "SC303", "lam W2"),
        Mistake("dZ1 = dA1 * (Z1 > 0)", "dZ1 = relu(dA1)", "SC301", "relu is applied to the gradient"),
        Mistake("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1 * (dA1 > 0)", "SC301"),
        Mistake("dW1 = X.T dZ1 + lam W1", "dW1 = X.T dZ1 + 2 lam W1", "SC301"),
        Mistake("dZ2 = 1/m (P - Y)", "dZ2 = P - Y", "SC302", "m times"),
    ),
)
RIDGE = Network(
    "ridge regression",
    """\
X: N x D
w: D x 1
t: N x 1
lam: scalar
y = X w
r = y - t
E = 1/2 r.T r + lam/2 w.T w
dr = r
dw = X.T r + lam w
""",
    (
        Mistake("dw = X.T r + lam w", "dw = X.T r - lam w", "SC301", "sign of lam w is flipped"),
        Mistake("dw = X.T r + lam w", "dw = 2 X.T r + 2 lam w", "SC302", "2 times"),
        Mistake("dr = r", "dr = 1/2 r", "SC302", "1/2 times"),
    ),
)
RESIDUAL = Network(
    "a residual block",
    """\
X, U, H, O, T: n x m
W, V: n x n
U = W X
H = tanh(U)
O = X + V H
J = 1/2 sum((O - T)^2)
dO = O - T
dH = V.T dO
dV = dO H.T
dU = dH * (1 - H^2)
dW = dU X.T
dX = dO + W.T dU
""",
    (
        Mistake("dX = dO + W.T dU", "dX = W.T dU", "SC303", "through O"),
        Mistake("dX = dO + W.T dU", "dX = dO", "SC303", "through U"),
        Mistake("dH = V.T dO", "dH = V dO", "SC301", "V should be transposed"),
    ),
)
CELL = Network(
    "a gated cell",
    """\
x: n_x x m
s, P: n_h x m
Wz, Wc: n_h x (n_h + n_x)
bz, bc: n_h x 1
v = [s; x]
Qz = Wz v + bz
Qc = Wc v + bc
z = sigmoid(Qz)
c = tanh(Qc)
h = z * c + (1 - z) * s
J = sum(P * h)
dh = P
dz = dh * (c - s)
dc = dh * z
dQz = dz * z * (1 - z)
dQc = dc * (1 - c^2)
dWz = dQz v.T
dWc = dQc v.T
dbz = sum(dQz, axis=1, keepdims=True)
ds = dh * (1 - z) + Wz[:, :n_h].T dQz + Wc[:, :n_h].T dQc
dx = Wz[:, n_h:].T dQz + Wc[:, n_h:].T dQc
""",
    (
        Mistake("dz = dh * (c - s)", "dz = dh * c", "SC303"),
        Mistake("dQz = dz * z * (1 - z)", "dQz = dz * (1 - z^2)", "SC301"),
        Mistake("dWc = dQc v.T", "dWc = dQz v.T", "SC301", "expected dQc, found dQz"),
        Mistake("ds = dh * (1 - z) + Wz", "ds = dh * z + Wz", "SC301"),
    ),
)
ATTENTION = Network(
    "attention over one sequence",
    """\
X, Y: T x d
Wq, Wk, Wv: d x d
Q = X Wq
K = X Wk
V = X Wv
S = Q K^T / sqrt(d)
A = softmax(S, axis=1)
O = A V
J = 1/2 sum((O - Y)^2)
dO = O - Y
dV = A^T dO
dA = dO V^T
dS = A * (dA - sum(dA * A, axis=1, keepdims=True))
dQ = dS K / sqrt(d)
dK = dS^T Q / sqrt(d)
dWq = X^T dQ
dX = dQ Wq^T + dK Wk^T + dV Wv^T
""",
    (
        Mistake("dS = A * (dA - sum(dA * A, axis=1, keepdims=True))", "dS = A * dA", "SC301"),
        Mistake("dQ = dS K / sqrt(d)", "dQ = dS K", "SC302", "sqrt(d) times"),
        Mistake("dX = dQ Wq^T + dK Wk^T + dV Wv^T", "dX = dQ Wq^T + dV Wv^T", "SC303", "through K"),
        Mistake("dK = dS^T Q / sqrt(d)", "dK = dS Q / sqrt(d)", "SC301", "dS should be transposed"),
    ),
)
TIED = Network(
    "an autoencoder with tied weights",
    """\
X: n x m
W: k x n
Z = W X
H = sigmoid(Z)
R = W.T H
J = 1/(2m) sum((R - X)^2)
dR = 1/m (R - X)
dH = W dR
dZ = dH * H * (1 - H)
dW = dZ X.T + H dR.T
""",
    (
        Mistake("dW = dZ X.T + H dR.T", "dW = dZ X.T", "SC303", "through R"),
        Mistake("dZ = dH * H * (1 - H)", "dZ = dH * H", "SC301"),
    ),
)
BATCH_NORM = Network(
    "batch normalisation, columns are features",
    """\
X, G: N x D
gamma, beta: 1 x D
mu = mean(X, axis=0, keepdims=True)
C = X - mu
v = mean(C^2, axis=0, keepdims=True)
s = sqrt(v + 0.001)
H = C / s
O = gamma * H + beta
J = sum(G * O)
dO = G
dgamma = sum(dO * H, axis=0, keepdims=True)
dbeta = sum(dO, axis=0, keepdims=True)
dH = dO * gamma
ds = -sum(dH * C / s^2, axis=0, keepdims=True)
dv = ds / (2 s)
dC = dH / s + 2/N C * dv
dmu = -sum(dC, axis=0, keepdims=True)
dX = dC + dmu / N
""",
    (
        Mistake("dX = dC + dmu / N", "dX = dC", "SC303", "through mu"),
        Mistake("dgamma = sum(dO * H", "dgamma = sum(dO * C", "SC301", "expected H, found C"),
        Mistake("dv = ds / (2 s)", "dv = ds / s", "SC302", "2 times"),
    ),
)
LATEX = Network(
    "a network in LaTeX",
    r"""
Forward:

$$Z^{[1]} = W^{[1]} X + b^{[1]}$$
$$A^{[1]} = \tanh(Z^{[1]})$$
$$Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$$
$$A^{[2]} = \sigma(Z^{[2]})$$
$$J = -\frac{1}{m} \sum \left( Y \odot \log A^{[2]} + (1 - Y) \odot \log(1 - A^{[2]}) \right)$$

Backward:

$$dZ^{[2]} = A^{[2]} - Y$$
$$dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}$$
$$dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot (1 - A^{[1]} \odot A^{[1]})$$
$$dW^{[1]} = \frac{1}{m} dZ^{[1]} X^T$$
""",
    (
        Mistake(r"\frac{1}{m} dZ^{[1]} X^T", r"\frac{2}{m} dZ^{[1]} X^T", "SC302", "2 times"),
        Mistake(r"\odot (1 - A^{[1]} \odot A^{[1]})", r"\odot A^{[1]}", "SC301"),
    ),
    ".md",
)
NUMPY = Network(
    "two functions in numpy",
    '''
import numpy as np


def forward(X, Y, W1, b1, W2, b2):
    """The loss of two layers.

    X: inputs of shape (N, D)
    W1: weights of shape (D, H)
    b1: biases of shape (H,)
    W2: weights of shape (H, C)
    b2: biases of shape (C,)
    Y: targets of shape (N, C)
    """
    N = X.shape[0]
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    scores = A1 @ W2 + b2
    loss = 0.5 * np.sum((scores - Y) ** 2) / N
    return Z1, A1, scores, loss


def backward(X, Y, W1, b1, W2, b2, Z1, A1, scores):
    """The gradients of the weights.

    X: inputs of shape (N, D)
    W1: weights of shape (D, H)
    b1: biases of shape (H,)
    W2: weights of shape (H, C)
    b2: biases of shape (C,)
    Y: targets of shape (N, C)
    """
    N = X.shape[0]
    dscores = (scores - Y) / N
    dW2 = A1.T @ dscores
    db2 = np.sum(dscores, axis=0)
    dA1 = dscores @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0)
    return dW1, db1, dW2, db2
''',
    (
        Mistake("dscores = (scores - Y) / N", "dscores = (Y - scores) / N", "SC302", "minus"),
        Mistake("dZ1 = dA1 * (Z1 > 0)", "dZ1 = np.maximum(0, dA1)", "SC301"),
        Mistake("db1 = np.sum(dZ1, axis=0)", "db1 = np.mean(dZ1, axis=0)", "SC302", "1/N times"),
    ),
    ".py",
)
LSTM = Network(
    "an LSTM cell in numpy, its gates' gradients before the activation",
    '''
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(xt, a_prev, c_prev, Wf, bf, Wi, bi, Wc, bc):
    """One step.

    xt -- of shape (n_x, m)
    a_prev -- of shape (n_a, m)
    c_prev -- of shape (n_a, m)
    Wf -- of shape (n_a, n_a + n_x)
    bf -- of shape (n_a, 1)
    Wi -- of shape (n_a, n_a + n_x)
    bi -- of shape (n_a, 1)
    Wc -- of shape (n_a, n_a + n_x)
    bc -- of shape (n_a, 1)
    """
    concat = np.vstack((a_prev, xt))
    ft = sigmoid(Wf @ concat + bf)
    it = sigmoid(Wi @ concat + bi)
    cct = np.tanh(Wc @ concat + bc)
    c_next = ft * c_prev + it * cct
    a_next = ft * np.tanh(c_next)
    return a_next, c_next, ft, it, cct, concat


def backward(da_next, dc_next, a_prev, c_prev, a_next, c_next, ft, it, cct, concat, Wf, Wi, Wc):
    dc = dc_next + da_next * ft * (1 - np.tanh(c_next) ** 2)
    dft = (dc * c_prev + da_next * np.tanh(c_next)) * ft * (1 - ft)
    dit = dc * cct * it * (1 - it)
    dcct = dc * it * (1 - cct**2)
    dWf = dft @ concat.T
    dWi = dit @ concat.T
    dWc = dcct @ concat.T
    dbi = np.sum(dit, axis=1, keepdims=True)
    dc_prev = dc * ft
    return dWf, dWi, dWc, dbi, dc_prev
''',
    (
        Mistake("dit = dc * cct * it * (1 - it)", "dit = dc * cct * (1 - it**2)", "SC301"),
        Mistake("dcct = dc * it * (1 - cct**2)", "dcct = dc * it * cct", "SC301"),
        Mistake("dWi = dit @ concat.T", "dWi = dcct @ concat.T", "SC301", "expected dit, found dcct"),
        Mistake("dft = (dc * c_prev + da_next * np.tanh(c_next)) * ft", "dft = dc * c_prev * ft", "SC301"),
    ),
    ".py",
)
NETWORKS = (TWO_LAYERS, SOFTMAX_ROWS, RIDGE, RESIDUAL, CELL, ATTENTION, TIED, BATCH_NORM, LATEX, NUMPY, LSTM)
