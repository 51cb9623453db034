"""Each repair mends what it is for, in the spelling of the author."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.repairs import repairs
from shapecheck.settings import Settings
from shapecheck.text import Source

from .fixes import fixes, formulas, words

ONLY = {
    "swap": [
        ("dZ[1] = dZ[2] W[2]T * g[1]'(Z[1])", "dZ[1] = W[2]T dZ[2] * g[1]'(Z[1])"),
        ("dZ1 = np.dot(dZ2, W2.T) * (1 - np.power(A1, 2))", "dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))"),
        ("δ1 = δ2 W2ᵀ ⊙ σ'(Z1)", "δ1 = W2ᵀ δ2 ⊙ σ'(Z1)"),
        ("dZ1 = dZ2 × W2^T", "dZ1 = W2^T × dZ2"),
        ("@convention batch-first ;; dW1 = dZ1 X.T", "dW1 = X.T dZ1"),
        ("Z1 = X W1 + b1", "Z1 = W1 X + b1"),
        ("  dZ1 =   dZ2   W2.T ⊙   g1'( Z1 )", "dZ1 =   W2.T   dZ2 ⊙   g1'( Z1 )"),
        ("w: n x 1 ;; P: n x n ;; d: scalar ;; d = (w - 1) P (w - 1).T", "d = (w - 1).T P (w - 1)"),
    ],
    "transpose": [
        ("dW2 = 1/m dZ2 A1", "dW2 = 1/m dZ2 A1.T"),
        ("dW2 = dZ2 @ A1", "dW2 = dZ2 @ A1.T"),
        ("dW^{[2]} = W^{[2]T} + dZ^{[2]} A^{[1]T}", "dW^{[2]} = W^{[2]} + dZ^{[2]} A^{[1]T}"),
        ("dZ2 = A2 - Y.T", "dZ2 = A2 - Y"),
        ("W2 -= lr * A1 dZ2.T", "W2 -= lr * dZ2 A1.T"),
        ("dW = A_prev dZ.T / m", "dW = dZ A_prev.T / m"),
        ("dW1 = (1/m) * np.dot(X, dZ1.T)", "dW1 = (1/m) * np.dot(dZ1, X.T)"),
        ("dZ1 = (W2 * dZ2) .* (1 - A1.^2)", "dZ1 = (W2' * dZ2) .* (1 - A1.^2)"),
        ("P: n x m ;; U: p x m ;; A: p x k ;; (P @ U) @ (1 - A)", "(P @ U.T) @ (1 - A)"),
        ("dZ1 = W2.T dZ2 * g1'(A1.T)", "dZ1 = W2.T dZ2 * g1'(A1)"),
        ("A: b x n x k ;; B: b x m x k ;; C: b x n x m ;; C = A @ B", "C = A @ B.transpose(0, 2, 1)"),
    ],
    "kind": [
        ("dZ1 = W2^T dZ2 g'(Z1)", "dZ1 = W2^T dZ2 * g'(Z1)"),
        ("dZ1 = W2.T @ dZ2 @ (1 - A1**2)", "dZ1 = W2.T @ dZ2 * (1 - A1**2)"),
        ("dZ1 = W2' .* dZ2 .* g1'(Z1)", "dZ1 = W2' * dZ2 .* g1'(Z1)"),
        ("dW1 = dZ1 .* X' / m", "dW1 = dZ1 * X' / m"),
    ],
    "new_axis": [
        ("x, y: n x d ;; s: (n,) ;; y = x * s", "y = x * s[:, None]"),
        ("x: n x d ;; s: (n,) ;; x - s", "x - s[:, None]"),
        ("x, y: n x d ;; s: (n,) ;; y = np.maximum(0, x - s + 1)", "y = np.maximum(0, x - s[:, None] + 1)"),
        ("z: n x d ;; w: (d,) ;; u, r: n x k ;; r = np.tanh(z @ w) * u", "r = np.tanh(z @ w)[:, None] * u"),
    ],
    "axis": [
        ("db1 = 1/m np.sum(dZ1, axis=0, keepdims=True)", "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)"),
        ("db1 = np.sum(dZ1)", "db1 = np.sum(dZ1, axis=1, keepdims=True)"),
        ("db1 = sum(dZ1, 1) .* 1", "db1 = sum(dZ1, 2) .* 1"),
    ],
    "keepdims": [("db1 = 1/m dZ1.sum(axis=1)", "db1 = 1/m dZ1.sum(axis=1, keepdims=True)")],
    "batch_sum": [
        ("db1 = dZ1", "db1 = sum(dZ1, axis=1, keepdims=True)"),
        ("db = dZ", "db = sum(dZ, axis=1, keepdims=True)"),
        ("db1 = 1/m dZ1", "db1 = 1/m sum(dZ1, axis=1, keepdims=True)"),
        ("db1 = np.dot(W2.T, dZ2)", "db1 = np.sum(np.dot(W2.T, dZ2), axis=1, keepdims=True)"),
        ("@convention batch-first ;; db1 = dZ1", "db1 = sum(dZ1, axis=0, keepdims=True)"),
    ],
    "bracket": [
        ("dW2 = 1/m A2 - Y A1.T", "dW2 = 1/m (A2 - Y) A1.T"),
        ("dW2 = A2 - Y A1.T", "dW2 = (A2 - Y) A1.T"),
        ("dZ1 = W2.T (dZ2 * g1'(Z1))", "dZ1 = W2.T dZ2 * g1'(Z1)"),
        ("X: m x n ;; y: m x 1 ;; t: n x 1 ;; r: n x 1 ;; r = X.T X t - y", "r = X.T (X t - y)"),
    ],
    "layer": [
        ("dA1 = W1.T dZ2", "dA1 = W2.T dZ2"),
        ("dZ[l] = W[l].T dZ[l+1] * g'(Z[l])", "dZ[l] = W[l+1].T dZ[l+1] * g'(Z[l])"),
        ("Z2 = W2 X + b2", "Z2 = W2 A1 + b2"),
        ("dZ[l] = W[l].T dZ[l] * g[l]'(Z[l])", "dZ[l] = W[l+1].T dZ[l+1] * g[l]'(Z[l])"),
        ("dZ2 = W2.T dZ2 * g'(Z2)", "dZ2 = W3.T dZ3 * g'(Z2)"),
        ("A1 = sigmoid(Z2)", "A1 = sigmoid(Z1)"),
        ("W^{[2]} = W^{[2]} - α dW^{[1]}", "W^{[2]} = W^{[2]} - α dW^{[2]}"),
    ],
    "name": [("V: n x k ;; X: k x m ;; U: p x k ;; Y: p x m ;; Y = V X", "Y = U X")],
    "chain_rule": [
        ("∂L/∂W2 = ∂L/∂Z2 ∂Z2/∂W2", "∂L/∂W2 = ∂L/∂Z2 A1.T"),
        ("dW1 = 1/m · dL/dA1 · dA1/dZ1 · dZ1/dW1", "dW1 = (1/m · dL/dA1 * dA1/dZ1) · X.T"),
        ("dW1 = ∂Z1/∂W1 ∂A1/∂Z1 dA1", "dW1 = (dA1 * ∂A1/∂Z1) X.T"),
        ("dW1 = dA1 g1'(Z1) ∂Z1/∂W1", "dW1 = (dA1 * g1'(Z1)) X.T"),
        ("∂L/∂W1 = ∂L/∂Z2 ∂Z2/∂A1 g1'(Z1) ∂Z1/∂W1", "∂L/∂W1 = (W2.T ∂L/∂Z2 * g1'(Z1)) X.T"),
        ("@convention forward-index ;; dW1 = dZ2 ∂Z2/∂W1", "dW1 = dZ2 A1.T"),
        ("U: k x p ;; V: n x p ;; H: k x n ;; H = U V.T ;; dV = dH ∂H/∂V", "dV = dH.T U"),
        ("U: k x p ;; V: n x p ;; H: k x n ;; H = U V.T ;; dU = dH ∂H/∂U", "dU = dH V"),
        ("U: p x k ;; V: p x n ;; H: k x n ;; H = U.T V ;; dU = ∂H/∂U dH", "dU = V dH.T"),
    ],
    "left_side": [
        ("X: n x k ;; z: 1 x k ;; dz = 1/m X dz.T", "dw = 1/m X dz.T"),
        ("w: n x 1 ;; dz = 1/m X dZ.T ;; X: n x k ;; dZ: 1 x k ;; z: 1 x k", "dw = 1/m X dZ.T"),
    ],
    "outer": [
        ("x: (n,) ;; d: (k,) ;; dW: k x n ;; dW = d x.T", "dW = np.outer(d, x)"),
        ("x: (n,) ;; d: (k,) ;; dW: k x n ;; dW = 1/m np.dot(d, x)", "dW = 1/m np.outer(d, x)"),
    ],
    "part": [],
    "factor": [
        ("dW1 = 1/m dZ1", "dW1 = 1/m dZ1 X.T"),
        ("dW2 = dZ2", "dW2 = dZ2 A1.T"),
        ("dW^{[2]} = \\frac{1}{m} dZ^{[2]}", "dW^{[2]} = \\frac{1}{m} dZ^{[2]} A^{[1]T}"),
        ("dW = 1/m dZ", "dW = 1/m dZ A_prev.T"),
        ("∂L/∂W² = δ²", "∂L/∂W² = δ² A¹ᵀ"),
        ("@convention batch-first ;; dW2 = 1/m dZ2", "dW2 = 1/m A1.T dZ2"),
        ("U: n x k ;; V: k x m ;; Y: n x m ;; Y = U", "Y = U V"),
    ],
    "exchange": [
        ("A: n x n ;; B: n x p ;; u: p x 1 ;; x, z: n x 1 ;; z = A u + B x", "z = A x + B u"),
    ],
    "index": [("y: n ;; W: n x d ;; x: d ;; y_i = Σ_j W_ji x_j", "y_i = Σ_j W_ij x_j")],
    "argument": [("dZ1 = dA1 * g'(Z2)", "dZ1 = dA1 * g'(Z1)")],
    "arrange": [
        ("P: n x k ;; Q: n x m ;; R: m x k ;; R = P ⊙ Q", "R = Q.T P"),
        ("D: n x m ;; U: n x k ;; H: k x m ;; G: k x m ;; G = D * U * (1 - H)", "G = U.T D * (1 - H)"),
        ("D: n x m ;; U: n x k ;; H: k x m ;; X: p x m ;; G: k x p ;; G = D U H X", "G = (U.T D * H) X.T"),
    ],
    "gradient": [
        ("dZ1 = dZ2 * W2 * g'(Z1)", "dZ1 = W2.T dZ2 * g'(Z1)"),
        ("dW1 = dZ2 * W2 * g1'(Z1) * X", "dW1 = (W2.T dZ2 * g1'(Z1)) X.T"),
        ("∂L/∂W1 = ∂L/∂Z2 W2 σ'(Z1) X", "∂L/∂W1 = (W2.T ∂L/∂Z2 * σ'(Z1)) X.T"),
        ("dW2 = 1/m * np.sum(dZ2 * A1.T)", "dW2 = 1/m * np.dot(dZ2, A1.T)"),
        ("dZ^{[1]} = dZ^{[2]} * W^{[2]} * g'(Z^{[1]})", "dZ^{[1]} = W^{[2]T} dZ^{[2]} * g'(Z^{[1]})"),
        ("@convention torch ;; dW2 = A1 dZ2", "dW2 = dZ2.T A1"),
        ("@convention batch-first ;; dZ1 = dZ2 * W2 * g'(Z1)", "dZ1 = dZ2 W2.T * g'(Z1)"),
        ("w: n x 1 ;; X: n x k ;; dw = X (A - Y)", "dw = X (A - Y).T"),
    ],
    "sign": [
        ("dZ1 = W2.T dZ2 x g1'(Z1)", "dZ1 = W2.T dZ2 * g1'(Z1)"),
        ("dA1 = W2.T x dZ2", "dA1 = W2.T dZ2"),
        ("dW1 = dZ1 - X.T", "dW1 = dZ1 X.T"),
    ],
}
"""For each repair the only fix of a formula."""

SEVERAL = [
    ("A: n x n ;; B: n x p ;; u: p x 1 ;; x, z: n x 1 ;; z = B x - A u", {"z = B u - A x", "z = A x - B u"}),
    ("W_f: h x (h + D) ;; dx: D x m ;; e: h x m ;; dx = W_f.T e", {"dx = W_f[:, h:].T e", "dx = W_f[:, :D].T e"}),
    ("Z2 = W2 A1 + b1", {"Z2 = W2 A1 + b2", "Z2 = W2 (A1 + b1)"}),
    ("dA2 = W2.T dZ2", {"dA1 = W2.T dZ2", "dZ1 = W2.T dZ2"}),
    ("dZ1 = W2.T dZ2 A1 (1-A1)", {"dZ1 = W2.T dZ2 * A1 * (1-A1)", "dZ1 = W2.T dZ2 A1.T (1-A1)"}),
    (
        "Q: n x d ;; K: m x d ;; e: n x p ;; dV: m x p ;; dV = softmax(Q K^T) e",
        {"dV = softmax(Q K^T)^T e", "dV = softmax(K Q^T) e"},
    ),
]

SPELLED = [
    ("δ¹ = W² δ² ⊙ σ'(z¹)", "δ¹ = W²ᵀ δ² ⊙ σ'(z¹)"),
    ("∂L/∂W₁ = 1/m ∂L/∂Z₁ X", "∂L/∂W₁ = 1/m ∂L/∂Z₁ Xᵀ"),
    ("b1 = b1 - lr * dZ1", "b1 = b1 - lr * sum(dZ1, axis=1, keepdims=True)"),
    ("db1 = 1/m dZ1 + lam b1", "db1 = 1/m sum(dZ1, axis=1, keepdims=True) + lam b1"),
]

TWO = [
    ("dW2 = A1 dZ2", "dW2 = dZ2 A1.T"),
    ("db1 = 1/m sum(dZ1, axis=0)", "db1 = 1/m sum(dZ1, axis=1, keepdims=True)"),
    ("A: n x k ;; B: n x m ;; C: k x m ;; C = A * B", "C = A.T B"),
    ("dW_2 = a_1 δ_2", "dW_2 = δ_2 a_1.T"),
]


@pytest.mark.parametrize(("wrong", "right"), [pair for pairs in ONLY.values() for pair in pairs])
def test_the_only_fix(wrong: str, right: str) -> None:
    found = fixes(wrong)
    assert [fix.formula for fix in found] == [right]
    assert found[0].safe == (words(wrong) == words(right))


@pytest.mark.parametrize(("wrong", "right"), SPELLED)
def test_a_fix_changes_what_is_wrong_in_its_authors_signs(wrong: str, right: str) -> None:
    assert formulas(wrong) == [right]


@pytest.mark.parametrize(("wrong", "right"), SEVERAL)
def test_several_fixes(wrong: str, right: set[str]) -> None:
    found = fixes(wrong)
    assert right <= {fix.formula for fix in found}
    assert not any(fix.safe for fix in found)


@pytest.mark.parametrize(("wrong", "right"), TWO)
def test_two_mistakes(wrong: str, right: str) -> None:
    assert formulas(wrong) == [right]


SPREAD = [("Z1 = W1 * X + b1", "Z1 = W1 * X .+ b1"), ("A1 = Z1 - b1 .* 2", "A1 = Z1 .- b1 .* 2")]


@pytest.mark.parametrize(("wrong", "right"), SPREAD)
def test_a_dot_lets_a_column_go_beside_a_matrix(wrong: str, right: str) -> None:
    found = check(Source(wrong, "<formula>"), Settings(notation="julia")).diagnostics
    assert [fix.formula for each in found for fix in each.fixes] == [right]


def test_every_repair_has_an_example() -> None:
    assert set(repairs.names) == {*ONLY, "spread"}


FIRST = [
    ("X: m x n ;; y: m x 1 ;; t: n x 1 ;; t = (X X.T)^-1 X.T y", "t = (X.T X)^-1 X.T y"),
    ("X: m x n ;; y: m x 1 ;; t: n x 1 ;; t = (XXᵀ)⁻¹ Xᵀy", "t = (XᵀX)⁻¹ Xᵀy"),
    ("δ1 = δ2.T W2 ⊙ f'(z1)", "δ1 = W2.T δ2 ⊙ f'(z1)"),
    ("db1 = sum(dZ2, axis=1, keepdims=True)", "db1 = sum(dZ1, axis=1, keepdims=True)"),
    ("W_f: h x (h + D) ;; da: h x m ;; e: h x m ;; da = W_f.T e", "da = W_f[:, :h].T e"),
    ("W: 10 x 26 ;; e: 40 x 10 ;; f: 40 x 25 ;; f = e W", "f = e W[:, 1:]"),
    ("U, V: 5 x 8 ;; p, q: 5 x 9 ;; dx: 3 x 9 ;; dx = U.T p + V.T q", "dx = U[:, 5:].T p + V[:, 5:].T q"),
    ("U, V: 5 x 8 ;; p, q: 5 x 9 ;; da: 5 x 9 ;; da = U.T p + V.T q", "da = U[:, :5].T p + V[:, :5].T q"),
    ("p: h x 1 ;; x: D x 1 ;; dU: h x D ;; dU = Σ_t x_t p_t.T", "dU = Σ_t p_t x_t.T"),
    ("Z₂ = W₁ A₁ + b₂", "Z₂ = W₂ A₁ + b₂"),
    ("E: n x k ;; δ: s x 1 ;; a: p x 1 ;; W: s x p ;; ∂L/∂W = a (δ)ᵀ", "∂L/∂W = δ aᵀ"),
    ("δ: m x k ;; a: m x h ;; W: h x k ;; ∂L/∂W = δ (a)ᵀ", "∂L/∂W = (a)ᵀ δ"),
]


@pytest.mark.parametrize(("wrong", "right"), FIRST)
def test_the_first_fix(wrong: str, right: str) -> None:
    assert formulas(wrong)[:1] == [right]


def test_the_name_most_alike_goes_first() -> None:
    text = "W_a: n x k ;; X: k x m ;; W_b: p x k ;; V: p x k ;; Y: p x m ;; Y = W_a X"
    assert formulas(text) == ["Y = W_b X", "Y = V X"]


def test_nothing_is_made_up() -> None:
    assert formulas("A: n x k ;; B: k x m ;; s = trace(A B)") == []
    assert formulas("dZ2 = A2 - A1") == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("dW = d.T h", "transpose h instead of d: d h.T is (n×1)(1×k) = n×k, the shape of dW"),
        ("dW = 2 d.T h", "transpose h instead of d: 2 d h.T is"),
        ("dW = (M x).T h", "transpose h instead of (M x)"),
    ],
)
def test_a_transpose_that_moves_is_told_with_both_its_ends(wrong: str, said: str) -> None:
    settings = Settings(shapes=("d: n x 1", "h: k x 1", "W: n x k", "V: p x p", "M: n x q", "x: q x 1"))
    titles = [fix.title for found in check(Source(wrong), settings).diagnostics for fix in found.fixes]
    assert any(title.startswith(said) for title in titles), titles
