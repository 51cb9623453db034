"""The fences of a Markdown file, and the commands in them: run, compared with what stands below them, rewritten."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<language>[\w-]*)[ ]*(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=ticks)[ ]*$",
    re.MULTILINE | re.DOTALL,
)
TITLE = re.compile(r"title=(?:\"([^\"]*)\"|(\S+))")
NEEDS = re.compile(r"needs=(\S+)")
SHELL = re.compile(r"[|<>;&$*`]|^[A-Z_]+=")
ANY = "..."
"""An expected line that stands for any lines."""


class Fence(NamedTuple):
    """A fenced block: its language, the file it is (empty if none), its text, and where that stands.

    `needs` is a distribution that its commands need besides shapecheck itself.
    """

    language: str
    title: str
    body: str
    start: int
    line: int
    needs: str = ""


class Command(NamedTuple):
    """A line `$ command` with the output expected below it."""

    text: str
    expected: str
    line: int


def fences(text: str) -> Iterator[Fence]:
    """Every fence of a Markdown text; a fence named by `title=…` is a file."""
    for found in FENCE.finditer(text):
        title, needs = TITLE.search(found["info"]), NEEDS.search(found["info"])
        name = (title[1] or title[2]) if title else ""
        line = text.count("\n", 0, found.start()) + 1
        yield Fence(found["language"], name, found["body"], found.start("body"), line, needs[1] if needs else "")


def commands(fence: Fence) -> list[Command]:
    """The commands of a console fence; lines that begin with `> ` go on."""
    found: list[tuple[list[str], list[str], int]] = []
    for number, line in enumerate(fence.body.splitlines(), fence.line + 1):
        if line.startswith("$ "):
            found.append(([line[2:]], [], number))
        elif found and line.startswith("> ") and not found[-1][1]:
            found[-1][0].append(line[2:])
        elif found:
            found[-1][1].append(line)
    return [Command("\n".join(words), "\n".join(output), number) for words, output, number in found]


def written(run: list[tuple[Command, str]]) -> str:
    """The body of a console fence with these outputs."""
    parts = ((command.text.replace("\n", "\n> "), output) for command, output in run)
    return "".join(f"$ {text}\n{output}\n" if output else f"$ {text}\n" for text, output in parts)


def run(command: str, folder: Path) -> str:
    """What a command prints, errors included, lines without trailing blanks; a shell is used where it needs one."""
    words = ["bash", "-c", command] if SHELL.search(_unquoted(command)) else shlex.split(command)
    words[0] = shutil.which(words[0], path=_path()) or words[0]
    done = subprocess.run(
        words,
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return "\n".join(line.rstrip() for line in done.stdout.decode("utf-8").splitlines()).rstrip("\n")


def agrees(expected: str, actual: str) -> bool:
    """Whether an output is the expected one, in which a line `...` stands for any lines."""
    lines = [line.rstrip() for line in expected.rstrip("\n").split("\n")]
    pattern = "\n".join(".*" if line == ANY else re.escape(line) for line in lines)
    return re.fullmatch(pattern, actual, re.DOTALL) is not None


def _unquoted(command: str) -> str:
    return re.sub(r"'[^']*'|\"(?:\\.|[^\"\\$`])*\"", "", command)


def _path() -> str:
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "CI", "GITHUB_ACTIONS")}
    return {**kept, "PATH": _path(), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100"}
