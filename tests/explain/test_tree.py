"""The tree of shapes: every step with what it takes and what it gives, also of a formula that is wrong."""

from __future__ import annotations

import pytest

from shapecheck.explain import explain
from shapecheck.explain.tree import DrawnLine, rows
from shapecheck.formats._cells import width
from shapecheck.text import Source


def drawn(text: str) -> list[DrawnLine]:
    (explanation,) = explain(Source(text))
    return rows(explanation.steps())


def lines(text: str) -> list[str]:
    return [" | ".join((row.text.rstrip(), row.operation.rstrip(), row.shapes)) for row in drawn(text)]


def test_a_right_formula() -> None:
    convention = "coursera convention"
    assert lines("dZ1 = W2.T dZ2 * g1'(Z1)") == [
        "dZ1 = W2.T dZ2 * g1'(Z1) |  | n1×m",
        "└─ W2.T dZ2 * g1'(Z1) | elementwise product | n1×m * n1×m = n1×m",
        "   ├─ W2.T dZ2 | matrix product | (n1×n2)(n2×m) = n1×m",
        "   │  ├─ W2.T | transpose | n2×n1 → n1×n2",
        f"   │  │  └─ W2 | {convention} | n2×n1",
        "   │  └─ dZ2 | gradient of Z2 | n2×m",
        "   └─ g1'(Z1) | g1' of each entry | n1×m → n1×m",
        f"      └─ Z1 | {convention} | n1×m",
    ]


def test_a_wrong_formula_goes_as_far_as_it_fits() -> None:
    found = drawn("dZ1 = dZ2 W2.T * g1'(Z1)")
    assert [row.shapes for row in found if not row.fits] == ["(n2×m)(n1×n2) do not fit"]
    assert found[1].shapes == "? * n1×m = ?"


def test_sides_that_differ() -> None:
    first = drawn("Z1 = X.T W1.T")[0]
    assert (first.shapes, first.fits) == ("n1×m ≠ m×n1", False)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)", "sum over axis 1, kept as 1 | n1×m → n1×1"),
        ("np.mean(Z1, axis=(0, 1))", "mean over axes 0, 1 | n1×m → ()"),
        ("sum(Z1)", "sum of all entries | n1×m → ()"),
        ("1/m dZ1", "scaling | n1×m"),
        ("Z1 = W1 X + b1", "sum | n1×m + n1×1 = n1×m"),
        ("exp(Z1)", "exp of each entry | n1×m → n1×m"),
        ("softmax(Z1)", "softmax | n1×m → n1×m"),
        ("∂Z1/∂W1", "derivative | n1×m, n1×n0 → n1×m×n1×n0"),
        ("foo(A1)", "not known | n1×m → ?"),
        ("1 - A1", "number | ()"),
        ("A1 / 2", "quotient | n1×m / () = n1×m"),
    ],
)
def test_what_a_step_does(formula: str, expected: str) -> None:
    assert any(line.endswith(f"| {expected}") for line in lines(formula))


@pytest.mark.parametrize("formula", ["δ¹ = W²ᵀ δ² ⊙ σ'(z¹)", "Z1 = W1 X + b1", "q = f(u)", "中 = A1 B1"])
def test_the_columns_are_aligned(formula: str) -> None:
    found = drawn(formula)
    assert len({width(row.text) for row in found}) == len({width(row.operation) for row in found}) == 1


def test_a_derivative_that_is_no_matrix() -> None:
    (symbolic,) = explain(Source("∂Z1/∂W1"))
    (numbers,) = explain(Source("@sizes n1=4, m=5, n0=3\n∂Z1/∂W1"))
    size, entries, reason, left = symbolic.tensors()
    assert size == (
        "∂Z1/∂W1 is a tensor of rank 4, n1×m×n1×n0: a number for each pair of an entry of Z1 and an entry of W1, "
        "n1 · m · n1 · n0 entries"
    )
    assert entries == "Z1 = W1 X + b1: ∂Z1[i,j]/∂W1[k,p] is X[p,j] where k = i, else 0"
    assert reason.endswith("∂L/∂W1[k,p] = Σ_i Σ_j ∂L/∂Z1[i,j] ∂Z1[i,j]/∂W1[k,p]")
    assert left.endswith("what is left is Σ_j ∂L/∂Z1[k,j] X[p,j], so ∂L/∂W1 = ∂L/∂Z1 X.T")
    assert numbers.tensors()[0].endswith(
        "4×5×4×3: a number for each pair of an entry of Z1 and an entry of W1, 240 entries"
    )
    (vectors,) = explain(Source("y: 3\nx: 4\n∂y/∂x"))
    assert vectors.tensors() == []


