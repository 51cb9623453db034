"""`shapecheck verify` and `check --gradients`: what they exit with, and which words belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.cli import main

FORWARD = "X, T: n x m\nW: n x n\nU = W X\nJ = 1/2 sum((U - T)^2)\n"
RIGHT = FORWARD + "dU = U - T\ndW = dU X.T\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.formulas"
    path.write_text(RIGHT, encoding="utf-8")
    return path


@pytest.mark.parametrize("call", [["verify"], ["check", "--gradients"]])
def test_right_gradients_exit_with_0(notes: Path, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, str(notes)]) == 0
    assert "all right" in capsys.readouterr().out


@pytest.mark.parametrize("call", [["verify"], ["check", "--gradients"]])
def test_a_wrong_gradient_exits_with_1(notes: Path, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    notes.write_text(RIGHT.replace("dU X.T", "2 dU X.T"), encoding="utf-8")
    assert main([*call, str(notes)]) == 1
    assert "error[SC302]" in capsys.readouterr().out
    assert main(["check", str(notes)]) == 0


def test_formulas_belong_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "Z = W X", "J = 1/2 sum((Z - Y)^2)", "dZ = Z - Y", "dW = dZ X.T"]) == 0
    assert "ok: dW is n1×n0, the gradient of W" in capsys.readouterr().out


def test_the_seed_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--seed", "7", "dZ1 = W2.T dZ2"]) == 1
    assert "(seed 7)" in capsys.readouterr().out


def test_there_is_something_to_verify() -> None:
    assert main(["verify"]) == 2
