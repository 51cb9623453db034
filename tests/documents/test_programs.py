"""Short programs of others, nothing declared: what is right is not blamed, and a mistake is, on its line alone."""

from __future__ import annotations

import pytest

from shapecheck.check import check, check_cells
from shapecheck.settings import Settings
from shapecheck.text import Source

from .reading import notebook


def errors(text: str) -> list[tuple[str, int]]:
    """The codes of the errors in a program, with their lines."""
    source = Source(text, "model.py")
    found = check(source, Settings()).diagnostics
    return [(each.code, source.place(each.span.start).line) for each in found if each.severity == "error"]


CELL = """
import numpy as np

def step_forward(x, prev_h, prev_c, Wx, Wh, b):
    N, H = prev_h.shape
    a = x.dot(Wx) + prev_h.dot(Wh) + b
    i = np.tanh(a[:, :H])
    o = np.tanh(a[:, H:2 * H])
    next_c = prev_c + i * i
    next_h = o * next_c
    cache = (x, prev_h, Wx, Wh, i, o, next_c)
    return next_h, next_c, cache

def step_backward(dnext_h, dnext_c, cache):
    x, prev_h, Wx, Wh, i, o, next_c = cache
    do = dnext_h * next_c
    dc = dnext_c + dnext_h * o
    di = dc * i * 2
    da = np.hstack((di * (1 - i ** 2), do * (1 - o ** 2)))
    dx = da.dot(Wx.T)
    dWx = x.T.dot(da)
    dprev_h = da.dot(Wh.T)
    dWh = prev_h.T.dot(da)
    db = da.sum(axis=0)
    return dx, dprev_h, dc, dWx, dWh, db

if __name__ == "__main__":
    N, D, H = 3, 5, 6
    Wx, Wh, b = np.random.randn(D, 2 * H), np.random.randn(H, 2 * H), np.zeros(2 * H)
    h, c = np.zeros((N, H)), np.zeros((N, H))
    h, c, cache = step_forward(np.random.randn(N, D), h, c, Wx, Wh, b)
    print(step_backward(h, c, cache))
"""
LAYER = """
class Affine:
    def __init__(self, n_in, n_out):
        self.W = 0.1 * np.random.randn(n_in, n_out)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T
"""
EXPERT = """
class Expert:
    def __init__(self, d, f):
        self.A = np.random.randn(d, f)
        self.B = np.random.randn(f, d)

    def __call__(self, X):
        self.X = X
        self.U = X @ self.A
        self.H = np.maximum(self.U, 0)
        return self.H @ self.B

    def backward(self, dY):
        self.dB = self.H.T @ dY
        dU = (dY @ self.B.T) * (self.U > 0)
        self.dA = self.X.T @ dU
        return dU @ self.A.T
"""
GATES = """
class Cell:
    def __init__(self, n_x, n_h):
        self.Wz = np.random.randn(n_h, n_x)
        self.Wr = np.random.randn(n_h, n_x)
        self.bz = np.zeros((n_h, 1))
        self.br = np.zeros((n_h, 1))

    def forward(self, v):
        z = 1 / (1 + np.exp(-(self.Wz @ v + self.bz)))
        r = 1 / (1 + np.exp(-(self.Wr @ v + self.br)))
        self.cache = (v, z, r)
        return r * z

    def backward(self, dh):
        v, z, r = self.cache
        dar = dh * z * r * (1 - r)
        daz = dh * r * z * (1 - z)
        dv = self.Wz.T @ daz + self.Wr.T @ dar
        self.dWr = dar @ v.T
        self.dWz = daz @ v.T
        return dv
"""
BLOCK = """
class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.g = np.ones(dim)
        self.b = np.zeros(dim)
        self.eps = eps

    def __call__(self, x):
        mean = np.mean(x, axis=-1, keepdims=True)
        var = np.var(x, axis=-1, keepdims=True)
        self.rstd = 1 / np.sqrt(var + self.eps)
        self.n = (x - mean) * self.rstd
        return self.n * self.g + self.b

    def vjp(self, ct):
        self.grad_g = np.sum(ct * self.n, axis=0)
        self.grad_b = np.sum(ct, axis=0)
        return ct * self.g * self.rstd

class FeedForward:
    def __init__(self, dim, wide):
        self.up = np.random.randn(dim, wide)
        self.down = np.random.randn(wide, dim)

    def __call__(self, x):
        self.x = x
        self.pre = x @ self.up
        self.act = np.maximum(0, self.pre)
        return self.act @ self.down

    def vjp(self, ct):
        self.grad_down = self.act.T @ ct
        ct_act = ct @ self.down.T
        ct_pre = ct_act * (self.pre > 0)
        self.grad_up = self.x.T @ ct_pre
        return ct_pre @ self.up.T

class Block:
    def __init__(self, dim):
        self.norm = LayerNorm(dim)
        self.ff = FeedForward(dim, 4 * dim)

    def __call__(self, x):
        return x + self.ff(self.norm(x))

    def vjp(self, ct):
        return ct + self.norm.vjp(self.ff.vjp(ct))

if __name__ == "__main__":
    x = np.random.randn(5, 6)
    block = Block(6)
    y = block(x)
    dx = block.vjp(np.ones_like(y))
    print(dx)
"""
RIDGE = """
def ridge(X, y, lam):
    n, p = X.shape
    G = X.T @ X + lam * np.eye(p)
    beta = np.linalg.solve(G, X.T @ y)
    residual = y - X @ beta
    s2 = residual @ residual / (n - p)
    return beta, s2 * np.linalg.inv(G)
"""
IRLS = """
def irls(X, y):
    beta = np.zeros(X.shape[1])
    p = 1 / (1 + np.exp(-(X @ beta)))
    beta = beta + np.linalg.solve(X.T @ X, X.T @ (y - p))
    return beta
"""
LMS = """
def lms(x, d, M, mu):
    N = len(x)
    w = np.zeros(M)
    e = np.zeros(N)
    for n in range(M, N):
        u = x[n - M:n][::-1]
        e[n] = d[n] - w @ u
        w = w + mu * e[n] * u
    return w, e
"""


