"""Each construct of Python and the program that it becomes; `pytest --update` writes the programs anew.

A line of a program is indented: `.` stands before what nobody wrote, `--` before a scope.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.notations import notations
from shapecheck.syntax.dump import dump
from shapecheck.syntax.nodes import NOWHERE, Equation, Scope
from shapecheck.text import Piece, Window

CASES = Path(__file__).parent / "programs.txt"
MARK = "    | "


def cases() -> list[tuple[str, str]]:
    """Each case's code and program."""
    found = []
    for case in CASES.read_text(encoding="utf-8").strip("\n").split("\n\n"):
        lines = case.split("\n")
        code = [line for line in lines if not line.startswith(MARK)]
        found.append(("\n".join(code), "\n".join(line for line in lines if line.startswith(MARK))))
    return found


def program(code: str) -> str:
    """The statements of a program, a line each."""
    found = notations["python"].parse(Window((Piece(code, 0),), "python"))
    assert found.troubles == []
    lines = []
    for each in found.statements:
        if isinstance(each, Scope):
            lines.append(f"-- {each.name}")
        elif isinstance(each, Equation):
            members = f" {each.sign} ".join(map(dump, each.members))
            lines.append(f"{'. ' if each.span == NOWHERE else ''}{members}")
    return "\n".join(f"{MARK}{line}" for line in lines)


@pytest.mark.parametrize(("code", "expected"), cases(), ids=lambda text: text.split("\n")[0])
def test_program(code: str, expected: str, update: bool) -> None:
    if not update:
        assert expected == program(code)


def test_update(update: bool) -> None:
    if update:
        text = "\n\n".join(f"{code}\n{program(code)}" for code, _ in cases())
        CASES.write_text(f"{text}\n", encoding="utf-8")
