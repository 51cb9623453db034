"""Losses that are written of one example are derived as whole matrices are."""

from __future__ import annotations

import pytest

from shapecheck.derivation import asking, derive
from shapecheck.derivation.text import text_of
from shapecheck.gradient import NoGradient
from shapecheck.text import Source

LAYER = "$Z^{[1]} = W^{[1]} X + b^{[1]}$, $A^{[1]} = \\sigma(Z^{[1]})$\n\n"
WHOLE = "$J = -\\frac{1}{m} \\sum (Y \\odot \\log A^{[1]} + (1 - Y) \\odot \\log (1 - A^{[1]}))$\n"
ENTROPY = "y^{(i)} \\log a^{[1](i)} + (1 - y^{(i)}) \\log (1 - a^{[1](i)})"
PLAIN = "Z1 = W1 X + b1\nA1 = sigma(Z1)\n"

MEANS = {
    "a sum over examples": LAYER + f"$$J = -\\frac{{1}}{{m}} \\sum_{{i=1}}^m \\left( {ENTROPY} \\right)$$\n",
    "a loss defined as a function": "$L(a, y) = -(y \\log a + (1 - y) \\log(1 - a))$\n\n"
    + LAYER
    + "$$J = \\frac{1}{m} \\sum_{i=1}^m L(a^{[1](i)}, y^{(i)})$$\n",
    "one example forward": "$z^{[1](i)} = W^{[1]} x^{(i)} + b^{[1]}$\n\n$a^{[1](i)} = \\sigma(z^{[1](i)})$\n\n"
    + f"$$J = -\\frac{{1}}{{m}} \\sum_i \\left( {ENTROPY} \\right)$$\n",
}


def lines(text: str, path: str) -> list[str]:
    return [line for each in derive(asking(Source(text, path))) for line in text_of(each, "plain")]


@pytest.mark.parametrize("text", MEANS.values(), ids=MEANS)
def test_cross_entropy(text: str) -> None:
    found = lines(text, "notes.md")
    assert found[:3] == ["dZ1 = A1 - Y", "dW1 = 1/m dZ1 X.T", "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)"]


def test_brackets_that_are_no_calls() -> None:
    text = PLAIN + "J = -1/m sum_{i=1}^m (y(i) log a1(i) + (1 - y(i)) log(1 - a1(i)))\n"
    assert lines(text, "n.formulas")[:2] == ["dZ1 = A1 - Y", "dW1 = 1/m dZ1 X.T"]


def test_entries_of_each_example() -> None:
    text = "$W$ is $k \\times n$, $X$ is $n \\times m$.\n\n$Z = W X$\n\n$A = \\mathrm{softmax}(Z)$\n\n"
    text += "$J = -\\frac{1}{m} \\sum_i \\sum_k y_k^{(i)} \\log a_k^{(i)}$\n"
    assert lines(text, "n.md")[:2] == ["dZ = A - Y", "dW = 1/m dZ X.T"]


def test_norms_of_examples() -> None:
    text = "$X$ is $n \\times m$, $U$ is $k \\times n$, $V$ is $n \\times k$.\n\n"
    text += "$H = \\sigma(U X)$\n\n$\\hat{X} = V H$\n\n"
    text += "$$L = \\frac{1}{2m} \\sum_{i=1}^m \\|x^{(i)} - \\hat x^{(i)}\\|^2$$\n"
    whole = text[: text.index("$$L")] + "$$L = \\frac{1}{2m} \\|X - \\hat X\\|_F^2$$\n"
    assert lines(text, "n.md") == lines(whole, "n.md")


def test_rows_that_are_examples() -> None:
    text = "X: m x n\nW: n x k\nS = X W\nP = softmax(S, axis=1)\nJ = -1/m sum_i sum_k Y_ik log P_ik\n"
    assert lines(text, "n.formulas")[0] == "dS = P - Y"


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        ("J(θ) = 1/2m Σ_i (θ^T x_i - y_i)^2", "dθ = 1/m X^T (X θ - y)"),
        ("J(θ) = 1/2m Σ_i (θ^T x^(i) - y^(i))^2", "dθ = 1/m X (θ^T X - Y)^T"),
        ("J = 1/m Σ_i ||W x_i - y_i||^2", "dW = 2/m (W x - y) x.T"),
        ("J = Σ_i log(1 + exp(-y_i w^T x_i))", "dw = -x (exp(-y * w^T x) * y / (1 + exp(-y * w^T x)))^T"),
        ("J = Σ_i log(1 + exp(-y^(i) w^T x^(i)))", "dw = -X (exp(-Y * w^T X) * Y / (1 + exp(-Y * w^T X)))^T"),
    ],
)
def test_a_sum_over_examples_of_which_nothing_is_declared(loss: str, gradient: str) -> None:
    assert lines(loss, "<formula>")[0] == gradient


def test_a_sum_over_examples_that_arrays_have_no_form_for_is_refused() -> None:
    text = "W: k x n\nX: n x m\nZ = W X\nJ = 1/m sum_i sum(cumsum(z(i)))\n"
    with pytest.raises(NoGradient):
        lines(text, "n.formulas")


def test_letters_with_marks_are_other_variables_in_code() -> None:
    text = (
        "$X$ is $n \\times m$, $V$ is $n \\times n$.\n\n$\\hat{X} = V X$\n\n$L = \\frac{1}{2} \\|X - \\hat X\\|_F^2$\n"
    )
    (found,) = derive(Source(text, "n.md"))
    assert text_of(found, "python")[0] == "dX_hat = X_hat - X"


@pytest.mark.parametrize(
    ("loss", "gradient"), [("sum(sqrt Z)", "dZ = 1/2 / sqrt(Z)"), ("sum(Y abs Z)", "dZ = Y * sign(Z)")]
)
def test_a_function_without_brackets_takes_the_factor_behind_it(loss: str, gradient: str) -> None:
    assert lines(f"Z = W X + b\nJ = {loss}\n", "n.formulas")[0] == gradient
