"""Every Markdown file of this folder is a test.

- A `formulas` fence is checked: each finding in it must be announced by `# expect: SC201`, and none else may be found.
- A fence with `title=notes.md` is a file; `console` fences below it can name it.
- A `console` fence holds commands (`$ shapecheck "…"`) and what they print; `pytest --update` writes that.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from shapecheck.check import check
from shapecheck.settings import Settings
from shapecheck.text import Source

from ..fences import Fence, agrees, commands, fences, run, written

HERE = Path(__file__).parent
CASES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.md"))


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path, update: bool) -> None:
    path = HERE / case
    text = path.read_text(encoding="utf-8")
    complaints, outputs = [], []
    for fence in fences(text):
        if fence.title:
            _write(fence, tmp_path)
        elif fence.language == "formulas":
            complaints += _unannounced(fence, case)
        elif fence.language == "console":
            ran = [(command, run(command.text, tmp_path)) for command in commands(fence)]
            kept = [(it, it.expected if agrees(it.expected, output) else output) for it, output in ran]
            outputs.append((fence, written(kept)))
            complaints += [
                f"{case}:{it.line}: $ {it.text}\n{output}"
                for it, output in ran
                if not (update or agrees(it.expected, output))
            ]
    if update:
        _rewrite(path, text, outputs)
    assert not complaints, "\n".join(complaints)


def _write(fence: Fence, folder: Path) -> None:
    (folder / fence.title).parent.mkdir(parents=True, exist_ok=True)
    (folder / fence.title).write_text(fence.body, encoding="utf-8")


def _unannounced(fence: Fence, case: str) -> list[str]:
    report = check(Source(fence.body, "case.formulas"), Settings())
    found = (found for found in report.diagnostics if found.severity != "info")
    places = ((report.source.place(it.span.start).line, it) for it in found)
    return [f"{case}:{fence.line + line}: {it.code} {it.message}" for line, it in places]


def _rewrite(path: Path, text: str, outputs: list[tuple[Fence, str]]) -> None:
    for fence, body in reversed(outputs):
        text = text[: fence.start] + body + text[fence.start + len(fence.body) :]
    path.write_text(text, encoding="utf-8", newline="\n")
