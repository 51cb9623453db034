"""Run what README.md and the manual show, by the `shapecheck` of this environment: `python -m tests.readme.commands`.

Nothing but shapecheck is needed for that. What a fence needs besides (`console needs=pytest`) is installed when all
others of its page have been run.
"""

from __future__ import annotations

import doctest
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import shapecheck

from ..fences import Command, Fence, agrees, commands, fences, run

README = Path(__file__).resolve().parents[2] / "README.md"
MANUAL = Path(shapecheck.__file__).parent / "manual"
PAGES: Mapping[str, Path] = {
    "README.md": README,
    **{f"manual/{path.name}": path for path in sorted(MANUAL.glob("*.md"))},
}
"""README.md and the pages of the manual that is installed, by the names by which mistakes in them are reported."""


def shown(page: str) -> str:
    """The text of a page."""
    return PAGES[page].read_text(encoding="utf-8")


@cache
def files() -> Mapping[str, str]:
    """Every file that a page shows, by its path: fences with `title=…`. Each page may name those of the others."""
    found: dict[str, str] = {}
    for page in PAGES:
        for fence in fences(shown(page)):
            if fence.title and found.setdefault(fence.title, fence.body) != fence.body:
                raise ValueError(f"{page}:{fence.line}: another page shows another {fence.title}")
    return found


def write_files(folder: Path) -> None:
    """Write every file that a page shows."""
    for name, body in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(body, encoding="utf-8")


def consoles(text: str) -> list[Fence]:
    """The fences that show commands."""
    return [fence for fence in fences(text) if fence.language == "console"]


def outputs(fence: Fence, folder: Path) -> list[tuple[Command, str]]:
    """The commands of a fence, each with what it prints."""
    return [(command, run(command.text, folder)) for command in commands(fence)]


def wrong(page: str, ran: list[tuple[Command, str]]) -> list[str]:
    """Of the commands that print something else what they print."""
    return [f"{page}:{it.line}: $ {it.text}\n{output}" for it, output in ran if not agrees(it.expected, output)]


def wrong_examples(page: str) -> list[str]:
    """Of the examples in Python that print something else what they print."""
    said: list[str] = []
    for fence in fences(shown(page)):
        if fence.language == "pycon":
            test = doctest.DocTestParser().get_doctest(fence.body, {}, page, str(PAGES[page]), fence.line)
            doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return said


def mistakes(page: str) -> list[str]:
    """What a page shows, in Python or in a terminal, that prints something else."""
    found = wrong_examples(page)
    with tempfile.TemporaryDirectory() as name:
        write_files(Path(name))
        for fence in sorted(consoles(shown(page)), key=lambda fence: bool(fence.needs)):
            if fence.needs:
                subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", fence.needs], check=True)
            found += wrong(page, outputs(fence, Path(name)))
    return found


def main() -> int:
    """Run everything, and say what prints something else; the exit status is 1 then."""
    found = [mistake for page in PAGES for mistake in mistakes(page)]
    count = sum(len(consoles(shown(page))) for page in PAGES)
    print(*found, f"{count} fences of {len(PAGES)} pages, {len(found)} wrong", sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
