"""Whole processes: a formula in the terminal against `import sympy`, two workers against one, a second run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from .formulas import text
from .measure import Row, interleaved, ratio, seconds

RIGHT = "dZ1 = W2.T dZ2 * g1'(Z1)"
WRONG = "dZ1 = dZ2 W2.T * g1'(Z1)"
ROOT = Path(__file__).resolve().parents[2]
FILES, PER_FILE = 2_000, 20
NOTE = "# Layer {number}\n\n```formulas\n{formulas}```\n\nThe cost falls, $J < 1$, and the weights are updated.\n"


def program() -> list[str]:
    """The command beside this interpreter, else the package as a module."""
    found = shutil.which("shapecheck", path=str(Path(sys.executable).parent))
    return [found] if found else [sys.executable, "-m", "shapecheck"]


def _timed(*command: str, folder: str | Path = ROOT) -> Callable[[], float]:
    return lambda: seconds(lambda: _run(command, folder))


def _run(command: tuple[str, ...], folder: str | Path) -> None:
    left_out = ("FORCE_COLOR", "PYTHONDONTWRITEBYTECODE")
    plain = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


def start(rounds: int) -> list[Row]:
    """A right and a wrong formula, each a process of its own, against importing sympy."""
    clocks = {
        "right": _timed(*program(), RIGHT),
        "sympy": _timed(sys.executable, "-c", "import sympy"),
        "wrong": _timed(*program(), WRONG),
    }
    times = interleaved(clocks, 5 * rounds)
    return [
        Row("a right formula / import sympy", *ratio(times, "right", "sympy"), 0.27),
        Row("a wrong formula with fixes / import sympy", *ratio(times, "wrong", "sympy"), 0.37),
    ]


def workers(rounds: int) -> list[Row]:
    """2,000 files with one worker and with two."""
    with tempfile.TemporaryDirectory() as folder:
        for number, formulas in enumerate(_files()):
            (Path(folder) / f"{number}.formulas").write_text(formulas, encoding="utf-8")
        clocks = {count: _timed(*program(), "check", "--no-cache", "-j", count, folder) for count in ("1", "2")}
        times = interleaved(clocks, rounds)
    return [Row("2,000 files: -j 1 / -j 2", *ratio(times, "1", "2"), 1.7, least=True)]


def again(rounds: int) -> list[Row]:
    """2,000 Markdown files checked for the first time, and a second time unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shapecheck.toml").write_text("", encoding="utf-8")
        for number, formulas in enumerate(_files()):
            note = NOTE.format(number=number, formulas=formulas)
            (Path(folder) / f"{number}.md").write_text(note, encoding="utf-8")
        check = _timed(*program(), "check", ".", folder=folder)

        def first() -> float:
            shutil.rmtree(Path(folder) / ".shapecheck_cache", ignore_errors=True)
            return check()

        times = interleaved({"first": first, "second": check}, rounds)
    return [Row("2,000 unchanged files: second run / first", *ratio(times, "second", "first"), 0.2)]


def _files() -> Iterator[str]:
    """The formulas of each file."""
    lines = text(FILES * PER_FILE).splitlines(keepends=True)
    return ("".join(lines[number * PER_FILE : (number + 1) * PER_FILE]) for number in range(FILES))
