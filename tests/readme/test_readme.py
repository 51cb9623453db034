"""README.md is true: each command that it shows prints what it shows, in a folder that holds the files it shows.

`python -m pytest tests/readme --update` writes what the commands print now.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import shapecheck

from ..fences import agrees, commands, fences, run, written

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
TEST_COMMAND = re.compile(r"^<!-- test command -->\n```\w+\n(?P<command>[^`]+)^```$", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\((?!https?:|#)(?P<path>[^)#]+)")


def test_every_command_prints_what_is_shown(tmp_path: Path, update: bool) -> None:
    text = _readme()
    _write_files(text, tmp_path)
    consoles = [fence for fence in fences(text) if fence.language == "console"]
    ran = [[(command, run(command.text, tmp_path)) for command in commands(fence)] for fence in consoles]
    assert any(ran)
    if update:
        for fence, outputs in reversed(list(zip(consoles, ran, strict=True))):
            kept = [(it, it.expected if agrees(it.expected, output) else output) for it, output in outputs]
            text = text[: fence.start] + written(kept) + text[fence.start + len(fence.body) :]
        README.write_text(text, encoding="utf-8", newline="\n")
        return
    flat = [each for outputs in ran for each in outputs]
    wrong = [f"README.md:{it.line}: $ {it.text}\n{output}" for it, output in flat if not agrees(it.expected, output)]
    assert not wrong, "\n".join(wrong)


def _write_files(text: str, folder: Path) -> None:
    """Write every file that a text shows: fences with `title=…`."""
    for fence in fences(text):
        if fence.title:
            (folder / fence.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / fence.title).write_text(fence.body, encoding="utf-8")


def _readme() -> str:
    return README.read_text(encoding="utf-8")


def test_every_python_example_prints_what_is_shown() -> None:
    examples = [fence for fence in fences(_readme()) if fence.language == "pycon"]
    assert examples
    for fence in examples:
        test = doctest.DocTestParser().get_doctest(fence.body, {}, "README.md", str(README), fence.line)
        said: list[str] = []
        doctest.DocTestRunner(verbose=False).run(test, out=said.append)
        assert not said, "".join(said)


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
    return _readme().partition(f"{head}\n")[2].partition("\n\n")[0].splitlines()[1:]


def test_every_file_that_is_linked_exists() -> None:
    pages = [README, ROOT / "shapecheck" / "README.md", ROOT / ".github" / "CONTRIBUTING.md"]
    texts = {page.parent: page.read_text(encoding="utf-8") for page in pages}
    linked = [folder / found["path"] for folder, text in texts.items() for found in LINK.finditer(text)]
    assert linked
    assert [path for path in linked if not path.exists()] == []


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    found = TEST_COMMAND.search(_readme())
    assert found, "README.md has no fence after a line <!-- test command -->"
    assert "pytest" in found["command"]
