"""`shapecheck explain`, with the chain behind it."""

from __future__ import annotations

import sys

import pytest

from .conftest import Run


@pytest.fixture(autouse=True)
def real_check(fake_check: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "shapecheck.check")
    monkeypatch.delitem(sys.modules, "shapecheck.explain", raising=False)


def test_each_part_has_its_shape(run: Run) -> None:
    status, out, err = run("explain", "dZ1", "=", "W2.T dZ2")
    assert (status, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any(line.startswith("dZ1 = W2.T dZ2") and line.endswith("n1×m") for line in lines)
    assert any("W2.T dZ2" in line and "matrix product (n1×n2)(n2×m) = n1×m" in line for line in lines)


def test_a_wrong_formula_is_reported(run: Run) -> None:
    status, out, _ = run("explain", "dZ1 = dZ2 W2.T")
    assert status == 1
    assert "error[SC201]" in out
    assert "sympy:" not in out


def test_one_form_alone(run: Run) -> None:
    assert run("explain", "--as", "sympy", "dZ1 = W2.T dZ2").out == "Eq(dZ1, W2.T*dZ2)\n"
    assert run("explain", "--as", "latex", "dZ1 = W2.T dZ2").out == "dZ_{1} = W_{2}^T dZ_{2}\n"


def test_a_derivative_is_no_matrix(run: Run) -> None:
    out = " ".join(run("explain", "-s", "Z: 4 x 5", "-s", "W: 4 x 3", "∂Z/∂W").out.split())
    assert "in sympy not available: the derivative of an array with respect to an array is not a matrix" in out


def test_what_is_not_read_is_not_explained(run: Run) -> None:
    assert run("explain", "dZ1 = W2.T dZ2 **").out.startswith("error[SC101]")
    assert run("explain", "--as", "sympy", "a = foo(x)").status == 2
    assert run("explain", "--as", "prose", "A B").status == 2


def test_a_formula_is_needed(run: Run) -> None:
    assert run("explain").status == 2
