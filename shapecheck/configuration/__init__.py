"""The settings of projects: found upward from each file, and overridden by the command line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..patterns import spec
from ..settings import Settings
from ..values import dataclass, field, replace
from ._table import DEFAULT_EXCLUDE, ConfigurationError, SettingsTable, table_in

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["Configuration", "ConfigurationError", "Configurations"]

_OF_SETTINGS = ("convention", "notation", "strict", "conventions", "shapes", "select", "ignore", "include-notes")


@dataclass(slots=True)
class Configuration:
    """The settings of a project: those of a check, and those about its files.

    `table` is None if no file says anything; `exclude` and the patterns of `per_file_ignores` are relative to
    `folder`, as in a `.gitignore` there.
    """

    settings: Settings = field(default_factory=Settings)
    folder: str = "."
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    format: str | None = None
    table: SettingsTable | None = None

    def excludes(self, path: str) -> bool:
        """Whether a walk leaves a path aside; a folder's path ends with a slash."""
        return bool(self.exclude) and _matches(self.exclude, self.folder, path)

    def ignores(self, path: str) -> tuple[str, ...]:
        """The codes that are not reported in a file; `!` before a pattern means all files but those that it matches."""
        patterns = self.per_file_ignores.items()
        return tuple(code for pattern, codes in patterns if self._is_for(pattern, path) for code in codes)

    def _is_for(self, pattern: str, path: str) -> bool:
        return _matches((pattern.removeprefix("!"),), self.folder, path) != pattern.startswith("!")


class Configurations:
    """The settings for each file: those of the nearest project above it, with `options` in place of what they say.

    A folder's file is read once. `options` holds fields of Settings; the shapes among them stand before the project's.
    Raises ConfigurationError where a file of settings cannot be read.
    """

    def __init__(
        self,
        options: Mapping[str, Any] | None = None,
        exclude: tuple[str, ...] | None = None,
        more: tuple[str, ...] = (),
    ) -> None:
        self._options = dict(options or {})
        self._exclude = exclude
        self._more = more
        self._found: dict[str, Configuration] = {}

    def of_folder(self, folder: str = ".") -> Configuration:
        """What holds in a folder."""
        folder = os.path.abspath(folder)
        if folder not in self._found:
            self._found[folder] = self._nearest(folder)
        return self._found[folder]

    def __call__(self, path: str) -> Settings:
        """The settings for a file."""
        found = self.of_folder(os.path.dirname(path) or ".")
        ignored = found.ignores(path) if found.per_file_ignores else ()
        return replace(found.settings, ignore=(*found.settings.ignore, *ignored)) if ignored else found.settings

    def excludes(self, path: str) -> bool:
        """Whether a walk leaves a path aside; a folder's path ends with a slash."""
        return self.of_folder(os.path.dirname(path.rstrip("/")) or ".").excludes(path)

    def _nearest(self, folder: str) -> Configuration:
        table = table_in(folder)
        if table is not None:
            return self._with_options(read(table, folder))
        above = os.path.dirname(folder)
        return self._with_options(Configuration()) if above == folder else self.of_folder(above)

    def _with_options(self, found: Configuration) -> Configuration:
        shapes = (*self._options.get("shapes", ()), *found.settings.shapes)
        settings = replace(found.settings, **{**self._options, "shapes": shapes})
        exclude = (*(found.exclude if self._exclude is None else self._exclude), *self._more)
        return replace(found, settings=settings, exclude=exclude)


def read(table: SettingsTable, folder: str) -> Configuration:
    """The settings of a table; ConfigurationError with a line for each mistake."""
    from .keys import mistakes

    wrong = list(mistakes(table))
    if wrong:
        raise ConfigurationError("\n".join(wrong))
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in table.values.items()
    }
    of_settings = {name.replace("-", "_"): given[name] for name in _OF_SETTINGS if name in given}
    ignored = {pattern: tuple(codes) for pattern, codes in given.get("per-file-ignores", {}).items()}
    exclude = (*given.get("exclude", DEFAULT_EXCLUDE), *given.get("extend-exclude", ()))
    settings = Settings(**of_settings, root=folder)
    return Configuration(settings, folder, exclude, ignored, given.get("format"), table)


def _matches(patterns: tuple[str, ...], folder: str, path: str) -> bool:
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    if relative.startswith("../"):
        return False
    return bool(_spec(patterns).match_file(relative + "/" * path.endswith("/")))


@cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    return spec(re.sub(r"^(!?)\./", r"\1/", pattern) for pattern in patterns)
