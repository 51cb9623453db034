"""Run what README.md shows: `python -m tests.readme.commands` does, by the `shapecheck` of this environment.

Nothing but Python is needed for that. What a fence needs besides (`console needs=pytest`) is installed when all others
have been run.
"""

from __future__ import annotations

import doctest
import subprocess
import sys
import tempfile
from pathlib import Path

from ..fences import Command, Fence, agrees, commands, fences, run

README = Path(__file__).resolve().parents[2] / "README.md"


def shown() -> str:
    """The text of README.md."""
    return README.read_text(encoding="utf-8")


def write_files(text: str, folder: Path) -> None:
    """Write every file that a text shows: fences with `title=…`."""
    for fence in fences(text):
        if fence.title:
            (folder / fence.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / fence.title).write_text(fence.body, encoding="utf-8")


def consoles(text: str) -> list[Fence]:
    """The fences that show commands."""
    return [fence for fence in fences(text) if fence.language == "console"]


def outputs(fence: Fence, folder: Path) -> list[tuple[Command, str]]:
    """The commands of a fence, each with what it prints."""
    return [(command, run(command.text, folder)) for command in commands(fence)]


def wrong(ran: list[tuple[Command, str]]) -> list[str]:
    """Of the commands that print something else what they print."""
    return [f"README.md:{it.line}: $ {it.text}\n{output}" for it, output in ran if not agrees(it.expected, output)]


def wrong_examples(text: str) -> list[str]:
    """Of the examples in Python that print something else what they print."""
    said: list[str] = []
    for fence in fences(text):
        if fence.language == "pycon":
            test = doctest.DocTestParser().get_doctest(fence.body, {}, "README.md", str(README), fence.line)
            doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return said


def main() -> int:
    """Run everything, and say what prints something else; the exit status is 1 then."""
    text = shown()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(text, folder)
        found = wrong_examples(text)
        for fence in sorted(consoles(text), key=lambda fence: bool(fence.needs)):
            if fence.needs:
                subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", fence.needs], check=True)
            found += wrong(outputs(fence, folder))
    print(*found, f"{len(list(consoles(text)))} fences of README.md, {len(found)} wrong", sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
