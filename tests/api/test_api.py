"""What `import shapecheck` offers: formulas as values, reports, and clear errors for wrong arguments."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest

import shapecheck
from shapecheck.symbolic import NotAMatrix

RIGHT = "dZ1 = W2.T dZ2 * g1'(Z1)"
WRONG = "dZ1 = dZ2 W2.T * g1'(Z1)"


@pytest.mark.parametrize("name", ["", ".api._formula", ".api._texts"])
def test_the_examples_hold(name: str) -> None:
    result = doctest.testmod(import_module(f"shapecheck{name}"))
    assert result.attempted
    assert result.failed == 0


def test_a_right_formula() -> None:
    formula = shapecheck.read(RIGHT)
    assert (formula.text, formula.name, formula.shape, formula.status) == (RIGHT, "dZ1", ("n1", "m"), "ok")
    assert formula.diagnostics == []
    assert str(formula) == formula.to_string() == RIGHT


def test_a_wrong_formula_is_returned() -> None:
    formula = shapecheck.read(WRONG)
    assert formula.status == "error"
    assert [found.code for found in formula.diagnostics] == ["SC201"]
    assert formula.diagnostics[0].fixes[0].formula == RIGHT


def test_an_unknown_formula() -> None:
    formula = shapecheck.read("q = f(u)")
    assert (formula.status, formula.shape, formula.diagnostics) == ("unknown", None, [])


def test_two_columns_with_a_dot_alone_are_left_open() -> None:
    shapes = {"dz": "n x 1", "x": "p x 1"}
    assert shapecheck.read("dz · x", shapes=shapes).status == "unknown"
    assert shapecheck.read("dz x", shapes=shapes).status == "error"
    assert shapecheck.read("dw = dz · x", shapes={**shapes, "dw": "n x p"}).status == "error"


def test_a_text_that_cannot_be_read() -> None:
    formula = shapecheck.read("dW = (A B")
    assert formula.status == "error"
    assert [found.code for found in formula.diagnostics] == ["SC102"]


def test_a_scalar() -> None:
    assert shapecheck.read("2").shape == ()


@pytest.mark.parametrize(
    "shapes",
    [
        {"W": "3 x 4", "x": "4 x 1"},
        {"W": (3, 4), "x": (4, 1)},
        {"W": ("3", "4"), "x": ["4", "1"]},
        ["W: 3 x 4", "x: 4 x 1"],
        ("W: 3x4", "x: (4, 1)"),
    ],
)
def test_shapes_in_all_forms(shapes: Any) -> None:
    assert shapecheck.read("W x", shapes=shapes).shape == ("3", "1")


def test_the_shape_of_a_formula_declares_another() -> None:
    first = shapecheck.read("W1 X")
    assert first.shape is not None
    assert shapecheck.read("Q.T", shapes={"Q": first.shape}).shape == first.shape[::-1]
    assert shapecheck.read("u", shapes={"u": ("n",)}).shape == ("n",)
    assert shapecheck.read("2 u", shapes={"u": ()}).shape == ()


def test_convention_and_notation() -> None:
    assert shapecheck.read("Z1 = X W1 + b1", convention="batch-first").status == "ok"
    assert shapecheck.read("dZ1 = W2' * dZ2", notation="matlab").status == "ok"


def test_declarations_may_stand_above() -> None:
    assert shapecheck.read("W: 3 x 4\nx: 4\nW x").shape == ("3", "1")


@pytest.mark.parametrize(
    ("text", "options", "error", "words"),
    [
        (3, {}, TypeError, "a formula must be a str, not int"),
        ("", {}, ValueError, "no formula"),
        ("W: 3 x 4", {}, ValueError, "no formula"),
        ("Z1 = W1 X\nZ2 = W2 A1", {}, ValueError, "2 formulas"),
        (RIGHT, {"convention": "mine"}, ValueError, "unknown convention 'mine'; choose from coursera"),
        (RIGHT, {"convention": 1}, TypeError, "the convention must be a str"),
        (RIGHT, {"notation": "braille"}, ValueError, "unknown notation 'braille'"),
        (RIGHT, {"shapes": "W: 3 x 4"}, TypeError, "a mapping such as"),
        (RIGHT, {"shapes": 3}, TypeError, "a mapping such as"),
        (RIGHT, {"shapes": {"W": 3}}, TypeError, "a shape must be a str such as"),
        (RIGHT, {"shapes": [3]}, TypeError, "a declaration must be a str"),
        (RIGHT, {"shapes": {"W": "3 x"}}, ValueError, "cannot read the shape 'W: 3 x'"),
        (RIGHT, {"shapes": ["W"]}, ValueError, "cannot read the shape 'W'"),
    ],
)
def test_wrong_arguments_raise(text: Any, options: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as raised:
        shapecheck.read(text, **options)
    assert words in str(raised.value)


def test_sympy() -> None:
    import sympy

    equation = shapecheck.read("Z = W X", shapes=["W: n x k", "X: k x m", "Z: n x m"]).to_sympy()
    n, k, m = sympy.symbols("n k m", integer=True, positive=True)
    assert isinstance(equation, sympy.Eq)
    assert equation.rhs == sympy.MatrixSymbol("W", n, k) * sympy.MatrixSymbol("X", k, m)
    assert shapecheck.read("W1 X").to_sympy().shape == (sympy.Symbol("n1", integer=True, positive=True), m)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H = W1 X", "Eq(H, W1*X)"),
        ("J = sum(b1)", "Eq(J, Trace(1*b1))"),
        ("W1 -= lr dW1", "(-lr)*dW1 + W1"),
        ("W1 += dW1", "W1 + dW1"),
        ("∂L/∂W2 = ∂L/∂Z2 A1.T", "Eq(dW2, dZ2*A1.T)"),
        ("lr = 2 alpha", "Eq(lr, 2*alpha)"),
    ],
)
def test_sympy_as_text(text: str, expected: str) -> None:
    assert str(shapecheck.read(text).to_sympy()) == expected


@pytest.mark.parametrize("text", [WRONG, "dW = (A B", "q = f(u)"])
def test_no_sympy_of_what_is_wrong_or_unknown(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shapecheck.read(text).to_sympy()


def test_sympy_says_what_is_no_matrix() -> None:
    with pytest.raises(NotAMatrix):
        shapecheck.read("∂Z1/∂W1").to_sympy()


def test_formulas_and_reports_are_pickled() -> None:
    for text in (RIGHT, WRONG):
        formula = shapecheck.read(text, shapes={"W9": "n8 x n9"})
        again = pickle.loads(pickle.dumps(formula))
        assert again == formula
        assert again.diagnostics == formula.diagnostics
        assert again.report.source.text == text


def test_check_text() -> None:
    report = shapecheck.check_text(f"{RIGHT}\n{WRONG}")
    assert isinstance(report, shapecheck.Report)
    assert [formula.status for formula in report.formulas] == ["ok", "error"]


def test_all_that_is_offered_is_there() -> None:
    for name in set(shapecheck.__all__) - {"__version__"}:
        assert getattr(shapecheck, name).__doc__
        assert name in dir(shapecheck)
    with pytest.raises(AttributeError):
        shapecheck.nothing  # noqa: B018


def test_the_import_is_light() -> None:
    code = "import sys, shapecheck; print(*(name for name in sys.modules if name.startswith('shapecheck.')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