@pytest.mark.parametrize(
    ("formula", "left"),
    [
        ("∂Z2/∂A1", "Σ_i ∂L/∂Z2[i,p] W2[i,k], so ∂L/∂A1 = W2.T ∂L/∂Z2"),
        ("@convention batch-first\n∂Z2/∂W2", "Σ_i ∂L/∂Z2[i,p] A1[i,k], so ∂L/∂W2 = A1.T ∂L/∂Z2"),
        ("@convention torch\n∂Z2/∂W2", "Σ_i ∂L/∂Z2[i,k] A1[i,p], so ∂L/∂W2 = (∂L/∂Z2).T A1"),
        ("@convention torch\n∂Z2/∂A1", "Σ_j ∂L/∂Z2[k,j] W2[j,p], so ∂L/∂A1 = ∂L/∂Z2 W2"),
        (
            "U: p x k\nV: p x n\nH: k x n\nH = U.T V\n∂H/∂U",
            "Σ_j ∂L/∂H[r,j] V[q,j], so ∂L/∂U = V (∂L/∂H).T",
        ),
    ],
)
def test_what_the_chain_rule_comes_to(formula: str, left: str) -> None:
    assert explain(Source(formula))[-1].tensors()[-1].endswith(left)


def test_what_is_taken_for_granted() -> None:
    (matrices,) = explain(Source("dZ1 = dA1 * ∂A1/∂Z1"))
    diagonal, softmax, convention = matrices.remarks()
    assert "∂A1/∂Z1: each entry of A1 depends only on the same entry of Z1" in diagonal
    assert "diag(p) - p p.T" in softmax
    assert convention == "shapes from the coursera convention (columns are examples); override with -s"
    (declared,) = explain(Source("A: 3 x 4\nB: 4 x 5\nA B"))
    assert declared.remarks() == []


def test_a_tree_is_as_wide_as_its_terminal() -> None:
    long = "dZ1 = (W2.T dZ2 + W2.T dZ2 + W2.T dZ2) * g1'(Z1)"
    (explanation,) = explain(Source(long))
    found = rows(explanation.steps(), 80)
    assert max(width(f"{row.text}   {row.operation}   {row.shapes}") for row in found) <= 80
    assert "…" in found[0].text
    assert "matrix product" in found[3].operation
    narrow = rows(explanation.steps(), 40)
    assert not any(row.operation for row in narrow)


