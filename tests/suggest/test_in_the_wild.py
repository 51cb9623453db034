"""Mistakes as people make them, each with the correction of a good teacher: it is the first fix, or one of three.

A file of `in_the_wild` holds one kind of mistake. A case is a text whose last statement is wrong, in plain text where
no `[latex]`, `[matlab]`, `[python]` or `[markdown]` stands above it, and behind `->` what is right; of several lines
behind `->` each says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from shapecheck.check import check_cells
from shapecheck.settings import Settings
from shapecheck.suggest._fixes import SHOWN
from shapecheck.text import Source

FILES = sorted((Path(__file__).parent / "in_the_wild").glob("*.txt"))
PATHS = {"python": "x.py", "markdown": "x.md"}
FIRST, ANY = 0.9, 0.95
"""How often the first fix, and one of all, must be what the teacher says."""
LEAST = 5
"""How many cases a kind has at least."""


class Case(NamedTuple):
    """A wrong text, its notation, and the corrections that are as good as one another."""

    text: str
    notation: str
    right: tuple[str, ...]

    @property
    def offered(self) -> list[str]:
        """The corrected statements that are offered."""
        settings = Settings(notation="matlab") if self.notation == "matlab" else Settings()
        reports = check_cells(Source(self.text, PATHS.get(self.notation, "<formula>")), settings)
        return [bare(fix.formula) for report in reports for found in report.diagnostics for fix in found.fixes]


def bare(formula: str) -> str:
    """A formula without the blanks that tell nothing."""
    return re.sub(r"(?<=[(\[{,]) | (?=[)\]},])", "", " ".join(formula.split()))


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    for block in re.findall(r"(?:^(?!->).*\n)+(?:^->.*\n?)+", path.read_text(encoding="utf-8"), re.MULTILINE):
        lines = block.strip("\n").split("\n")
        right = tuple(bare(line[2:]) for line in lines if line.startswith("->"))
        head = re.fullmatch(r"\[(\w+)\]", lines[0])
        wrong = lines[1 if head else 0 : len(lines) - len(right)]
        yield Case("\n".join(wrong) + "\n", head[1] if head else "plain", right)


CASES = {path.stem: list(cases(path)) for path in FILES}


def shown(case: Case) -> str:
    """A case as a reader wants to see it."""
    return "\n".join([case.text.strip(), f"    right: {case.right[0]}", *(f"    fix: {fix}" for fix in case.offered)])


@pytest.mark.parametrize("kind", CASES)
def test_a_kind_has_cases(kind: str) -> None:
    assert len(CASES[kind]) >= LEAST
    assert all(case.right and case.text.strip() for case in CASES[kind])


def test_the_fix_is_what_a_teacher_says() -> None:
    every = [case for each in CASES.values() for case in each]
    offered = [(case, case.offered) for case in every]
    first = [case for case, fixes in offered if fixes[:1] and fixes[0] in case.right]
    missed = [case for case, fixes in offered if not set(fixes[:SHOWN]) & set(case.right)]
    listed = "\n".join(map(shown, missed))
    assert len(missed) <= (1 - ANY) * len(every), f"{len(missed)} of {len(every)}\n{listed}"
    assert len(first) >= FIRST * len(every), f"{len(first)} of {len(every)} are first"
