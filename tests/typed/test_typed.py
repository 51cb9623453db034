"""Every right formula passes, and in every wrong one the mistake is found.

A file a notation, in blocks: a line `# …` says what the block is about, the next one declares the names, `+ …` is a
right formula and `- …` a wrong one. Each formula is checked alone. A sign that is read otherwise than it is written
passes with a warning, and a wrong formula that only such a reading saves is found by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shapecheck.check import check
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source

HERE = Path(__file__).parent
NOTATIONS = {"numpy": "python"}
"""The notation of a file, where it is not to be told from each formula."""


class Typed(NamedTuple):
    """One formula with the declarations that stand above it."""

    text: str
    is_right: bool
    shapes: tuple[str, ...]
    notation: str | None

    def report(self) -> Report:
        """What is said of it alone."""
        return check(Source(self.text, "<formula>"), Settings(shapes=self.shapes, notation=self.notation))


def typed() -> Iterator[Typed]:
    """The formulas of all files."""
    for path in sorted(HERE.glob("*.txt")):
        shapes: tuple[str, ...] = ()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line[:2] in ("+ ", "- "):
                yield Typed(line[2:], line[0] == "+", shapes, NOTATIONS.get(path.stem))
            elif line and line[0] != "#":
                shapes = tuple(declarations(line))


def declarations(line: str) -> Iterator[str]:
    """The declarations between commas, those within brackets left alone."""
    start = depth = 0
    for at, sign in enumerate(f"{line},"):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            yield line[start:at].strip()
            start = at + 1


FORMULAS = list(typed())


def ids(made: list[Typed]) -> list[str]:
    """The formulas as the names of tests."""
    return [each.text for each in made]


RIGHT = [each for each in FORMULAS if each.is_right]
WRONG = [each for each in FORMULAS if not each.is_right]


@pytest.mark.parametrize("formula", RIGHT, ids=ids(RIGHT))
def test_the_right_one_passes(formula: Typed) -> None:
    report = formula.report()
    assert [found.message for found in report.diagnostics if found.severity == "error"] == []
    assert [result.status for result in report.formulas] == ["ok"] * max(1, len(report.formulas))


@pytest.mark.parametrize("formula", WRONG, ids=ids(WRONG))
def test_the_wrong_one_is_found(formula: Typed) -> None:
    assert [found for found in formula.report().diagnostics if found.severity != "info"]
