"""Notes in plain text: lines in the signs of mathematics are equations, as are those that speak of the same names."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

RIDGE = """X is the n×d matrix with an observation in each row, y ∈ ℝⁿ the responses.

    w = (XᵀX + λI)⁻¹Xᵀy

    K = X Xᵀ

Then α ∈ ℝⁿ is

    α = (K + λI)⁻¹ y
"""
ATTENTION = """`X` is (n, d), `Wq`, `Wk` are (d, h), `Wv` is (d, v).

    Q = X Wq
    K = X Wk
    V = X Wv
    S = Q Kᵀ / √h
    A = softmax(S)
    O = A V

Backward, where a bar over a letter means the gradient of the loss:

    V̄ = Aᵀ Ō
    Ā = Ō Vᵀ
    W̄v = Xᵀ V̄
"""
GATES = """Inputs x_t ∈ ℝ^d, states h_t ∈ ℝ^n. W, V ∈ ℝ^{n×d} and U ∈ ℝ^{n×n}.

z_t = σ(W x_t + U h_{t-1})
h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ tanh(V x_t)

∂L/∂W = δz x_tᵀ
"""


def statuses(text: str) -> dict[str, str]:
    """What is said of each formula of a note."""
    return {
        text[each.span.start : each.span.end]: each.status for each in check(Source(text, "n.md"), Settings()).formulas
    }


@pytest.mark.parametrize(
    ("text", "count"), [(RIDGE, 3), (ATTENTION, 9), (GATES, 3)], ids=["ridge", "attention", "gates"]
)
def test_lines_in_the_signs_of_mathematics_are_equations(text: str, count: int) -> None:
    found = statuses(text)
    assert (len(found), set(found.values())) == (count, {"ok"})


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (RIDGE, "w = (XᵀX + λI)⁻¹Xᵀy", "w = (XᵀX + λI)⁻¹X y"),
        (ATTENTION, "Ā = Ō Vᵀ", "Ā = Vᵀ Ō"),
        (ATTENTION, "Q = X Wq", "Q = Wq X"),
        (GATES, "∂L/∂W = δz x_tᵀ", "∂L/∂W = x_t δzᵀ"),
    ],
)
def test_mistakes_in_them_are_found(text: str, right: str, wrong: str) -> None:
    assert statuses(text.replace(right, wrong))[wrong] == "error"


NONE_OF_THEM = {
    "prose": "The total is the sum = all of it, as everybody knows.",
    "a program": "    total = sum(values) / count\n    name = first + last",
    "a setting": "    max_iter = 100 - 1\n    rate = α * 2",
    "a listing": "    a = b + c\n    d = e - f",
}


@pytest.mark.parametrize("text", NONE_OF_THEM.values(), ids=NONE_OF_THEM)
def test_what_else_stands_on_a_line_is_none(text: str) -> None:
    assert statuses(text) == {}
