"""What `verify` says of whole texts: readings, forward passes left out, what cannot be verified, pragmas."""

from __future__ import annotations

import json

import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import verify

FORWARD = "X, T: n x m\nW: n x n\nU = W X\nJ = 1/2 sum((U - T)^2)\n"


def verified(text: str, path: str = "notes.formulas", settings: Settings | None = None) -> Report:
    return verify(Source(text, path), settings)[0]


def codes(report: Report) -> list[str]:
    return [each.code for each in report.diagnostics]


RIGHT = [
    "dZ1 = W2.T dZ2 * g1'(Z1)",
    "dZ[l] = W[l+1].T dZ[l+1] * g[l]'(Z[l])",
    "dZ2 = A2 - Y",
    "dW[l] = 1/m dZ[l] A[l-1].T",
    "db2 = 1/m np.sum(dZ2, axis=1, keepdims=True)",
    "dZ1 = W2.T dZ2 * (1 - A1^2)",
    "dZ1 = W2.T dZ2 * (Z1 > 0)",
    "dw = 1/m X (A - Y).T",
    "dA_prev = W.T dZ",
    "dZ[L] = A[L] - Y",
    r"dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]T}",
]


@pytest.mark.parametrize("formula", RIGHT)
def test_a_formula_alone_is_verified_by_the_forward_pass_of_the_convention(formula: str) -> None:
    report = verified(formula, "<formula>")
    assert [(each.status, bool(each.gradient_of)) for each in report.formulas] == [("ok", True)]
    assert any("is written here; assuming" in note for note in report.notes)


def test_rows_as_examples_have_a_forward_pass_too() -> None:
    settings = Settings(convention="batch-first")
    report = verified("dW2 = 1/m A1.T dZ2\ndZ1 = dZ2 W2.T * g1'(Z1)", settings=settings)
    assert [bool(each.gradient_of) for each in report.formulas] == [True, True]


@pytest.mark.parametrize(
    ("formula", "code", "words"),
    [
        ("dZ1 = W2.T dZ2 * g1(Z1)", "SC301", "expected the derivative g1'(Z1), found the activation itself, g1(Z1)"),
        ("dZ1 = W2.T dZ2", "SC301", "the derivative of g1"),
        ("dZ2 = Y - A2", "SC302", "the sign is flipped"),
        ("dA1 = W2.T dZ2 * g1'(Z1)", "SC301", "extra factor"),
    ],
)
def test_a_mistake_alone_is_found(formula: str, code: str, words: str) -> None:
    (found,) = verified(formula, "<formula>").diagnostics
    assert found.code == code
    assert words in found.message


def test_a_formula_is_judged_by_right_inputs() -> None:
    report = verified(FORWARD + "dU = 2 (U - T)\ndW = dU X.T\ndX = W.T dU\n")
    assert [(each.code, report.source.place(each.span.start).line) for each in report.diagnostics] == [("SC302", 5)]


def test_the_habit_of_sums_and_means_is_said() -> None:
    text = "Z1 = W1 X + b1\nJ = 1/(2m) sum((Z1 - Y)^2)\ndZ1 = Z1 - Y\ndW1 = 1/m dZ1 X.T\n"
    report = verified(text)
    assert codes(report) == []
    assert [note for note in report.notes if note.startswith("assuming that")] == [
        "assuming that dZ, dA and similar are gradients of the sum over the m examples, dW and db of the mean"
    ]


def test_examples_are_counted_by_a_declared_number_too() -> None:
    text = "X: 3 x 64\nZ1 = W1 X\nJ = 1/(2*64) sum((Z1 - Y)^2)\ndZ1 = Z1 - Y\ndW1 = 1/64 dZ1 X.T\n"
    report = verified(f"W1: 5 x 3\nY: 5 x 64\n{text}")
    assert codes(report) == []
    assert any("the sum over the 64 examples" in note for note in report.notes)


@pytest.mark.parametrize("root", ["dZ1 = 1/m (Z1 - Y)\ndW1 = dZ1 X.T", "dZ1 = Z1 - Y\ndW1 = dZ1 X.T"])
def test_a_mean_or_a_sum_throughout_is_right(root: str) -> None:
    assert codes(verified(f"Z1 = W1 X + b1\nJ = 1/(2m) sum((Z1 - Y)^2)\n{root}\n")) == []


@pytest.mark.parametrize(
    "formula",
    ["dV = dU X.T", "dW = frobnicate(dU, X)", "dW = dU X.T + K"],
)
def test_what_cannot_be_verified_is_never_right(formula: str) -> None:
    report = verified(f"V, K: n x n\n{FORWARD}dU = U - T\n{formula}\n", settings=Settings(strict=False))
    last = report.formulas[-1]
    assert (last.status, last.gradient_of) == ("unknown", "")
    assert last.why


def test_without_a_loss_the_gradient_of_the_last_is_anything() -> None:
    report = verified("X, T: n x m\nW: n x n\nU = W X\ndU = U - T\ndW = dU X.T\n")
    assert [(each.status, each.gradient_of) for each in report.formulas][1:] == [("unknown", ""), ("ok", "W")]


