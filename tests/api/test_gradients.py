"""Gradients from Python."""

from __future__ import annotations

import pytest

import shapecheck

PASS = "Z1 = W1 X + b1\nA1 = tanh(Z1)\nJ = 1/2 sum((A1 - Y)^2)\ndA1 = A1 - Y\n"


def test_gradients_are_judged() -> None:
    right = shapecheck.verify(PASS + "dZ1 = dA1 * (1 - A1^2)\n")
    assert right.diagnostics == []
    assert [formula.status for formula in right.formulas] == ["ok"] * 5
    (found,) = shapecheck.verify(PASS + "dZ1 = 2 dA1 * (1 - A1^2)\n").diagnostics
    assert (found.code, found.fixes[0].formula) == ("SC302", "dZ1 = dA1 * (1 - A1^2)")


def test_the_seed_draws_the_arrays() -> None:
    notes = {str(shapecheck.verify("dZ1 = W2.T dZ2", seed=seed).diagnostics[0].notes) for seed in (1, 2)}
    assert len(notes) == 2


def test_wrong_arguments_raise() -> None:
    with pytest.raises(TypeError):
        shapecheck.verify(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown convention"):
        shapecheck.verify("dZ1 = W2.T dZ2", convention="mine")


def test_gradients_are_derived() -> None:
    assert shapecheck.derive(PASS, wrt=["W1"]) == ["dZ1 = (A1 - Y) * (1 - A1^2)", "dW1 = dZ1 X.T"]
    assert shapecheck.derive(PASS, wrt=["W1"], form="latex")[-1] == "dW_{1} = dZ_{1} X^T"


@pytest.mark.parametrize("text", ["", "W1: 3 x 4", "p = argmax(Z)\n"])
def test_nothing_to_derive(text: str) -> None:
    with pytest.raises(ValueError, match="<formula>"):
        shapecheck.derive(text)


def test_a_name_that_no_variable_has() -> None:
    with pytest.raises(ValueError, match="the forward pass has no variable V"):
        shapecheck.derive(PASS, wrt=["V"])
    with pytest.raises(ValueError, match="unknown form 'word'"):
        shapecheck.derive(PASS, form="word")
