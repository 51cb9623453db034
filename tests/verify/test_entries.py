"""A derivative of entries by entries, `∂y_i/∂x_j = …`, is judged by its values for all of them."""

from __future__ import annotations

import pytest

from shapecheck import check_text, verify

SOFTMAX = ("x: n", "y = softmax(x)")
QUADRATIC = ("A: n x n", "x: n", "f = x^T A x")
LINEAR = ("W: k x n", "x: n", "t: k", "y = W x", "E = 1/2 ||y - t||^2")
LAYER = ("W: k x n", "x: n", "z = W x", "y = tanh(z)")
INVERSE = ("X: n x n", "f = log(det(X))")

RIGHT = [
    (*SOFTMAX, "∂y_i/∂x_j = y_i (δ_ij - y_j)"),
    (*SOFTMAX, r"\frac{\partial y_i}{\partial x_j} = y_i (\delta_{ij} - y_j)"),
    (*SOFTMAX, "∂y_i/∂x_j = y_i (1[i=j] - y_j)"),
    (*SOFTMAX, "∂y_i/∂x_j = y_i (𝟙{i==j} - y_j)"),
    (*SOFTMAX, r"\frac{\partial y_i}{\partial x_j} = y_i (1_{i=j} - y_j)"),
    (*SOFTMAX, r"\frac{\partial y_i}{\partial x_j} = y_i (\mathbf{1}_{i=j} - y_j)"),
    (*SOFTMAX, r"\frac{\partial y_i}{\partial x_j} = y_i (\mathbb{1}[i = j] - y_j)"),
    (*SOFTMAX, "∂y[i]/∂x[j] = y[i] (δ[i,j] - y[j])"),
    ("x: n", "y_i = exp(x_i)/Σ_k exp(x_k)", "∂y_i/∂x_j = y_i (δ_ij - y_j)"),
    (*QUADRATIC, r"\frac{\partial f}{\partial x_k} = \sum_j A_{kj} x_j + \sum_i A_{ik} x_i"),
    (*QUADRATIC, "∂f/∂A_ij = x_i x_j"),
    (*LINEAR, "∂E/∂W_ij = (y_i - t_i) x_j"),
    (*LINEAR, "∂E/∂x_j = Σ_i W_ij (y_i - t_i)"),
    (*LINEAR, "∂y_i/∂x_j = W_ij"),
    (*LINEAR, "∂y_i/∂W_ij = x_j"),
    (*LAYER, "∂L/∂z_i = ∂L/∂y_i (1 - y_i^2)"),
    (*LAYER, "∂L/∂W_ij = ∂L/∂z_i x_j"),
    (*LAYER, "∂L/∂x_j = Σ_i W_ij ∂L/∂z_i"),
    (*INVERSE, "∂f/∂X_ij = (X^-1)_ji"),
    ("x: n", "y = x ⊙ x", "∂y_i/∂x_i = 2 x_i"),
    ("x: n", "f = ||x||^2", "∂²f/∂x_i∂x_j = 2 δ_ij"),
    ("x, t: n", "p = softmax(x)", "L = -Σ_i t_i log p_i", "∂L/∂x_i = p_i Σ_k t_k - t_i"),
    ("A: n x n", "J = Σ_i A_ii", "dA = I"),
    ("X: n x d", "w: d", "y: n", "J = 1/2 ||X w - y||^2", "∂J/∂w_j = Σ_i (Σ_k X_ik w_k - y_i) X_ij"),
]

WRONG = [
    ((*SOFTMAX, "∂y_i/∂x_j = y_i (δ_ij + y_j)"), "∂y_i/∂x_j = y_i (δ_ij - y_j)"),
    ((*QUADRATIC, "∂f/∂x_k = Σ_j A_kj x_j - Σ_i A_ik x_i"), "∂f/∂x_k = Σ_j A_kj x_j + Σ_i A_ik x_i"),
    ((*QUADRATIC, r"\frac{\partial f}{\partial x_k} = 2\sum_j A_{kj} x_j"), ""),
    ((*LINEAR, "∂E/∂W_ij = 2 (y_i - t_i) x_j"), "∂E/∂W_ij = (y_i - t_i) x_j"),
    ((*LAYER, "∂L/∂z_i = ∂L/∂y_i (1 - y_i)"), "∂L/∂z_i = ∂L/∂y_i (1 - y_i^2)"),
    (("A: n x n", "x: n", "y = A x", "∂y_i/∂x_j = A_ji"), "∂y_i/∂x_j = A_ij"),
    ((*INVERSE, "∂f/∂X_ij = (X^-1)_ij"), ""),
    (("x: n", "f = ||x||^2", "∂f/∂x_i = x_i"), "∂f/∂x_i = 2 x_i"),
]


@pytest.mark.parametrize("lines", RIGHT)
def test_what_holds_for_all_entries_is_right(lines: tuple[str, ...]) -> None:
    report = verify("\n".join(lines))
    assert (report.formulas[-1].verdict, list(report.diagnostics)) == ("right", [])


@pytest.mark.parametrize(("lines", "corrected"), WRONG)
def test_what_does_not_is_wrong(lines: tuple[str, ...], corrected: str) -> None:
    report = verify("\n".join(lines))
    assert report.formulas[-1].verdict == "wrong"
    assert [fix.formula for found in report.diagnostics for fix in found.fixes] == [corrected] * bool(corrected)


def test_the_gradient_of_the_array_is_said_beside_it() -> None:
    (found,) = verify("\n".join((*QUADRATIC, "∂f/∂x_k = 2 Σ_j A_kj x_j"))).diagnostics
    assert "the gradient of x is A x + A.T x" in found.notes


@pytest.mark.parametrize(
    "lines",
    [
        (*LINEAR, "∂E/∂W_ij = (y_j - t_j) x_i"),
        (*QUADRATIC, "∂f/∂x_k = Σ_{j≠k} A_kj x_j"),
        (*QUADRATIC, "∂f/∂x_k = A_kj x_j + A_ik x_i"),
        (*QUADRATIC, "∂f/∂x_k = (A x)_k + g(x_k)"),
    ],
)
def test_what_is_not_understood_is_not_judged(lines: tuple[str, ...]) -> None:
    assert verify("\n".join(lines)).formulas[-1].verdict == "not verified"


def test_the_entries_of_arrays_that_are_declared_are_numbers() -> None:
    report = check_text("δ: k\nx: d\nW: k x d\n∂E/∂W_ij = δ_i x_j")
    assert [formula.status for formula in report.formulas] == ["ok"]
    assert not report.diagnostics


def test_an_index_runs_over_one_axis() -> None:
    (found,) = check_text("A: m x n\nx: n\ny = A x\n∂y_i/∂x_j = A_ji").diagnostics
    assert found.code == "SC201"
    assert "the index j runs over" in found.message
