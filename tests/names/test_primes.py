"""Primes: of a name that is stated or defined with one they are a part, in the whole text."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

NOTES = r"""The matrix $W$ is $V \times N$, and $PRIMED$ is $N \times V$.
Here $e \in \mathbb{R}^V$ and $h \in \mathbb{R}^N$.

$$u = PRIMED^T h$$

$$\frac{\partial L}{\partial PRIMED} = GRADIENT$$
"""


def codes(text: str, path: str, **settings: str) -> list[str]:
    """The findings of a text."""
    return [found.code for found in check(Source(text, path), Settings(**settings)).diagnostics]  # type: ignore[arg-type]


@pytest.mark.parametrize("primed", ["W'", r"W^{\prime}", r"\mathbf{W}'"])
@pytest.mark.parametrize(("gradient", "found"), [("h e^T", []), ("e h^T", ["SC204"])])
def test_notes_state_a_name_with_a_prime(primed: str, gradient: str, found: list[str]) -> None:
    assert codes(NOTES.replace("PRIMED", primed).replace("GRADIENT", gradient), "notes.md") == found


def test_notes_define_a_name_with_a_prime() -> None:
    stated = r"Let $x \in \mathbb{R}^d$, $A \in \mathbb{R}^{n \times d}$ and $B \in \mathbb{R}^{k \times n}$." "\n\n"
    assert codes(stated + "$$x' = A x$$\n\n$$z = B x'$$\n", "notes.md") == []
    assert codes(stated + "$$x' = A x$$\n\n$$z = B x$$\n", "notes.md") == ["SC201"]


def test_a_prime_of_matlab_is_a_transpose() -> None:
    text = "A: n x d\nx: d x 1\nB: n x n\nx' = (A .* A)' * B\ny = A' * B\n"
    assert codes(text, "own.formulas", notation="matlab") == ["SC203"]


def test_what_is_derived_by_itself_is_no_name() -> None:
    stated = r"For one example, $\hat{y} \in \mathbb{R}$ and $z \in \mathbb{R}$." "\n\n"
    assert codes(stated + r"$$\hat{y}' = \hat{y} (1 - \hat{y})$$" + "\n", "notes.md") == []


@pytest.mark.parametrize("star", ["x^*", "x^{*}"])
@pytest.mark.parametrize("text", ["‖x - {}‖²", "|{} - x|^2", "(x - {})ᵀ(x - {})", "⟨x, {}⟩", "{}ᵀ A {}", "‖{}‖²"])
def test_a_small_name_with_a_star_is_one_name(text: str, star: str) -> None:
    formula = f"d = {text.replace('{}', star)}"
    report = check(Source(formula, "x.formulas"), Settings(shapes=("x, x^*: n", "A: n x n")))
    assert [found.status for found in report.formulas] == ["ok"]
    assert report.diagnostics == []
