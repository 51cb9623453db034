"""Sections: what is noted in passing holds in every layout that is tried, and messages tell what was known."""

from __future__ import annotations

from shapecheck.api import check_text
from shapecheck.check import check, open_sections
from shapecheck.settings import Settings
from shapecheck.text import Source

NOTES = r"Let $W \in \mathbb{R}^{n \times d}$ and $X \in \mathbb{R}^{d \times m}$. Then $Z = W X$." + "\n"


def test_what_is_noted_holds_in_every_layout() -> None:
    (section,) = open_sections(Source(NOTES, "notes.md"), Settings(), None)[0]
    assert section.notes
    assert section.transposed().notes is section.notes
    assert section.generalised().notes is section.notes
    assert section.alternative(section.convention).notes is section.notes


def test_an_open_dimension_is_named_as_it_was_understood() -> None:
    (found,) = check(Source("db = dZ")).diagnostics
    assert found.message == "db must have the shape of b, n[l]×1, but the right side is n[l]×m"


def test_the_last_layer_may_have_results_of_another_name() -> None:
    text = "Z1 = X W1 + b1\nS = g1(Z1) W2 + b2\nP = softmax(S)\ndS = P - Y\ndW2 = A1.T (P - Y)\n"
    report = check_text(text, convention="batch-first")
    assert [found.message for found in report.diagnostics] == []
    wrong = check_text("Z1 = X W1 + b1\nZ2 = A1 W2 + b2\ndW1 = X.T (A1 - Y)\n", convention="batch-first")
    assert [found.code for found in wrong.diagnostics] == ["SC202"]


def test_a_document_that_writes_theta_counts_from_the_layer_below() -> None:
    right = r"$$\delta^{(3)} = (\Theta^{(3)})^T \delta^{(4)} .* g'(z^{(3)})$$"
    wrong = r"$$\delta^{(2)} = \Theta^{(2)} \delta^{(3)} .* g'(z^{(2)})$$"
    report = check(Source(f"Backwards:\n\n{right}\n\n{wrong}\n", "notes.md"))
    assert [formula.status for formula in report.formulas] == ["ok", "error"]


def test_an_index_of_a_vector_may_count_examples() -> None:
    stated = r"Let $x \in \mathbb{R}^d$, $w \in \mathbb{R}^d$ and $y \in \mathbb{R}^n$."
    report = check(Source(stated + "\n\n" + r"$$L = \sum_{i=1}^n (y_i - w^T x_i)^2$$" + "\n", "notes.md"))
    assert [found.code for found in report.diagnostics] == []


def test_notes_sum_entries() -> None:
    stated = r"Let $x \in \mathbb{R}^d$, $W \in \mathbb{R}^{n \times d}$ and $y, b \in \mathbb{R}^n$."
    right, wrong = (r"$$y_i = \sum_{j=1}^d W_{" + low + r"} x_j + b_i$$" for low in ("ij", "ji"))
    report = check(Source(f"{stated}\n\n{right}\n\n{wrong}\n", "notes.md"))
    assert [formula.status for formula in report.formulas] == ["ok", "error"]
    assert report.diagnostics[0].fixes[0].formula == right.strip("$")


def test_a_covariance_is_no_loss() -> None:
    stated = r"Let $X \in \mathbb{R}^{d \times m}$ and $v \in \mathbb{R}^d$. The covariance is $C = \frac{1}{m} X X^T$."
    report = check(Source(stated + " It is applied as $u = C v$ and not as $w = X C$.\n", "notes.md"))
    assert [formula.status for formula in report.formulas] == ["ok", "ok", "error"]


def test_a_convention_that_returns_goes_on_with_its_table() -> None:
    parts = ("coursera\ndW1 = dZ1 X.T", "batch-first\ndW1 = X.T dZ1", "coursera\nU: n1 x m\ndW1 = U X.T")
    text = "".join(f"@convention {part}\n" for part in parts)
    first, other, again = open_sections(Source(text), Settings(), None)[0][-3:]
    assert first.table is again.table
    assert first.table is not other.table
    assert [formula.status for formula in check(Source(text)).formulas] == ["ok"] * 3
