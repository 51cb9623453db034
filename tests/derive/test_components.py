"""What is written of each entry is derived as the same in whole arrays."""

from __future__ import annotations

import pytest

from shapecheck.derivation.attempts import NothingDerived, attempted
from shapecheck.derivation.text import text_of
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import verify

SHAPES = ("W, V: n x m", "X: m x p", "x: m", "a, b, z: n")
CASES = [
    ("y_i = Σ_j W_ij x_j + b_i", ["dW = dy x.T", "db = dy", "dx = W.T dy"]),
    ("y_j = Σ_i W_ij a_i", ["dW = a dy.T", "da = W dy"]),
    ("Z_ik = Σ_j W_ij X_jk", ["dW = dZ X.T", "dX = W.T dZ"]),
    ("C_ij = Σ_k W_ki W_kj", ["dW = W dC.T + W dC"]),
    ("y_i = Σ_j (W_ij + V_ij) x_j", ["dW = dy x.T", "dV = dy x.T", "dx = (W + V).T dy"]),
    ("r_i = a_i Σ_k W_ik x_k", ["dW = (dr * a) x.T", "da = dr * W x", "dx = W.T (dr * a)"]),
    (r"y_i = \sum_{j=1}^m W_{ij} x_j", ["dW = dy x.T", "dx = W.T dy"]),
]


def derived(*lines: str) -> list[str]:
    found = attempted(Source("\n".join(lines), "<formula>"), Settings(shapes=SHAPES))
    return [line for each in found.derivations for line in text_of(each, "plain")]


@pytest.mark.parametrize(("line", "expected"), CASES, ids=[line for line, _ in CASES])
def test_each_letter_joins_two_factors_of_a_product(line: str, expected: list[str]) -> None:
    assert derived(line) == expected


NUMBERS = [
    ("Σ_i Σ_j W_ij a_i x_j", ["dx = W.T a", "da = W x", "dW = a x.T"]),
    ("Σ_i (Σ_j W_ij x_j - b_i)^2", ["db = 2 (b - W x)", "dW = 2 (W x - b) x.T", "dx = 2 W.T (W x - b)"]),
    ("Σ_i Σ_j W_ij V_ij", ["dV = W", "dW = V"]),
    ("Σ_i Σ_j S_ij T_ji", ["dT = S.T", "dS = T.T"]),
    ("Σ_i (a_i + 1)^2 + Σ_i Σ_j W_ij^2", ["da = 2 (a + 1)", "dW = 2 W"]),
    ("Σ_i S_ii b_i", ["dS = diag(b)", "db = diag(S)"]),
]


@pytest.mark.parametrize(("loss", "expected"), NUMBERS, ids=[loss for loss, _ in NUMBERS])
def test_a_number_that_is_a_sum_of_entries_is_one_of_arrays(loss: str, expected: list[str]) -> None:
    assert sorted(derived("S, T: n x n", f"J = {loss}")) == sorted(expected)


def test_a_letter_that_nothing_carries_counts_its_terms() -> None:
    with pytest.raises(NothingDerived):
        derived("J = Σ_i Σ_j a_i")


def test_a_softmax_that_is_written_of_each_entry_is_no_product() -> None:
    (line,) = derived("p_i = exp(z_i)/Σ_j exp(z_j)")
    assert line == "dz = exp(z) * (dp - np.sum(dp * exp(z)) / np.sum(exp(z))) / np.sum(exp(z))"


def test_a_letter_that_is_nowhere_explained_is_not_derived() -> None:
    with pytest.raises(NothingDerived, match="a sum over an index"):
        derived("y_i = Σ_j W_ij V_kj")


@pytest.mark.parametrize(("gradient", "verdict"), [("Wᵀ (W x + b)", "right"), ("Wᵀ W x", "wrong")])
def test_it_is_verified_so_too(gradient: str, verdict: str) -> None:
    lines = ("y_i = Σ_j W_ij x_j + b_i", "f = 1/2 Σ_i y_i²", f"∂f/∂x = {gradient}")
    report = verify(Source("\n".join(lines), "<formula>"), Settings(shapes=SHAPES))[0]
    assert report.formulas[-1].verdict == verdict