@pytest.mark.parametrize("text", [CELL, LAYER, EXPERT, GATES, BLOCK, RIDGE, IRLS, LMS])
def test_what_is_right_is_not_blamed(text: str) -> None:
    assert errors(text) == []


def test_an_example_beside_letters_hides_nothing() -> None:
    formulas = check(Source(BLOCK, "model.py"), Settings()).formulas
    assert {formula.status for formula in formulas} == {"ok"}


@pytest.mark.parametrize("text", [RIDGE, IRLS])
def test_what_notes_say_of_a_matrix_makes_no_vector_of_code_one(text: str) -> None:
    said = r"With $X$ of size $n \times p$ and $y$ an $n$-vector, $\hat\beta = (X'X)^{-1} X'y$."
    cells = check_cells(Source(notebook(("markdown", said), ("code", text)), "notes.ipynb"), Settings())
    assert [each for cell in cells for each in cell.diagnostics if each.severity == "error"] == []


WRONG = {
    "a gradient turned round": (LAYER, "self.x.T @ dout", "dout.T @ self.x"),
    "one that is given the last of three results": (CELL, "da.dot(Wh.T)", "Wh.dot(da)"),
    "a sum for what the forward function is given": (CELL, "da.sum(axis=0)", "da.sum(axis=1)"),
    "one of two that are summed in another gradient": (GATES, "dar @ v.T", "v @ dar.T"),
    "one in a layer that is called": (EXPERT, "self.H.T @ dY", "dY.T @ self.H"),
}


@pytest.mark.parametrize(("text", "right", "wrong"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_blamed_on_its_line(text: str, right: str, wrong: str) -> None:
    line = text[: text.index(right)].count("\n") + 1
    assert {line for _, line in errors(text.replace(right, wrong))} == {line}
