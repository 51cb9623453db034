"""README.md is true: each command that it shows prints what it shows, in a folder that holds the files it shows.

`python -m pytest tests/readme --update` writes what the commands print now.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import shapecheck

from ..fences import agrees, fences, written
from .commands import README, consoles, outputs, shown, write_files, wrong, wrong_examples

ROOT = README.parent
CI_COMMAND = r"^<!-- {} command -->\n```\w+\n(?P<command>[^`]+)^```$"
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\((?!https?:|#)(?P<path>[^)#]+)")


def test_every_command_prints_what_is_shown(tmp_path: Path, update: bool) -> None:
    text = shown()
    write_files(text, tmp_path)
    ran = [outputs(fence, tmp_path) for fence in consoles(text)]
    assert any(ran)
    if update:
        for fence, printed in reversed(list(zip(consoles(text), ran, strict=True))):
            kept = [(it, it.expected if agrees(it.expected, output) else output) for it, output in printed]
            text = text[: fence.start] + written(kept) + text[fence.start + len(fence.body) :]
        README.write_text(text, encoding="utf-8", newline="\n")
        return
    found = [each for printed in ran for each in wrong(printed)]
    assert not found, "\n".join(found)


def test_every_python_example_prints_what_is_shown() -> None:
    assert any(fence.language == "pycon" for fence in fences(shown()))
    found = wrong_examples(shown())
    assert not found, "".join(found)


def test_every_notation_that_is_listed_is_read() -> None:
    formulas = CODE.findall("".join(row.split("|")[2] for row in _rows("| notation | example |")))
    assert len(formulas) > 5
    found = {formula: shapecheck.read(formula) for formula in formulas}
    assert {formula: read.diagnostics for formula, read in found.items() if read.status != "ok"} == {}


def test_every_declaration_that_is_listed_is_read() -> None:
    declared = CODE.findall("".join(row.split("|")[1] for row in _rows("| declared | shape |")))
    assert len(declared) > 5
    assert [text for text in declared if shapecheck.check_text(text).diagnostics] == []


def _rows(head: str) -> list[str]:
    """The rows of the table with that head."""
    return shown().partition(f"{head}\n")[2].partition("\n\n")[0].splitlines()[1:]


def test_every_file_that_is_linked_exists() -> None:
    pages = [README, ROOT / "shapecheck" / "README.md", ROOT / ".github" / "CONTRIBUTING.md"]
    texts = {page.parent: page.read_text(encoding="utf-8") for page in pages}
    linked = [folder / found["path"] for folder, text in texts.items() for found in LINK.finditer(text)]
    assert linked
    assert [path for path in linked if not path.exists()] == []


@pytest.mark.parametrize(("name", "word"), [("install", "shapecheck"), ("test", "pytest")])
def test_the_commands_that_ci_runs_stand_there(name: str, word: str) -> None:
    found = re.search(CI_COMMAND.format(name), shown(), re.MULTILINE)
    assert found, f"README.md has no fence after a line <!-- {name} command -->"
    assert word in found["command"]
    assert f"fence {name}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
