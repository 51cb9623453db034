"""README.md and the manual are true: each command in them prints what they show, in a folder with the files they show.

`python -m pytest tests/readme --update` writes what the commands print now.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shapecheck

from ..fences import agrees, fences, written
from .commands import MANUAL, PAGES, README, consoles, outputs, shown, write_files, wrong, wrong_examples

ROOT = README.parent
LINES = 250
CI_COMMAND = r"^<!-- {} command -->\n```\w+\n(?P<command>[^`]+)^```$"
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\((?!https?:)(?P<path>[^)#]*)(?:#(?P<heading>[^)]*))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINKING = [*PAGES.values(), ROOT / "shapecheck" / "README.md", ROOT / ".github" / "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_is_shown(page: str, tmp_path: Path, update: bool) -> None:
    text = shown(page)
    write_files(tmp_path)
    ran = [outputs(fence, tmp_path) for fence in consoles(text)]
    if update:
        for fence, printed in reversed(list(zip(consoles(text), ran, strict=True))):
            kept = [(it, it.expected if agrees(it.expected, output) else output) for it, output in printed]
            text = text[: fence.start] + written(kept) + text[fence.start + len(fence.body) :]
        PAGES[page].write_text(text, encoding="utf-8", newline="\n")
        return
    found = [each for printed in ran for each in wrong(page, printed)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("page", PAGES)
def test_every_python_example_prints_what_is_shown(page: str) -> None:
    found = wrong_examples(page)
    assert not found, "".join(found)


def test_commands_and_python_are_shown() -> None:
    assert {fence.language for page in PAGES for fence in fences(shown(page))} >= {"console", "pycon", "text"}


@pytest.mark.parametrize("page", ["README.md", "manual/notation.md"])
def test_every_notation_that_is_listed_is_read(page: str) -> None:
    formulas = CODE.findall("".join(row.split("|")[2] for row in _rows(page, "| notation | example |")))
    assert len(formulas) > 5
    found = {formula: shapecheck.read(formula) for formula in formulas}
    assert {formula: read.diagnostics for formula, read in found.items() if read.status != "ok"} == {}


def test_every_declaration_that_is_listed_is_read() -> None:
    declared = CODE.findall("".join(row.split("|")[1] for row in _rows("manual/shapes.md", "| declaration | shape |")))
    assert len(declared) > 5
    assert [text for text in declared if shapecheck.check_text(text).diagnostics] == []


def _rows(page: str, head: str) -> list[str]:
    """The rows of the table with that head."""
    return shown(page).partition(f"{head}\n")[2].partition("\n\n")[0].splitlines()[1:]


@pytest.mark.parametrize("page", LINKING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    missing = []
    for found in LINK.finditer(page.read_text(encoding="utf-8")):
        target = page.parent / found["path"] if found["path"] else page
        if not target.exists() or (found["heading"] and found["heading"] not in _anchors(target)):
            missing.append(found[0])
    assert missing == []


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(re.sub(r"^(`{3,}).*?^\1", "", page.read_text(encoding="utf-8"), flags=re.M | re.S))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_is_short() -> None:
    assert shown("README.md").count("\n") <= LINES


def test_readme_links_every_page() -> None:
    linked = {ROOT / found["path"] for found in LINK.finditer(shown("README.md"))}
    assert {path for path in MANUAL.iterdir() if path not in linked} == set()


@pytest.mark.parametrize(("name", "word"), [("install", "shapecheck"), ("test", "pytest")])
def test_the_commands_that_ci_runs_stand_there(name: str, word: str) -> None:
    found = re.search(CI_COMMAND.format(name), shown("README.md"), re.MULTILINE)
    assert found, f"README.md has no fence after a line <!-- {name} command -->"
    assert word in found["command"]
    assert f"fence {name}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
