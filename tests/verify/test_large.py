"""Large declared sizes: smaller ones are drawn, and the verdicts are those of the declared ones."""

from __future__ import annotations

import tracemalloc

import pytest

from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source
from shapecheck.verification import verify

SHAPES = ("W1: 3072 x 768", "X: 768 x 64", "W2: 50257 x 3072", "b1: 3072 x 1", "b2: 50257 x 1", "Y: 50257 x 64")
NETWORK = """
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1 + b2
A2 = softmax(Z2, axis=0)
J = -1/64 * sum(Y * log(A2))
dZ2 = 1/64 * (A2 - Y)
dW2 = dZ2 A1.T
dZ1 = W2.T dZ2 * (1 - A1^2)
dW1 = dZ1 X.T
db1 = sum(dZ1, axis=1, keepdims=True)
"""
SMALLER = "the arrays are large; evaluated with smaller sizes"


def verified(text: str, *shapes: str) -> Report:
    return verify(Source(text, "notes.formulas"), Settings(shapes=shapes))[0]


def found(report: Report) -> list[tuple[str, int]]:
    return [(each.code, report.source.place(each.span.start).line) for each in report.diagnostics]


def test_a_network_of_large_sizes_is_verified_in_little_memory() -> None:
    tracemalloc.start()
    report = verified(NETWORK, *SHAPES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found(report) == []
    assert [bool(each.gradient_of) for each in report.formulas][-5:] == [True] * 5
    assert SMALLER in report.notes
    assert peak < 50_000_000


@pytest.mark.parametrize(
    ("right", "wrong", "code", "words"),
    [
        ("dW2 = dZ2 A1.T", "dW2 = 1/64 * dZ2 A1.T", "SC302", "1/64 times"),
        ("dZ2 = 1/64 * (A2 - Y)", "dZ2 = 1/768 * (A2 - Y)", "SC302", "64/768"),
        ("dZ2 = 1/64 * (A2 - Y)", "dZ2 = 3072 (A2 - Y)", "SC302", "64 * 3072"),
        ("(1 - A1^2)", "(1 - A1)", "SC301", "expected 1 - A1^2"),
    ],
)
def test_what_is_wrong_is_said_in_the_declared_sizes(right: str, wrong: str, code: str, words: str) -> None:
    report = verified(NETWORK.replace(right, wrong), *SHAPES)
    assert [each for each, _ in found(report)] == [code]
    assert words in report.diagnostics[0].message


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("J = -1/64 * sum(Y * log(A2))", "J = -1/128 * sum(2 * Y * log(A2))"),
        ("J = -1/64 * sum(Y * log(A2))", "J = -768 * sum(Y * log(A2)) / (768 * 64)"),
        ("dZ2 = 1/64 * (A2 - Y)", "dZ2 = 12/768 * (A2 - Y)"),
    ],
)
def test_numbers_made_of_sizes_keep_their_meaning(said: str, given: str) -> None:
    assert found(verified(NETWORK.replace(said, given), *SHAPES)) == []


@pytest.mark.parametrize(
    "given", ["0.015625 * (A2 - Y)", "1/8 * (A2 - Y) / 8", "48/3072 * (A2 - Y)", "768/49152 * (A2 - Y)"]
)
def test_a_number_that_may_be_made_of_sizes_is_not_judged(given: str) -> None:
    report = verified(NETWORK.replace("1/64 * (A2 - Y)", given), *SHAPES)
    assert found(report) == []
    assert report.formulas[5].why == "smaller sizes are drawn, and a number in it may be made of the declared ones"


def test_sizes_that_are_products_and_sums_of_others_stay_so() -> None:
    shapes = ("X: 2048 x 1000", "H: 512 x 1000", "W: 4096 x 2560", "T: 4096 x 1000")
    text = "V = concat(X, H, axis=0)\nZ = W V\nJ = 1/2 sum((Z - T)^2)\ndZ = Z - T\ndW = dZ V.T\n"
    right = verified(text, *shapes)
    assert (found(right), SMALLER in right.notes) == ([], True)
    assert right.formulas[-1].gradient_of == "W"
    assert found(verified(text.replace("dW = dZ V.T", "dW = 2 dZ V.T"), *shapes)) == [("SC302", 5)]


@pytest.mark.parametrize("right", [True, False])
def test_shapes_in_comments_may_be_large(right: bool) -> None:
    text = f"""import numpy as np

def step(X, W, Y):
    # X: (4096, 1024), W: (1024, 2048), Y: (4096, 2048)
    Z = X @ W
    loss = np.mean((Z - Y) ** 2)
    dZ = 2 * (Z - Y) / (4096 * {2048 if right else 1024})
    dW = X.T @ dZ
    return loss, dW
"""
    report = verify(Source(text, "step.py"), Settings())[0]
    assert [code for code, _ in found(report)] == [] if right else ["SC302"]
    assert SMALLER in report.notes


def test_bearable_sizes_stay_as_declared() -> None:
    shapes = ("X: 100 x 64", "W: 200 x 100", "T: 200 x 64")
    report = verified("Z = W X\nJ = 1/2 sum((Z - T)^2)\ndZ = Z - T\ndW = dZ X.T\n", *shapes)
    assert (found(report), report.notes) == ([], ())


def test_too_many_axes_are_not_verified() -> None:
    report = verified("Z = X * W\nJ = sum(Z)\ndX = W\n", "X: 30 x 30 x 30 x 30 x 30", "W: 30 x 30 x 30 x 30 x 30")
    assert report.formulas[-1].why == "an array in it has more than 1,000,000 entries"


def test_a_factor_that_no_float_squares_is_judged() -> None:
    report = verified(NETWORK.replace("(1 - A1^2)", "(1 - A1^2) * 1e200"), *SHAPES)
    assert not any(code == "SC004" for code, _ in found(report))
    assert any(code.startswith("SC30") for code, _ in found(report))
