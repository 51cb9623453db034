"""`shapecheck shapes` and `shapecheck explain` as they are called."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from shapecheck.cli import main

RIGHT, WRONG = "dZ1 = W2.T dZ2 * g1'(Z1)", "dZ1 = dZ2 W2.T * g1'(Z1)"


class Outcome(NamedTuple):
    """What a call said, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    monkeypatch.setenv("COLUMNS", "100")

    def call(*words: str) -> Outcome:
        status = main(words)
        return Outcome(status, *capsys.readouterr())

    return call


Run = Callable[..., Outcome]


def test_shapes_of_a_formula(run: Run) -> None:
    assert run("shapes", "W x", "-s", "W: 3 x 4", "-s", "x: 4") == (
        0,
        "symbol  shape  from\nW       3×4    option -s\nx       4×1    option -s\n",
        "",
    )
    assert run("shapes", "db1", "=", "dZ1").out.splitlines()[1].split() == ["db1", "n1×1", "gradient", "of", "b1"]
    assert "m×n1" in run("shapes", "--convention", "batch-first", "Z1 = X W1").out


def test_shapes_of_files(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.formulas", tmp_path / "b.formulas"
    first.write_text("@include b.formulas\nQ = W W.T\n", encoding="utf-8")
    second.write_text("W: 3 x 4\n", encoding="utf-8")
    assert "W       3×4    from the included file" in run("shapes", str(first)).out
    both = run("shapes", str(first), str(second)).out
    assert f"{first}\nsymbol" in both
    assert f"\n\n{second}\nsymbol" in both


def test_shapes_as_json(run: Run) -> None:
    found = json.loads(run("shapes", "--format", "json", "db1 = dZ1").out)
    assert [row["symbol"] for row in found["symbols"]] == ["db1", "dZ1", "n1", "m"]


def test_shapes_in_colour(run: Run) -> None:
    assert "\x1b[" in run("shapes", "--color", "always", RIGHT).out
    assert "dZ[l]" in run("shapes", "--color", "always", "dZ[l] = A[l]").out
    assert "\x1b[" not in run("shapes", RIGHT).out


def test_explain_says_all_forms(run: Run) -> None:
    status, out, err = run("explain", RIGHT)
    assert (status, err) == (0, "")
    assert "matrix product" in out
    assert "in indices  dZ1[i,j] = Σ_k W2[k,i] dZ2[k,j] g1'(Z1[i,j])\n            i = 1..n1" in out
    assert "in sympy    Eq(dZ1, " in out
    assert r"in LaTeX    dZ_{1} = W_{2}^T dZ_{2} \odot g_{1}'(Z_{1})" in out
    assert "in numpy    dZ1 = W2.T @ dZ2 * g1_prime(Z1)" in out
    assert "note        shapes from the coursera convention (columns are examples)" in out


def test_explain_a_wrong_formula(run: Run) -> None:
    status, out, _ = run("explain", WRONG)
    assert status == 1
    assert "do not fit" in out
    assert "error[SC201]" in out
    assert "in indices" not in out


def test_explain_in_colour(run: Run) -> None:
    assert "\x1b[" in run("explain", "--color", "always", WRONG).out


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("index", "Z1[i,j] = Σ_k W1[i,k] X[k,j]\n"),
        ("sympy", "Eq(Z1, W1*X)\n"),
        ("latex", "Z_{1} = W_{1} X\n"),
        ("plain", "Z1 = W1 X\n"),
        ("matlab", "Z1 = W1 * X\n"),
        ("python", "Z1 = W1 @ X\n"),
    ],
)
def test_one_form_alone(run: Run, form: str, expected: str) -> None:
    assert run("explain", "--as", form, "Z1 = W1 X") == (0, expected, "")


def test_what_cannot_be_said(run: Run) -> None:
    assert run("explain", "--as", "index", "q = f(u)") == (
        2,
        "",
        "shapecheck: q = f(u) has no index form: the shape of q is not known\n",
    )
    assert run("explain", "--as", "sympy", "∂Z1/∂W1").status == 2
    assert run("explain", "--as", "python", "∂Z1/∂W1").err.endswith(
        "with respect to an array cannot be written in numpy\n"
    )
    assert "in numpy    not available: the derivative" in run("explain", "∂Z1/∂W1").out
    assert run("explain", "--as", "braille", RIGHT).status == 2
    assert run("explain", "W: 3 x 4").status == 2
    assert run("explain").status == run("shapes").status == 2


def test_a_formula_that_cannot_be_read(run: Run) -> None:
    status, out, _ = run("explain", "dW = (A B")
    assert status == 1
    assert "error[SC102]" in out


def test_a_tensor(run: Run) -> None:
    out = run("explain", "-s", "W1: 4 x 3", "-s", "Z1: 4 x 5", "∂Z1/∂W1").out
    assert "a tensor of rank 4, 4×5×4×3" in out
    assert "240 entries" in out
    assert "\n\nin numbers  Z = W X with 2×2 matrices" in out
    assert "= ∂L/∂Z X.T   not  ∂L/∂Z X = " in out


def test_a_chain_with_a_tensor(run: Run) -> None:
    status, out, _ = run("explain", "dW1 = dL/dA1 * dA1/dZ1 * dZ1/dW1")
    assert status == 1
    assert "has 16 derivatives" in out
    assert out.index("in numbers") < out.index("error[SC212]")


def test_several_statements(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("Z1 = W1 X\nA1 = g(Z1)\n", encoding="utf-8")
    assert run("explain", "--as", "index", str(path)).out.splitlines() == [
        "Z1[i,j] = Σ_k W1[i,k] X[k,j]",
        "A1[i,j] = g(Z1[i,j])",
    ]


@pytest.mark.parametrize(
    ("power", "expected"),
    [
        ("2^1000000000", "2**1000000000"),
        ("2^(3^(4^(5^6)))", "2**(3**(4**15625))"),
        ("2^64", "18446744073709551616"),
    ],
)
def test_a_high_power_is_not_written_out(run: Run, power: str, expected: str) -> None:
    assert run("explain", "--as", "sympy", f"A = {power}") == (0, f"Eq(A, {expected})\n", "")
