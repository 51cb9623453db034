"""Notes that derive by time, derive quadratic forms, put vectors on diagonals: nothing in them is declared."""

from __future__ import annotations

import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source

FLOW = r"Let $W \in \mathbb{R}^{n \times m}$, $V \in \mathbb{R}^{k \times n}$ and $S \in \mathbb{R}^{k \times m}$."
LAYER = (
    r"$a = W x + b$, $h = \tanh(a)$, $D = \operatorname{diag}(1 - h \circ h)$, $y = V h$. Backwards"
    r" $\bar h = V^T \bar y$, BACKWARD, $\bar W = \bar a x^T$, $\bar V = \bar y h^T$."
)
FEATURES = (
    r"$z = C w + b \mathbf{1}$ and $\delta = p - y$. So $\frac{\partial J}{\partial w} = C^T \delta$,"
    r" $\frac{\partial J}{\partial C} = \delta w^T$ and BACKWARD."
)
DEEP = r"$E = W^{2} W^{1} X - Y$ and $\ell = \frac12 \|E\|^2$. So $\nabla_{W^{2}} \ell = E X^T {W^{1}}^T$ and BACKWARD."
NOTES = {
    "a flow in time": (FLOW + r" $\tau \frac{d}{dt} W = BACKWARD$.", r"V^T (S - V W)", r"V (S - V W)"),
    "a quadratic form by a matrix": (
        r"Let $M \in \mathbb{R}^{n \times k}$ and $e = x - M z$. Then $BACKWARD$.",
        r"\frac{\partial}{\partial M} \frac12 e^T e = -e z^T",
        None,
    ),
    "a vector on the diagonal": (LAYER, r"$\bar a = D \bar h$", r"$\bar a = \bar h D$"),
    "a number before the ones": (
        FEATURES,
        r"$\frac{\partial J}{\partial b} = \mathbf{1}^T \delta$",
        None,
    ),
    "layers above": (
        DEEP,
        r"$\nabla_{W^{1}} \ell = {W^{2}}^T E X^T$",
        r"$\nabla_{W^{1}} \ell = {W^{2}} E X^T$",
    ),
    "a trace without a blank": (
        r"Let $X \in \mathbb{R}^{n \times m}$ and $G \in \mathbb{R}^{n \times m}$. Then $BACKWARD$.",
        r"df = \operatorname{tr}G^T dX",
        r"df = \operatorname{tr}G dX",
    ),
}


def checked(text: str, formula: str) -> Report:
    return check(Source(text.replace("BACKWARD", formula), "notes.md"), Settings())


@pytest.mark.parametrize("name", NOTES)
def test_what_is_right_is_understood(name: str) -> None:
    text, right, _ = NOTES[name]
    report = checked(text, right)
    assert {formula.status for formula in report.formulas} == {"ok"}
    assert not report.diagnostics


@pytest.mark.parametrize("name", [name for name, (_, _, wrong) in NOTES.items() if wrong])
def test_what_is_wrong_is_found_and_mended(name: str) -> None:
    text, right, wrong = NOTES[name]
    assert wrong is not None
    errors = [found for found in checked(text, wrong).diagnostics if found.severity == "error"]
    assert len(errors) == 1
    assert right.strip("$") in [fix.formula.rpartition(r"\frac{d}{dt} W = ")[2] for fix in errors[0].fixes]


def test_a_row_is_no_gradient_of_the_number_before_the_ones() -> None:
    report = checked(FEATURES, r"$\frac{\partial J}{\partial b} = \delta \mathbf{1}^T$")
    assert [formula.status for formula in report.formulas][-1] != "ok"
