"""Comments that silence what is found stand where they hold, in every kind of file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shapecheck.check import check_cells
from shapecheck.diagnostic import Report
from shapecheck.files import Fixed, silence
from shapecheck.settings import Settings
from shapecheck.text import Source


def check(source: Source) -> tuple[Report, ...]:
    return check_cells(source, Settings(convention="coursera"))


def silenced(text: str, path: str) -> Fixed:
    source = Source(text, path)
    found = silence(check(source), source, check)
    again = silence(check(found.source), found.source, check)
    assert (again.made, again.source.text) == (0, found.source.text)
    return found


CODE = "import numpy as np\nW = np.zeros((3, 4))\nx = np.zeros((4, 5))\ny = np.dot(x,\n           W)\n"
CASES = [
    ("a.formulas", "dW2 = dZ2 A1\r\nx = 1\r\n", "dW2 = dZ2 A1  # shapecheck: ignore[SC201]\r\nx = 1\r\n"),
    ("a.formulas", "db1 = (dZ1 +\n  dZ1)  # two", "db1 = (dZ1 +\n  dZ1)  # two  # shapecheck: ignore[SC204]"),
    ("a.md", "In $dW_2 = dZ_2 A_1$.", "In $dW_2 = dZ_2 A_1$. <!-- shapecheck: ignore[SC201] -->"),
    ("a.md", "$$\ndW_2 = dZ_2 A_1\n$$\n", "<!-- shapecheck: ignore[SC201] -->\n$$\ndW_2 = dZ_2 A_1\n$$\n"),
    ("a.md", "> $$dW_2 = dZ_2 A_1$$", "> $$dW_2 = dZ_2 A_1$$ <!-- shapecheck: ignore[SC201] -->"),
    (
        "a.tex",
        "\\begin{align}\ndZ_2 &= A_2 - Y \\\\\ndW_2 &= dZ_2 A_1\n\\end{align}\n",
        "\\begin{align}\ndZ_2 &= A_2 - Y \\\\\ndW_2 &= dZ_2 A_1 % shapecheck: ignore[SC201]\n\\end{align}\n",
    ),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES)
def test_a_comment_stands_where_it_holds(path: str, text: str, expected: str) -> None:
    found = silenced(text, path)
    assert (found.source.text, found.made) == (expected, 1)
    assert not any(report.diagnostics for report in found.reports)
    assert [len(report.formulas) for report in found.reports] == [
        len(report.formulas) for report in check(Source(text, path))
    ]


def test_code_of_several_lines() -> None:
    found = silenced(CODE, "a.py")
    assert found.made == 1
    assert found.source.text.count("# shapecheck: ignore[SC201]") == 1
    compile(found.source.text, "a.py", "exec")


def test_a_notebook_stays_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# σ\n", "$dW_2 = dZ_2 A_1$ and\n", "more"]},
        {"cell_type": "markdown", "metadata": {}, "source": "$$dW_2 = dZ_2 A_1$$"},
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    found = silenced(text, "a.ipynb")
    assert found.made == 2
    after = json.loads(found.source.text)["cells"]
    assert "".join(after[0]["source"]).splitlines()[1] == "$dW_2 = dZ_2 A_1$ and <!-- shapecheck: ignore[SC201] -->"


WRONG_CODE = "W1 = np.zeros((3, 4))\nX = np.zeros((4, 5))\nZ1 = np.dot(X, W1)\n"


def test_text_and_code_of_a_notebook_are_silenced_in_one_run() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["$dW_2 = dZ_2 A_1$\n"]},
        {"cell_type": "code", "metadata": {}, "source": WRONG_CODE.splitlines(keepends=True)},
        {"cell_type": "markdown", "metadata": {}, "source": ["$$\n", "dW_2 = dZ_2 A_1\n", "$$\n"]},
    ]
    found = silenced(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "a.ipynb")
    assert [each.code for report in found.reports for each in report.diagnostics] == []
    assert found.made == 3


def test_text_and_code_of_a_page_are_silenced_in_one_run() -> None:
    found = silenced(f"In $dW_2 = dZ_2 A_1$.\n\n```python\n{WRONG_CODE}```\n", "a.md")
    assert [each.code for report in found.reports for each in report.diagnostics] == []
    assert found.source.text.count("<!-- shapecheck: ignore") == found.source.text.count("# shapecheck: ignore") == 1


ROWS = ("dZ_2 &= A_2 - Y \\\\", "dW_2 &= dZ_2 A_1 \\\\", "dW_1 &= dZ_1 X")


FENCES = [("$$", "$$"), ("```math", "```"), ("\\[", "\\]")]
PLACES = [(margin, fence) for margin in ("", "> ") for fence in FENCES] + [("    ", FENCES[0]), ("    ", FENCES[2])]


@pytest.mark.parametrize(("margin", "fence"), PLACES)
def test_a_row_of_a_display_has_a_comment_of_tex(margin: str, fence: tuple[str, str]) -> None:
    def text(*rows: str) -> str:
        lines = (fence[0], "\\begin{aligned}", *rows, "\\end{aligned}", fence[1])
        return "".join(f"{margin}{line}\n" for line in lines)

    found = silenced(text(*ROWS), "a.md")
    comment = " % shapecheck: ignore[SC201]"
    assert found.source.text == text(ROWS[0], ROWS[1] + comment, ROWS[2] + comment)
    assert [each.code for report in found.reports for each in report.diagnostics] == []


def test_what_no_comment_can_silence_is_left_as_it_is() -> None:
    text = "$$\\begin{aligned}dZ_2 &= A_2 - Y \\\\ dW_2 &= dZ_2 A_1 \\\\ dW_1 &= dZ_1 X\\end{aligned}$$\n"
    found = silenced(text, "a.md")
    assert found.made < 2
    assert "SC201" in [each.code for report in found.reports for each in report.diagnostics]


def test_comments_of_ours_are_not_silenced() -> None:
    text = "dZ1 = W2.T dZ2  # expect: SC201\n"
    assert silenced(text, "a.formulas").source.text == text


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "notes.formulas"
    path.write_bytes(b"\xef\xbb\xbfdW2 = dZ2 A1\r\ndb1 = dZ1")
    command = [sys.executable, "-m", "shapecheck", "check", "--add-ignore", "notes.formulas"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "silenced 2 findings\n")
    assert done.stdout == "checked 2 formulas: all right\n"
    expected = b"\xef\xbb\xbfdW2 = dZ2 A1  # shapecheck: ignore[SC201]\r\ndb1 = dZ1  # shapecheck: ignore[SC204]"
    assert path.read_bytes() == expected
