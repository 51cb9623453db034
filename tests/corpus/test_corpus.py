"""In documents as people write them no right formula is blamed, and most planted mistakes are found."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from shapecheck.check import check_cells
from shapecheck.diagnostic import Report
from shapecheck.settings import Settings
from shapecheck.text import Source

from .planted import PLANTED, Mistake

DOCUMENTS = sorted((Path(__file__).parent / "documents").iterdir())
RECALL = 0.8
UNDERSTOOD = 1 / 3
"""The least share of planted mistakes that is found, and of gradient formulas that are understood."""
FALSE_ALARMS = 1
"""How many right lines of the whole corpus may be blamed."""

GRADIENT = re.compile(r"\\partial|\\nabla|\\delta|\\pd\b|(?<![\w\\])d\\?[A-Za-z]|(?<![a-z])d_")
PROSE = [path.name for path in DOCUMENTS if path.suffix == ".md" and "$$" in path.read_text(encoding="utf-8")]
"""Documents whose mathematics may stand in any format: no plain lines, which only Markdown reads as equations."""
CODE = re.compile(r"^```.*?^```\n|`[^`\n]*`", re.MULTILINE | re.DOTALL)
"""Code in Markdown, which no other format has."""


class Place(NamedTuple):
    """A line of a file, or of a notebook's cell."""

    file: str
    cell: int | None
    line: int


@cache
def reports(path: Path) -> tuple[Report, ...]:
    """What is said of a document."""
    return check_cells(Source(path.read_text(encoding="utf-8"), path.name), Settings())


@cache
def found(path: Path) -> dict[Place, str]:
    """The findings of a document, as texts, by the lines on which they stand."""
    said: dict[Place, str] = {}
    for report in reports(path):
        for each in report.diagnostics:
            line = report.source.place(each.span.start).line
            place = Place(path.name, report.source.cell, line)
            said[place] = f"{said.get(place, '')}{each.code} {each.message} | {report.source.line(line).strip()}\n"
    return said


@cache
def lines(path: Path) -> list[tuple[Place, str]]:
    """The lines of a document, without the blanks around them."""
    text = path.read_text(encoding="utf-8")
    cells = [(None, text)]
    if path.suffix == ".ipynb":
        cells = [(at, "".join(cell["source"])) for at, cell in enumerate(json.loads(text)["cells"], 1)]
    return [
        (Place(path.name, cell, number), line.strip())
        for cell, inside in cells
        for number, line in enumerate(inside.split("\n"), 1)
    ]


def place_of(mistake: Mistake) -> Place:
    """Where a mistake is planted."""
    path = next(path for path in DOCUMENTS if path.name == mistake.file)
    places = [place for place, line in lines(path) if line.startswith(mistake.line)]
    return places[mistake.place - 1]


def found_at(mistake: Mistake) -> set[Place]:
    """The places in the file of a mistake of which anything is said."""
    return set(found(Path(__file__).parent / "documents" / mistake.file))


def test_each_line_with_a_mistake_is_told_apart() -> None:
    assert len({place_of(mistake) for mistake in PLANTED}) == len(PLANTED)


def test_right_formulas_are_not_blamed() -> None:
    planted = {place_of(mistake) for mistake in PLANTED}
    said = [each for path in DOCUMENTS for each in found(path).items()]
    blamed = [f"{place.file}:{place.cell or ''}:{place.line}: {words}" for place, words in said if place not in planted]
    assert len(blamed) <= FALSE_ALARMS, "\n".join(blamed)


def test_most_mistakes_are_found() -> None:
    said = [(mistake, found(Path(__file__).parent / "documents" / mistake.file)) for mistake in PLANTED]
    missed = [mistake for mistake, there in said if mistake.code not in there.get(place_of(mistake), "")]
    listed = "\n".join(f"{mistake.file}: {mistake.code} {mistake.line}" for mistake in missed)
    assert len(missed) <= (1 - RECALL) * len(PLANTED), f"{len(missed)} of {len(PLANTED)} are not found\n{listed}"


def test_no_mistake_passes_for_right() -> None:
    right = {
        Place(path.name, report.source.cell, report.source.place(formula.span.start).line)
        for path in DOCUMENTS
        for report in reports(path)
        for formula in report.formulas
        if formula.status == "ok"
    }
    passed = [f"{each.file}: {each.line}" for each in PLANTED if place_of(each) in right - found_at(each)]
    assert not passed, "\n".join(passed)


def test_many_gradient_formulas_are_understood() -> None:
    written = [
        (formula.status, report.source.slice(formula.span))
        for path in DOCUMENTS
        for report in reports(path)
        for formula in report.formulas
        if GRADIENT.search(report.source.slice(formula.span))
    ]
    unknown = [text for status, text in written if status == "unknown"]
    assert len(unknown) <= (1 - UNDERSTOOD) * len(written), f"{len(unknown)} of {len(written)}\n" + "\n".join(unknown)


@pytest.mark.parametrize("name", PROSE)
def test_mathematics_is_judged_alike_in_every_format(name: str) -> None:
    text = CODE.sub("", (Path(__file__).parent / "documents" / name).read_text(encoding="utf-8"))
    parts = [part + "\n" for part in re.split(r"\n(?=## )", text)]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": part} for part in parts]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    expected = told(Source(text, "a.md"))
    assert told(Source(notebook, "a.ipynb")) == expected
    assert told(Source(as_latex(text), "a.tex")) == expected


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path.suffix == ".tex"], ids=lambda path: path.name)
def test_latex_is_judged_alike_in_markdown(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    body = text.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    macros = "\n".join(re.findall(r"^\\(?:newcommand|renewcommand|def|DeclareMathOperator).*$", text, re.MULTILINE))
    headed = re.sub(r"\\(sub)*section\*?\{([^{}]*)\}", lambda it: f"\n\n#{'#' * it[0].count('sub')} {it[2]}\n\n", body)
    assert told(Source(f"<!-- {macros} -->\n{headed}", "a.md")) == told(Source(text, "a.tex"))


def told(source: Source) -> list[tuple[str, str]]:
    """The formulas that are understood, and the code of each finding with the text that it points at."""
    found = check_cells(source, Settings())
    formulas = [(each.status, report.source.slice(each.span)) for report in found for each in report.formulas]
    understood = [each for each in formulas if each[0] != "unknown"]
    return understood + [(each.code, report.source.slice(each.span)) for report in found for each in report.diagnostics]


def as_latex(markdown: str) -> str:
    """A Markdown text of headings and mathematics as a LaTeX document, its prices escaped."""
    text = re.sub(r"\$(?=\d+ )", r"\\$", markdown)
    text = re.sub(r"^#{1,3} (.*)$", _heading, text, flags=re.MULTILINE)
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{text}\\end{{document}}\n"


def _heading(found: re.Match[str]) -> str:
    level = found[0].index(" ") - 1
    return rf"\{('', 'sub', 'subsub')[level]}section{{{found[1]}}}"
