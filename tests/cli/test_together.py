"""Options that meet each other, on files and on standard input, with the chain behind them."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

TEXT = "dW2 = dZ2 A1\ndb1 = dZ1\n"
FIXED = "dW2 = dZ2 A1.T\n"
SILENT = "dW2 = dZ2 A1  # shapecheck: ignore[SC201]\n"
NOTEBOOK = {
    "cells": [{"cell_type": "markdown", "metadata": {}, "source": ["$$dW_2 = dZ_2 A_1$$\n", "σ"]}] * 2,
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def run(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "shapecheck", "check", "--no-cache", *words]
    return subprocess.run(command, cwd=folder, input=given, capture_output=True, timeout=60)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_diff_changes_nothing(tmp_path: Path, count: int) -> None:
    path = tmp_path / "a.formulas"
    path.write_text(TEXT)
    for options in combinations(["--fix", "--add-ignore", "--statistics", "--exit-zero", "--unsafe-fixes"], count):
        done = run(tmp_path, "--diff", *options, "a.formulas")
        assert (path.read_text(), done.returncode) == (TEXT, 0 if "--exit-zero" in options else 1)
        assert done.stdout.startswith(b"--- a.formulas\n+++ a.formulas\n")
        assert (b"+dW2 = dZ2 A1  # shape" in done.stdout) == (
            "--add-ignore" in options and not {"--fix", "--unsafe-fixes"} & set(options)
        )


def test_what_no_fix_mends_is_silenced(tmp_path: Path) -> None:
    (tmp_path / "a.formulas").write_text("dW2 = dZ2 A1\nA, B: n x m\nC = A B\n")
    done = run(tmp_path, "--fix", "--add-ignore", "a.formulas")
    assert done.stderr == b"fixed 1 finding\nsilenced 1 finding\n"
    assert (tmp_path / "a.formulas").read_text() == (f"{FIXED}A, B: n x m\nC = A B  # shapecheck: ignore[SC403]\n")


@pytest.mark.parametrize(("options", "expected"), [(["--fix"], FIXED), (["--add-ignore"], SILENT)])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_keeps_its_encoding(tmp_path: Path, options: list[str], expected: str, encoding: str) -> None:
    done = run(tmp_path, *options, "-", given=f"# σ\r\n{FIXED}dW2 = dZ2 A1\r\n".encode(encoding))
    assert done.stdout == f"# σ\r\n{FIXED}{expected.rstrip()}\r\n".encode(encoding)
    assert done.stderr.endswith(b"checked 2 formulas: all right\n")


@pytest.mark.parametrize("option", ["--fix", "--add-ignore"])
def test_a_notebook_from_standard_input_stays_one(tmp_path: Path, option: str) -> None:
    given = json.dumps(NOTEBOOK).encode()
    done = run(tmp_path, option, "--convention", "coursera", "--stdin-filename", "x.ipynb", given=given)
    after = json.loads(done.stdout)
    assert done.returncode == 0
    assert after | {"cells": []} == NOTEBOOK | {"cells": []}
    assert all(cell["source"][0] != "$$dW_2 = dZ_2 A_1$$\n" for cell in after["cells"])


def test_what_cannot_be_read_comes_back_as_it_is(tmp_path: Path) -> None:
    done = run(tmp_path, "--fix", "--stdin-filename", "x.md", "-", given=b"\xff\0")
    assert (done.returncode, done.stdout) == (1, b"\xff\0")


def test_standard_input_and_a_file_have_two_names(tmp_path: Path) -> None:
    (tmp_path / "a.formulas").write_text(TEXT)
    done = run(tmp_path, "--fix", "--stdin-filename", "./a.formulas", "a.formulas", "-", given=b"db2 = dZ2\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert (tmp_path / "a.formulas").read_text() == TEXT


def test_an_excluded_name_of_standard_input(tmp_path: Path) -> None:
    words = ["--force-exclude", "--exclude", "old/", "--stdin-filename", "old/x.formulas"]
    assert run(tmp_path, *words, given=TEXT.encode()).returncode == 0
    assert run(tmp_path, *words, "--fix", given=TEXT.encode()).stdout.decode() == TEXT
    assert run(tmp_path, *words[1:], given=TEXT.encode()).returncode == 1


def test_an_excluded_folder_is_checked_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "a.formulas").write_text(TEXT)
    assert run(tmp_path, ".").stdout == b"checked 0 formulas: nothing to check\n"
    assert run(tmp_path, "build").returncode == 1
    assert run(tmp_path, "--force-exclude", "build").returncode == 0
    assert run(tmp_path, "--exclude", "*", ".").returncode == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--report", "json:no/such/x"], "cannot write no/such/x: there is no folder no/such"),
        (["--report", "json:x", "--report", "sarif:./x"], "cannot write ./x: another report is written to it"),
        (["--report", "json:x", "-o", "x"], "cannot write x: another report is written to it"),
        (["--report", "json:-"], "cannot write -: --report takes a file; --format writes to standard output"),
        (["-o", "a.formulas"], "cannot write a.formulas: it is one of the files to check"),
        (["--report", "json:."], "cannot write .: it is a folder"),
    ],
)
def test_an_output_is_refused_before_anything_is_done(tmp_path: Path, words: list[str], why: str) -> None:
    (tmp_path / "a.formulas").write_text(TEXT)
    done = run(tmp_path, "--fix", *words, "a.formulas")
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", f"shapecheck: {why}\n")
    assert (tmp_path / "a.formulas").read_text() == TEXT
    assert [path.name for path in tmp_path.iterdir()] == ["a.formulas"]


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    assert run(tmp_path, "-o", "-", "-q", "--format", "concise", "-", given=b"A B C =").stdout.startswith(b"<stdin>:1")


@pytest.mark.skipif(sys.platform == "win32", reason="bash closes the streams")
@pytest.mark.parametrize(("closed", "status"), [(">&-", 1), ("2>&-", 1), (">&- 2>&-", 1), ("<&-", 1)])
def test_a_stream_may_be_closed(tmp_path: Path, closed: str, status: int) -> None:
    (tmp_path / "a.formulas").write_text(TEXT)
    call = f'"{sys.executable}" -m shapecheck check --no-cache a.formulas - {closed}'
    done = subprocess.run(["bash", "-c", call], cwd=tmp_path, input=b"", capture_output=True)
    assert (done.returncode, done.stderr) == (status, b"")


FORMATS = ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"]


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise there")
@pytest.mark.parametrize("format", FORMATS)
def test_nobody_need_read_to_the_end(tmp_path: Path, format: str) -> None:
    (tmp_path / "a.formulas").write_text(TEXT * 600)
    call = f'"{sys.executable}" -m shapecheck check --format {format} a.formulas | head -c 10'
    done = subprocess.run(["bash", "-c", call], cwd=tmp_path, capture_output=True, timeout=120)
    assert (len(done.stdout), done.stderr) == (10, b"")