def test_other_forms() -> None:
    (matlab,) = explain(Source("dZ1 = (W2' * dZ2) .* g'(Z1)"))
    assert matlab.written("plain") == "dZ1 = W2.T @ dZ2 * g'(Z1)"
    assert matlab.written("matlab") == "dZ1 = W2' * dZ2 .* g'(Z1)"
    (plain,) = explain(Source("∂L/∂b1 = 1/m np.sum(∂L/∂Z1, axis=1, keepdims=True)"))
    assert plain.written("plain") == "∂L/∂b1 = 1/m np.sum(∂L/∂Z1, axis=1, keepdims=True)"
    assert plain.written("matlab") == "db1 = 1/m * sum(dZ1, 2)"
    (unicode,) = explain(Source("Z1 = W1 X ⊙ A1"))
    assert unicode.written("plain") == "Z1 = W1 X * A1"


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("dW1 = 1/m dZ1 X.T", "dW1 = 1 / m * (dZ1 @ X.T)"),
        ("∂L/∂W2 = ∂L/∂Z2 · A1.T", "dW2 = dZ2 @ A1.T"),
        ("dZ1 = W2.T dZ2 ⊙ relu'(Z1)", "dZ1 = W2.T @ dZ2 * (Z1 > 0)"),
        ("dZ1 = W2.T dZ2 ⊙ g1'(Z1)", "dZ1 = W2.T @ dZ2 * g1_prime(Z1)"),
        ("A[l+1].T A[l+1] + A[l-1].T A[l-1]", "A_l_plus_1.T @ A_l_plus_1 + A_l_minus_1.T @ A_l_minus_1"),
        ("h[t-1] + h[t] + h[t+1]", "h_prev + h + h_next"),
        ("q[k+1] = F q[k] + G p[k-1]", "q_next = F @ q + G @ p_prev"),
        ("(b1.T b1) b1", "b1.T @ b1 * b1"),
        ("dZ1 = (W2' * dZ2) .* (1 - A1.^2)", "dZ1 = W2.T @ dZ2 * (1 - A1**2)"),
        ("dW^{[1]} = dZ^{[1]} X^T", "dW1 = dZ1 @ X.T"),
        ("W1 -= lr dW1", "W1 -= lr * dW1"),
    ],
)
def test_numpy(formula: str, code: str) -> None:
    (explanation,) = explain(Source(formula))
    assert explanation.written("python") == code


@pytest.mark.parametrize(
    ("formula", "typeset"),
    [
        ("S = softmax(Z1 / sqrt(m))", r"S = \operatorname{softmax}(\frac{Z_{1}}{\sqrt{m}})"),
        ("W1 = W1 - lr * dW1", "W_{1} = W_{1} - lr dW_{1}"),
        ("δ1 = W2.T δ2 ⊙ σ'(z1)", r"\delta_{1} = W_{2}^T \delta_{2} \odot \sigma'(z_{1})"),
        ("tr(A1 A1.T)", r"\operatorname{tr}(A_{1} A_{1}^T)"),
        ("np.sum(dZ1, axis=1)", r"\sum_{i=1}^{m} dZ_{1}^{(i)}"),
        ("np.sum(W2.T dZ2, axis=1)", r"W_{2}^T dZ_{2} \mathbf{1}"),
        ("mean(Z1, axis=0)", r"\frac{1}{n1} \mathbf{1}^T Z_{1}"),
        ("np.maximum(Z1, 0)", r"\max(Z_{1}, 0)"),
        ("max(Z1, axis=1)", r"\max_{j}(Z_{1})"),
        ("np.concatenate((W1, X.T), axis=0)", r"\begin{bmatrix} W_{1} \\ X^T \end{bmatrix}"),
        ("np.dot(np.outer(b1, b2), W2)", r"b_{1} b_{2}^T W_{2}"),
        ("A1 = tanh(Z1)", r"A_{1} = \tanh(Z_{1})"),
    ],
)
def test_latex(formula: str, typeset: str) -> None:
    (explanation,) = explain(Source(formula))
    assert explanation.written("latex") == typeset


def test_a_font_is_no_part_of_what_is_explained() -> None:
    (explanation,) = explain(Source(r"dZ^{[2]} = \frac{\partial J}{\partial \mathbf{A^{[2]}}} * g'(\mathcal{Z^{[2]}})"))
    assert explanation.indices().text == "dZ^{[2]}[i,j] = ∂J/∂A^{[2]}[i,j] g'(Z^{[2]}[i,j])"


def test_a_sum_over_an_index_keeps_it() -> None:
    (explanation,) = explain(Source(r"dW = \sum_i dz^{(i)} x^{(i)T}"))
    assert explanation.indices().text == "dW[j,k] = Σ_i dz^{(i)}[j] x^{(i)}[k]"
    assert any(row.operation.startswith("sum over i") for row in rows(explanation.steps()))


def test_sympy() -> None:
    (explanation,) = explain(Source("dZ1 = W2.T dZ2"))
    assert explanation.sympy() == "Eq(dZ1, W2.T*dZ2)"
    (wrong,) = explain(Source("dZ1 = dZ2 W2.T"))
    with pytest.raises(ValueError, match="do not fit"):
        wrong.sympy()
