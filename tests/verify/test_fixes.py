"""A formula that is wrong is corrected, in the spelling of its author, and what is offered is right itself."""

from __future__ import annotations

import pytest

from shapecheck import verify

UPDATE = ("z, q, h: n", "y = (1 - z) ⊙ h + z ⊙ q")
RECURRENT = ("s: n x m", "x: d x m", "U: n x n", "V: n x d", "b: n", "a = U s + V x + b", "h = tanh(a)")
CELL = ("c, f, i, g, o: n", "s = f * c + i * g", "y = o * tanh(s)")
LAYERS = ("W1: h x d", "W2: k x h", "x: d", "z1 = W1 x", "a1 = σ(z1)", "z2 = W2 a1")
LOSS = ("W: k x n", "x: n", "t: k", "z = W x", "y = tanh(z)", "L = 1/2 ||y - t||^2")
MEAN = ("X: n x d", "V: d x c", "Y: n x c", "S = X V", "J = 1/(n c) sum((S - Y)^2)")

CORRECTED = [
    ((*UPDATE, "∂L/∂h = ∂L/∂y ⊙ z"), "∂L/∂h = ∂L/∂y ⊙ (1 - z)"),
    ((*UPDATE, "dh = dy ⊙ z"), "dh = dy ⊙ (1 - z)"),
    ((*UPDATE, "∇_h L = ∇_y L ⊙ z"), "∇_h L = ∇_y L ⊙ (1 - z)"),
    (
        (*UPDATE, r"\frac{\partial L}{\partial h} = z \odot \frac{\partial L}{\partial y}"),
        r"\frac{\partial L}{\partial h} = \frac{\partial L}{\partial y} \odot (1 - z)",
    ),
    ((*UPDATE, "s = y ⊙ q", "∂L/∂q = ∂L/∂s ⊙ y"), "∂L/∂q = ∂L/∂s ⊙ y + ∂L/∂s ⊙ q ⊙ z"),
    ((*RECURRENT, "∂L/∂s = U (∂L/∂h ⊙ (1 - h²))"), "∂L/∂s = Uᵀ (∂L/∂h ⊙ (1 - h²))"),
    ((*CELL, "∂L/∂o = ∂L/∂y * tanh(c)"), "∂L/∂o = ∂L/∂y * tanh(s)"),
    ((*LAYERS, "∂L/∂W1 = W2ᵀ ∂L/∂z2 xᵀ"), "∂L/∂W1 = (W2ᵀ ∂L/∂z2 * a1 * (1 - a1)) xᵀ"),
    ((*LOSS, "∂L/∂W = ∂L/∂y x^T"), "∂L/∂W = (∂L/∂y * (1 - y^2)) x^T"),
    (("x: n", "y = σ(x)", "∂y/∂x = diag(y ⊙ (1 + y))"), "∂y/∂x = diag(y ⊙ (1 - y))"),
    (("X, A: n x n", "f = tr(A X) - log(det(X))", "∇_X f = A - X^{-T}"), "∇_X f = A^{T} - X^{-T}"),
    (("A: n x m", "x: n", "y = x^T A", "∂y/∂x = -A"), "∂y/∂x = A"),
    ((*MEAN, "dV = 2/n X^T (S - Y)"), "dV = 2/(n c) X^T (S - Y)"),
]


@pytest.mark.parametrize(("lines", "corrected"), CORRECTED)
def test_the_correction_is_in_the_spelling_of_the_author(lines: tuple[str, ...], corrected: str) -> None:
    (found,) = verify("\n".join(lines)).diagnostics
    assert [fix.formula for fix in found.fixes] == [corrected]
    assert verify("\n".join((*lines[:-1], corrected))).formulas[-1].verdict == "right"


@pytest.mark.parametrize(
    ("lines", "corrected"),
    [
        (("X: n x k", "J = tr(XᵀX)", "∂J/∂X = 2 X X"), "∂J/∂X = 2 * X"),
        (("X, Y: n x k", "J = sum(X ⊙ Y)", "∂J/∂X = X Y"), "∂J/∂X = Y"),
    ],
)
def test_of_a_wrong_gradient_no_fix_is_offered_that_leaves_it_wrong(lines: tuple[str, ...], corrected: str) -> None:
    (found,) = verify("\n".join(lines)).diagnostics
    assert (found.code, [fix.formula for fix in found.fixes]) == ("SC301", [corrected])


@pytest.mark.parametrize("gradient", ["dV = 2/(n c) X^T (S - Y)", "dV = 2/c X^T (S - Y)"])
def test_only_the_number_of_examples_may_be_left_out(gradient: str) -> None:
    assert verify("\n".join((*MEAN, gradient))).formulas[-1].verdict == "right"


def test_numbers_are_multiplied_by_stars_where_arrays_are_by_at() -> None:
    lines = ("X: N x D", "V: D x C", "Y: N x C", "S = X @ V", "J = np.mean((S - Y)**2)", "dV = 2 * X.T @ (S - Y) / N")
    (found,) = verify("\n".join(lines)).diagnostics
    assert found.fixes
    assert not any("C @" in fix.formula or "N @" in fix.formula for fix in found.fixes)