def test_a_shape_error_stays_one() -> None:
    assert codes(verified(FORWARD + "dU = U - T\ndW = dU X\n")) == ["SC201"]


WRONG = FORWARD + "dU = U - T\ndW = 2 dU X.T  # expect: SC302\ndX = W dU  # expect: SC301\n"


def test_expected_findings_are_settled() -> None:
    assert codes(verified(WRONG)) == []
    assert codes(check(Source(WRONG, "notes.formulas"))) == []


def test_a_gradient_that_was_expected_to_be_wrong_is_told() -> None:
    text = FORWARD + "dU = U - T  # expect: SC301\n"
    assert codes(verified(text)) == ["SC003"]
    assert codes(check(Source(text, "notes.formulas"))) == []


@pytest.mark.parametrize("seed", range(5))
def test_any_seed_says_the_same(seed: int) -> None:
    settings = Settings(gradients=True, seed=seed)
    report = verified(WRONG.replace("# expect", "# not"), settings=settings)
    assert codes(report) == ["SC302", "SC301"]
    assert all(f"(seed {seed})" in " ".join(each.notes) for each in report.diagnostics)


def test_a_finding_in_a_notebook_stands_in_its_cell() -> None:
    stated = r"$W \in \mathbb{R}^{k \times n}$, $X \in \mathbb{R}^{n \times m}$, $D \in \mathbb{R}^{k \times m}$."
    texts = [stated + "\n\n$$Z = W X$$", r"$$J = \frac{1}{2} np.sum((Z - D)^2)$$", "$$dZ = D - Z$$"]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts]
    source = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    reports = verify(Source(source, "notes.ipynb"))
    found = [(report.source.cell, each.code) for report in reports for each in report.diagnostics]
    assert found == [(3, "SC302")]


def test_several_losses_are_told_apart_by_their_derivatives() -> None:
    text = "x: n x 1\nA: n x n\nf = xᵀ A x\ng = xᵀ x\n∂f/∂x = (A + Aᵀ) x\n∂g/∂x = 2 x\n∂f/∂A = x xᵀ\n"
    report = verified(text)
    assert [each.gradient_of for each in report.formulas[-3:]] == ["x", "x", "A"]


def test_data_used_in_two_chains_that_end_apart_are_judged_by_their_own() -> None:
    text = "X: n x m\nW: k x n\nV: p x n\nY = W X\nS = V X\ndX = W.T dY\ndX = V.T dS\ndV = dS X.T\n"
    assert codes(verified(text)) == []


def test_without_a_loss_what_speaks_of_no_gradient_is_open() -> None:
    report = verified("X, D: n x m\nW: n x n\nU = W X\nE = U - D\ndW = E X.T\n")
    assert [(each.status, each.gradient_of) for each in report.formulas][-1] == ("unknown", "")


CODE = """
import numpy as np


def step(X, W, Y):
    \"\"\"
    X -- data of shape (N, D)
    W -- weights of shape (D, C)
    Y -- targets of shape (N, C)
    \"\"\"
    N = X.shape[0]
    S = X @ W
    loss = 0.5 * np.sum((S - Y) ** 2) / N
"""


def verdicts(report: Report) -> dict[str, tuple[str, str]]:
    """What was said last of each name."""
    return {each.name or "": (each.status, each.gradient_of) for each in report.formulas}


def test_what_code_changes_in_place_is_judged_by_what_it_comes_to() -> None:
    report = verified(CODE + "    dS = S - Y\n    dS /= N\n    dW = X.T @ dS\n    return dW\n", "step.py")
    assert codes(report) == []
    assert verdicts(report)["dS"] == ("ok", "S")
    wrong = verified(CODE + "    dS = Y - S\n    dS /= N\n    dW = X.T @ dS\n    return dW\n", "step.py")
    assert codes(wrong) == ["SC302"]


def test_a_part_that_code_changes_is_not_followed() -> None:
    report = verified(CODE + "    dS = (S - Y) / N\n    dS[0] = 0\n    dW = X.T @ dS\n    return dW\n", "step.py")
    said = {each.name: each.why for each in report.formulas if each.status == "unknown"}
    assert "part of it is changed in place" in said["dS"]


def test_what_code_adds_up_is_judged_as_a_whole() -> None:
    right = "    dW = np.zeros_like(W)\n    dW += X.T @ S / N\n    dW += -X.T @ Y / N\n    return dW\n"
    assert codes(verified(CODE + right, "step.py")) == []
    assert codes(verified(CODE + right.replace("-X.T", "X.T"), "step.py")) == ["SC301"]


def test_a_general_derivative_is_that_of_the_forward_pass() -> None:
    text = "Z1 = W1 X + b1\nA1 = tanh(Z1)\nZ2 = W2 A1 + b2\ndZ1 = W2.T dZ2 * g1'(Z1)\n"
    assert [each.gradient_of for each in verified(text).formulas if each.name == "dZ1"] == ["Z1"]
