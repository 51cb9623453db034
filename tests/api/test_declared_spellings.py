"""Formulas whose shapes are declared as their authors spell the names."""

from __future__ import annotations

import pytest

from shapecheck import read

RIGHT = [
    ("latex", r"\dW = \vd x^T", {r"\dW": "n x k", r"\vd": "n x 1", "x": "k x 1"}),
    ("latex", r"\pdv{L}{W} = \pdv{L}{y} x^T", {r"\pdv{L}{W}": "n x k", r"\pdv{L}{y}": "n x 1", "x": "k x 1"}),
    ("latex", r"w^* = (X^T X)^{-1} X^T y", {"w^*": "d x 1", "X": "n x d", "y": "n x 1"}),
    ("latex", r"f = k_*^T y", {"k_*": "n x 1", "y": "n x 1", "f": "1 x 1"}),
    ("latex", r"db = \text{np.sum}(dz, \text{axis}=1, \text{keepdims}=\text{True})", {"db": "p x 1", "dz": "p x m"}),
    (
        "latex",
        r"dz = V * e, \text{ where } * \text{ is element by element}",
        {"dz": "p x m", "V": "p x m", "e": "p x m"},
    ),
    ("latex", r"e = V^T d, \qquad l = L, L-1, \dots, 2.", {"V": "p x q", "d": "p x 1", "e": "q x 1"}),
    ("latex", r"c = \frac{1}{q} \sum_{i=1}^n r_{ik} v_i", {"c": "d x 1", "q": "()", r"r_{ik}": "()", "v_i": "d x 1"}),
    ("latex", r"e = d \odot \phi'(\mathbf{z})", {"e": "n x 1", "d": "n x 1", r"\phi'(\mathbf{z})": "n x 1"}),
    ("latex", r"e = \Sigma'(z) d", {"e": "n x 1", "d": "n x 1", "z": "n x 1"}),
    ("plain", "dZ<1> = W<2>T dZ<2>", {"dZ<1>": "p x m", "W<2>": "q x p", "dZ<2>": "q x m"}),
    ("plain", "c = rowsum(A ∘ B)", {"A": "n x d", "B": "n x d", "c": "n x 1"}),
    ("plain", "r = colsum(A)", {"A": "n x d", "r": "1 x d"}),
    ("plain", "G = 2 Xᵀ r      (k, N) @ (N, 1) → (k, 1)", {"G": "k x 1", "X": "N x k", "r": "N x 1"}),
    ("plain", "u = u - α v   donde α es el paso", {"u": "k x 1", "v": "k x 1"}),
]


@pytest.mark.parametrize(("notation", "formula", "shapes"), RIGHT, ids=[formula for _, formula, _ in RIGHT])
def test_what_is_right_is_understood(notation: str, formula: str, shapes: dict[str, str]) -> None:
    assert read(formula, shapes=shapes, notation=notation, convention="none").status == "ok"


WRONG = [
    ("latex", r"\dW = x \vd^T", {r"\dW": "n x k", r"\vd": "n x 1", "x": "k x 1"}),
    ("latex", r"w^* = (X^T X)^{-1} X y", {"w^*": "d x 1", "X": "n x d", "y": "n x 1"}),
    ("latex", r"C = \sum_{i=1}^n r_{ik} v_i^T v_i", {"C": "d x d", r"r_{ik}": "()", "v_i": "d x 1"}),
    ("plain", "dZ<1> = W<2> dZ<2>", {"dZ<1>": "p x m", "W<2>": "q x p", "dZ<2>": "q x m"}),
    ("plain", "r = rowsum(A)", {"A": "n x d", "r": "1 x d"}),
]


@pytest.mark.parametrize(("notation", "formula", "shapes"), WRONG, ids=[formula for _, formula, _ in WRONG])
def test_what_is_wrong_is_found(notation: str, formula: str, shapes: dict[str, str]) -> None:
    assert read(formula, shapes=shapes, notation=notation, convention="none").status == "error"
