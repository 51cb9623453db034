"""`shapecheck config`: the settings that hold for a file or a folder, and where each comes from."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ..configuration import Configuration
from ..configuration.keys import KEYS
from . import _status
from ._command import Command, UsageError
from ._configuration import configured
from ._output import write

Path = Annotated[str, typer.Argument(metavar="[PATH]", help="A file or a folder; the current folder by default.")]


def config(path: Path = ".") -> int:
    """Show the settings for a file, and where each comes from.

    Settings come from the nearest shapecheck.toml, or pyproject.toml with a [tool.shapecheck] table, in the file's
    folder or above. Command-line options take precedence.
    """
    if not os.path.exists(path):
        raise UsageError(f"there is no file {path}")
    found = configured(path if os.path.isdir(path) else os.path.dirname(path) or ".")
    write("".join(f"{line}\n" for line in _lines(found)), sys.stdout)
    return _status.CLEAN


def _lines(found: Configuration) -> Iterator[str]:
    """A line for each setting; those that nobody made are comments."""
    for name, key in KEYS.items():
        if found.table is None or name not in found.table.values:
            yield f"# {name}: {key.default}"
        else:
            yield f"{name} = {_toml(found.table.values[name])}  # {found.table.at(name)}"


def _toml(value: Any) -> str:
    """A value as TOML has it, in one line."""
    import json

    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


command = Command(config, "shapecheck config\nshapecheck config lectures/week-3.md")
