"""The project's own settings, `[tool.shapecheck]` in the nearest `pyproject.toml` that has it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from ..settings import Settings
from ._errors import UsageError

_NAME = "pyproject.toml"
_NEEDED = b"tool.shapecheck"


def configured(folder: str = ".") -> Settings:
    """The settings of the project that a folder belongs to; UsageError where they cannot be read."""
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, _NAME)
        data = _read(path)
        if _NEEDED in data:
            return _settings(data, path, folder)
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return Settings()


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def _settings(data: bytes, path: str, root: str) -> Settings:
    import tomllib

    try:
        given = tomllib.loads(data.decode("utf-8")).get("tool", {}).get("shapecheck", {})
    except (ValueError, RecursionError, AttributeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    if not isinstance(given, dict):
        raise UsageError(f"{path}: tool.shapecheck is not a table")
    for name, value in given.items():
        if name not in _FITS:
            raise UsageError(f"{path}: tool.shapecheck has no setting {name}; there are {', '.join(sorted(_FITS))}")
        if not _FITS[name](value):
            raise UsageError(f"{path}: this is no value for {name} of tool.shapecheck: {value!r}")
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return _checked(Settings(**{**given, **lists}, root=root), path)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_conventions(value: Any) -> bool:
    tables = value.values() if isinstance(value, dict) else (None,)
    return all(isinstance(table, dict) and all(map(_is_text, table.values())) for table in tables)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "convention": _is_text,
    "notation": _is_text,
    "shapes": _is_list,
    "select": _is_list,
    "ignore": _is_list,
    "strict": lambda value: isinstance(value, bool),
    "conventions": _is_conventions,
}


def _checked(settings: Settings, path: str) -> Settings:
    """The settings, where their conventions and their notation exist and can be read."""
    from ..conventions import find
    from ..notations import notations

    asked = () if settings.convention in (None, "auto") else (settings.convention,)
    for name in (*settings.conventions, *asked):
        try:
            found = find(name, settings.conventions)
        except (ValueError, KeyError, IndexError) as error:
            raise UsageError(f"{path}: the convention {name} cannot be read: {error}") from error
        if found is None:
            raise UsageError(f"{path}: there is no convention {name}")
    if settings.notation is not None and settings.notation not in notations:
        raise UsageError(f"{path}: there is no notation {settings.notation}")
    return settings
