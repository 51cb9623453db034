"""The table of a project's settings as it stands in a file: its values, and the line of each key."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..values import dataclass

if TYPE_CHECKING:
    from ._lines import Keys

NAMES = ("shapecheck.toml", "pyproject.toml")
"""The files that hold settings; in one folder the first of them holds."""
DEFAULT_EXCLUDE = ("__pycache__", "_build", "build", "dist", "node_modules", "site-packages", "venv")
"""What a walk through folders leaves aside where a project says nothing, besides hidden folders."""
_LINE = r" \(at line (\d+), column \d+\)$| \(at end of document\)$"
_SAYS = rb"""["']?tool["']?\s*(?:\.\s*["']?shapecheck|\]|=)"""
"""What a pyproject.toml holds that may have a table `tool.shapecheck`: most have none, and are not read as TOML."""


class ConfigurationError(ValueError):
    """A file of settings that cannot be read: a line `path:line: what is wrong` for each mistake."""


@dataclass(slots=True)
class SettingsTable:
    """The settings of one file; `lines` has the line of each key, `prefix` is the name of the table in its file."""

    path: str
    values: Mapping[str, Any]
    lines: Mapping[Keys, int]
    prefix: Keys

    def at(self, *keys: str) -> str:
        """Where a key stands: `path:line`."""
        whole: Keys = (*self.prefix, *keys)
        while whole:
            below = [line for key, line in self.lines.items() if key[: len(whole)] == whole]
            if below:
                return f"{self.path}:{min(below)}"
            whole = whole[:-1]
        return f"{self.path}:1"

    def named(self, *keys: str) -> str:
        """A key with the table that it stands in, as people write it."""
        return ".".join(f'"{key}"' if not re.fullmatch(r"[\w-]+", key) else key for key in (*self.prefix, *keys))


def table_in(folder: str) -> SettingsTable | None:
    """The settings that stand in a folder, None if there are none. Raises ConfigurationError."""
    for name in NAMES:
        path = _shown(os.path.join(folder, name))
        data = _read(path)
        if data is not None and (name == NAMES[0] or (b"shapecheck" in data and re.search(_SAYS, data))):
            found = _table(path, data, () if name == NAMES[0] else ("tool", "shapecheck"))
            if found is not None:
                return found
    return None


def _shown(path: str) -> str:
    """A path below the current folder as it is relative to that."""
    below = os.path.relpath(path)
    return path if below.startswith(os.pardir) else below.replace(os.sep, "/")


def _read(path: str) -> bytes | None:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ConfigurationError(f"{path}:1: this is not a readable file")
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigurationError(f"{path}:1: cannot be read: {error.strerror or error}") from error


def _table(path: str, data: bytes, prefix: Keys) -> SettingsTable | None:
    import tomllib

    from ._lines import lines_of

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        values: Any = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigurationError(f"{path}:{line}: this is not UTF-8") from error
    except RecursionError as error:
        raise ConfigurationError(f"{path}:1: brackets are nested too deeply") from error
    except ValueError as error:
        raise ConfigurationError(_unread(path, text, str(error))) from error
    lines = lines_of(text)
    for depth, key in enumerate(prefix, start=1):
        if not isinstance(values, dict) or key not in values:
            return None
        values = values[key]
        if not isinstance(values, dict):
            line = lines.get(prefix[:depth], 1)
            raise ConfigurationError(f"{path}:{line}: {'.'.join(prefix[:depth])} is not a table")
    return SettingsTable(path, values, lines, prefix)


def _unread(path: str, text: str, message: str) -> str:
    """What tomllib says, its line before it."""
    place = re.search(_LINE, message)
    line = place[1] if place and place[1] else str(text.rstrip("\n").count("\n") + 1)
    what = re.sub(_LINE, "", message)
    return f"{path}:{line}: this is not TOML: {what[:1].lower()}{what[1:]}"
