"""`shapecheck shapes`, with the chain behind it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import Run


@pytest.fixture(autouse=True)
def real_check(fake_check: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "shapecheck.check")
    monkeypatch.delitem(sys.modules, "shapecheck.explain", raising=False)


def test_names_shapes_and_origins(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("X: n0 x m\nV: 3 x 4\nQ = V.T V\nA1 = g(Z1)\ndW1 = dZ1 X.T\nq = W1 foo(x)\n", encoding="utf-8")
    status, out, err = run("shapes", str(path), "-s", "W1: n1 x n0")
    assert (status, err) == (0, "")
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in out.splitlines()}
    assert rows["X"] == ["n0×m", "declared on line 1"]
    assert rows["V"] == ["3×4", "declared on line 2"]
    assert rows["Q"][0] == "4×4"
    assert rows["W1"] == ["n1×n0", "option -s"]
    assert rows["q"][0] == "?"
    assert rows["A1"][0] == "n1×m"


def test_what_contradicts_a_declaration_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("W1: 3 x 4\nZ1 = W1 X\n", encoding="utf-8")
    status, out, err = run("shapes", str(path), "-s", "W1: 5 x 6")
    assert (status, out.splitlines()[1].split()) == (1, ["W1", "5×6", "option", "-s"])
    assert "error[SC111]: W1 is 3×4 here, but 5×6 by -s" in err


def test_a_name_has_a_row_for_each_convention(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text("Z1 = W1 X\n@convention batch-first\nZ1 = X W1\nZ1 = g(Z1)\n", encoding="utf-8")
    rows = [line.split()[:2] for line in run("shapes", str(path)).out.splitlines()]
    assert [shape for name, shape in rows if name == "Z1"] == ["n1×m", "m×n1"]


def test_a_formula_in_several_words(run: Run) -> None:
    assert run("shapes", "Z1", "=", "W1", "X").out == run("shapes", "Z1 = W1 X").out


def test_an_unreadable_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_bytes(b"\xff")
    status, out, err = run("shapes", str(path))
    assert (status, out, err.count("\n")) == (2, "", 1)
