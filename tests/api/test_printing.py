"""Values from Python print well: one line each in the interpreter, the whole report where it is printed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import shapecheck

TEXT = "W: n1 x n0\nZ = W X\ndW2 = dZ2 A1\n"
WRONG = "dZ1 = dZ2 W2.T * g1'(Z1)"


def test_each_value_is_one_line() -> None:
    report = shapecheck.check_text(TEXT)
    values = {
        repr(shapecheck.read(WRONG)): 'Formula("dZ1 = dZ2 W2.T * g1\'(Z1)", error, n1×m)',
        repr(shapecheck.read("q = f(u)")): "Formula('q = f(u)', unknown)",
        repr(report): "Report('<formula>', 'checked 2 formulas: 1 error')",
        repr(report.formulas[1]): "FormulaResult('dW2 = dZ2 A1', error, n2×n1)",
        repr(report.diagnostics): "[Diagnostic('SC201', '<formula>:3:7',"
        " 'inner dimensions differ: dZ2 is n2×m, A1 is n1×m')]",
    }
    for said, expected in values.items():
        assert said == expected


def test_a_finding_says_where_it_stands_and_what() -> None:
    (found,) = shapecheck.check_text(f"# notes\n\n  {WRONG}").diagnostics
    assert (found.path, found.line, found.column, found.end_line, found.end_column) == ("<formula>", 3, 9, 3, 17)
    assert str(found).startswith("<formula>:3:9: error[SC201]: inner dimensions differ: dZ2 is n2×m, W2.T is n1×n2; ")
    (same,) = shapecheck.read(WRONG).diagnostics
    assert (same.line, same.column, same.message) == (1, 7, found.message)


def test_a_formula_of_a_text_says_where_it_stands() -> None:
    right, wrong, unknown = shapecheck.check_text("dZ1 = W2.T dZ2\n\n  dW2 = dZ2 A1\nq = f(u)").formulas
    assert [(each.line, each.column, each.text) for each in (right, wrong)] == [
        (1, 1, "dZ1 = W2.T dZ2"),
        (3, 3, "dW2 = dZ2 A1"),
    ]
    assert str(right) == "ok: dZ1 is n1×m  (coursera: columns are examples)"
    assert [str(wrong), str(unknown)] == ["error: dW2 = dZ2 A1", "not understood: q = f(u)"]


@pytest.mark.parametrize("text", ["dZ1 = W2.T dZ2", WRONG, "dW = (A B", "q = f(u)"])
def test_a_printed_report_is_what_the_command_prints(text: str) -> None:
    command = [sys.executable, "-m", "shapecheck", text]
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"}
    told = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    assert str(shapecheck.check_text(text)) == told.stdout.rstrip("\n")
    assert str(shapecheck.read(text).report) == told.stdout.rstrip("\n")


def test_the_reports_of_a_file_print_too(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("The gradient is $dW_2 = dZ_2 A_1$.\n")
    reports = shapecheck.check_file(path, convention="coursera")
    assert repr(reports) == f"Reports({str(path)!r}, 'checked 1 formula: 1 error')"
    assert str(reports).startswith("error[SC201]: inner dimensions differ")
    assert str(reports).endswith("\nchecked 1 formula: 1 error")
    assert pickle.loads(pickle.dumps(reports)).diagnostics[0].line == 1


def test_a_text_is_read_as_a_file_of_a_suffix() -> None:
    code = "def back(x, dout):\n    '''x: (N, D), dout: (N, M)'''\n    return x @ dout\n"
    notes = "The gradient is $dW_2 = dZ_2 A_1$, in code\n\n```formulas\nZ = W X\n```\n"
    assert [each.code for each in shapecheck.check_text(notes, suffix=".md", convention="coursera").diagnostics] == [
        "SC201"
    ]
    assert [each.text for each in shapecheck.check_text(code, suffix=".py").formulas] == ["x @ dout"]
    for suffix in (".tex", ".formulas", ".txt", ".rst", ".ipynb"):
        assert shapecheck.check_text("", suffix=suffix).source.path == f"<text>{suffix}"
    forward = "$$Z = W X$$\n\n$$J = \\frac{1}{2} \\|Z - Y\\|_F^2$$\n"
    assert shapecheck.derive(forward, suffix=".md", wrt=["W"], form="plain") == ["dZ = Z - Y", "dW = dZ X.T"]
    assert shapecheck.verify("$dZ_1 = W_2^T dZ_2$", suffix=".md", convention="coursera").formulas != []


def test_a_suffix_that_nothing_has() -> None:
    with pytest.raises(ValueError, match=r"unknown suffix '\.docx'; choose from \.formulas, "):
        shapecheck.check_text("A B", suffix=".docx")
    with pytest.raises(TypeError):
        shapecheck.check_text("A B", suffix=3)  # type: ignore[arg-type]


def test_a_path_may_be_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.formulas"
    path.write_text(WRONG)
    assert shapecheck.check_file(os.fsencode(path)).diagnostics == shapecheck.check_file(path).diagnostics
    with pytest.raises(TypeError):
        shapecheck.check_file(3)  # type: ignore[arg-type]
