"""Streams of any encoding, colour, width, and a report that nobody reads to its end."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from shapecheck.cli._output import has_color, width_of, write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "n1×m σ \\ud800"), ("latin-1", "n1xm \\u03c3 \\ud800"), ("ascii", "n1xm \\u03c3 \\ud800")],
)
def test_what_a_stream_cannot_hold_is_escaped(encoding: str, expected: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    write("n1×m σ \ud800", stream)
    stream.seek(0)
    assert stream.read() == expected


def test_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert has_color("auto", Terminal())
    assert not has_color("auto", io.StringIO())
    assert has_color("always", io.StringIO())
    assert not has_color("never", Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not has_color("auto", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_color("auto", Terminal())
    assert has_color("always", Terminal())


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width_of(io.StringIO()) == 100
    monkeypatch.setenv("COLUMNS", "61")
    assert width_of(io.StringIO()) == 61
    for bad in ("0", "-3", "wide", ""):
        monkeypatch.setenv("COLUMNS", bad)
        assert width_of(io.StringIO()) == 100


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told otherwise there")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ([], 0),
        (["--help"], 0),
        (["--version"], 0),
        (["check", "-h"], 0),
        (["rule"], 0),
        (["rule", "SC201"], 0),
        (["help"], 0),
        (["help", "verify"], 0),
        (["config"], 0),
        (["dZ1 = W2.T dZ2"], 0),
        (["dZ1 = dZ2 W2.T"], 1),
        (["check", "--format", "json", "dZ1 = dZ2 W2.T"], 1),
        (["explain", "dZ1 = W2.T dZ2"], 0),
        (["explain", "dZ1 = dZ2 W2.T"], 1),
        (["shapes", "dZ1 = W2.T dZ2"], 0),
        (["derive", "-s", "W: n x k", "-s", "X: k x m", "Z = W X"], 0),
        (["verify", "dZ1 = W2.T dZ2"], 1),
        (["nonsense", "--nope"], 2),
    ],
)
def test_a_closed_pipe_is_silent_and_changes_no_status(words: list[str], status: int) -> None:
    read, closed = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-m", "shapecheck", *words], stdout=closed, stderr=subprocess.PIPE)
    os.close(closed)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr and b"Broken" not in done.stderr and b"Exception" not in done.stderr


def test_completion_needs_what_a_shell_says() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMP_")}
    done = subprocess.run(
        [sys.executable, "-m", "shapecheck"],
        env={**environment, "_SHAPECHECK_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr.startswith("shapecheck: _SHAPECHECK_COMPLETE is for shell completion only")
        and done.stderr.count("\n") == 1
    )


HEAVY = "rich numpy sympy pydantic pathspec"
START = f"{HEAVY} typer dataclasses inspect tomllib string fractions"
"""What is not worth its time where one formula is checked."""


@pytest.mark.parametrize(
    ("words", "left_out"),
    [([], START), (["--version"], HEAVY), (["dZ1 = W2.T dZ2 * g1'(Z1)"], START), (["dZ1 = dZ2 W2.T"], START)],
)
def test_what_a_call_imports(words: list[str], left_out: str) -> None:
    code = (
        "import sys; from shapecheck.cli import main; main(sys.argv[1:]);"
        f"sys.exit(' '.join(sorted(set({left_out.split()}) & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True)
    assert done.stderr == "\n"


def test_no_options_no_typer() -> None:
    code = "import sys, shapecheck.cli._checking, shapecheck.cli._dispatch; sys.exit('typer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
