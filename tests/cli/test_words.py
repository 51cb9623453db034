"""Which words of a call belong together, and a first word that is nearly a command."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shapecheck.cli._dispatch import EXAMPLES
from shapecheck.cli._targets import grouped

from .conftest import Run

TOGETHER = [
    ["dZ", "=", "W.T", "dA"],
    ["dZ", "=", "W.T dA"],
    ["dZ =", "W.T dA"],
    ["W.T dZ", "+", "b"],
    ["W.T dZ", "+ b"],
    ["dZ1 = W2.T dZ2", "* g1'(Z1)"],
    ["dZ1 = W2.T dZ2", r"\odot g1'(Z1)"],
    ["W", "X"],
    ["dW=dZ", "@", "X.T"],
    ["W.T", "@dZ"],
    ["-A", "B"],
    ["A", "-", "B"],
    ["A B", "- C D"],
    ["np.dot(W,", "X)"],
    ["np.sum(dZ,", "axis=1)"],
    ["layer.weight", "=", "A"],
    ["f(x)", "=", "W x"],
    ["a", "=", "b", "=", "c"],
]
APART = [
    ["Z = W X", "J = 1/2 sum((Z - Y)^2)"],
    ["dW=dZ@X.T", "db=dZ"],
    ["W.T dZ", "dZ X.T"],
    ["W x", "b"],
    ["W: 3 x 4", "x: 4", "W x"],
    ["@loss J", "J = sum(A)"],
    ["- dZ1 = W2.T dZ2", "- dW1 = dZ1 X.T"],
    ["dW = dZ X.T", "db = np.sum(dZ, axis=1, keepdims=True)", "dX = W.T dZ"],
    ["shapes (3,4) and (5,3) not aligned", "Z1 = np.dot(X, W1)"],
    ["A B", "-"],
    ["notes.formulas", "more.md"],
]


@pytest.mark.parametrize("words", TOGETHER)
def test_these_words_are_one_formula(words: list[str]) -> None:
    assert grouped(words) == [" ".join(words)]


@pytest.mark.parametrize("words", APART)
def test_each_of_these_stands_for_itself(words: list[str]) -> None:
    assert grouped(words) == words


@pytest.mark.parametrize("first", [["check"], [], ["-q"]])
def test_quoted_formulas_are_lines_of_one_text(run: Run, first: list[str]) -> None:
    out = run(*first, "Z = A B", "dZ = dZ2 W2.T").out
    assert "--> <formula>:2:6\n" in out


def test_formulas_and_files_in_one_call(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.formulas").write_text("Z = dZ2 W2.T\n")
    out = run("Z = A B", "a.formulas", "dZ = dZ2 W2.T").out
    assert "--> a.formulas:1:5\n" in out
    assert "--> <formula>:1:6\n" in out
    assert out.endswith("checked 3 formulas: 2 errors\n")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["verfy", "notes"], "verify"),
        (["verfy"], "verify"),
        (["Verify", "x"], "verify"),
        (["-v", "verfy", "x"], "verify"),
        (["exlpain", "dZ = W X"], "explain"),
        (["explian"], "explain"),
        (["chek", "notes.md"], "check"),
        (["cehck", "."], "check"),
        (["rules"], "rule"),
        (["shape", "dZ = W X"], "shapes"),
        (["derived", "Z = W X"], "derive"),
        (["deri", "Z = W X"], "derive"),
        (["configure"], "config"),
        (["helpp"], "help"),
    ],
)
def test_a_word_that_is_nearly_a_command(run: Run, words: list[str], meant: str) -> None:
    status, out, err = run(*words)
    word = next(word for word in words if word[0] != "-")
    assert (status, out) == (2, "")
    assert err == f"shapecheck: {word}: no such command; did you mean {meant}?\n"


@pytest.mark.parametrize(
    "words",
    [["shape", "*", "2"], ["shape", "=", "W", "x"], ["relu", "x"], ["W"], ["W1"], ["checkW", "x"], ["sigmoid", "z"]],
)
def test_a_formula_is_no_command(run: Run, words: list[str]) -> None:
    assert run(*words).status == 0


def test_an_unknown_word_before_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.formulas").write_text("Z = A B\n")
    assert run("frobnicate", "a.formulas").err.startswith("shapecheck: frobnicate: no such command; choose from check,")
    assert run("a").status == 0
    (tmp_path / "network.formulas").write_text("Z = A B\n")
    assert run("network").err == "shapecheck: network: no such command; did you mean network.formulas?\n"


def test_every_command_is_shown_where_nothing_is_asked(run: Run) -> None:
    shown = {line.split()[1] for line in EXAMPLES.splitlines() if line.startswith("  shapecheck")}
    assert {"explain", "derive", "verify", "shapes"} <= shown
    assert run().out == EXAMPLES


def piped(text: bytes, *words: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "shapecheck", *words], input=text, cwd=folder, capture_output=True)


@pytest.mark.parametrize("words", [[], ["check"], ["-q"], ["explain"], ["shapes"], ["derive"], ["verify"]])
def test_what_is_piped_in_is_read_without_a_dash(tmp_path: Path, words: list[str]) -> None:
    told = piped(b"W1: n1 x n0\nZ1 = W1 X\n", *words, folder=tmp_path)
    assert told.stdout == piped(b"W1: n1 x n0\nZ1 = W1 X\n", *(words or ["check"]), "-", folder=tmp_path).stdout
    assert (told.returncode, told.stderr) == (0, b"") or words == ["derive"]


def test_a_file_as_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.formulas").write_text("dZ1 = dZ2 W2.T\n")
    with open(tmp_path / "a.formulas", "rb") as file:
        done = subprocess.run([sys.executable, "-m", "shapecheck", "-q"], stdin=file, cwd=tmp_path, capture_output=True)
    assert (done.returncode, b"--> <stdin>:1:7" in done.stdout) == (1, True)


def test_no_input_is_waited_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert run().out == EXAMPLES
        assert run("explain").status == 2
    monkeypatch.setattr(sys, "stdin", None)
    assert run().out == EXAMPLES
    monkeypatch.setattr(sys, "stdin", io.StringIO("Z = A B"))
    assert run("check").status == 2
