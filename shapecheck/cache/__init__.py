"""The reports of files from the last run, kept until a file, the settings or the program changes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from ..diagnostic import Report
from ..settings import Settings
from ..text import Source

__all__ = ["FOLDER", "Cache"]

FOLDER = ".shapecheck_cache"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of shapecheck; it may be deleted.\n"
_DIRECTIVE = "@include"


class Cache:
    """Reports by the path of their file, each with a hash of all that it depends on.

    An entry is a file of its own that takes its place whole, so that runs at the same time do not disturb each other;
    what is not there, cannot be read, or belongs to another content is checked anew. Nothing is raised.
    """

    def __init__(self, root: str = ".") -> None:
        self._folder = os.path.join(root, FOLDER)

    def find(self, source: Source, settings: Settings) -> tuple[Report, ...] | None:
        """The reports of a file as it is now, None where they are not known."""
        import json

        from ._records import from_record

        try:
            with open(self._entry(source.path), encoding="utf-8") as file:
                digest, records = json.load(file)
            if digest != _digest(source, settings):
                return None
            return tuple(from_record(record, source) for record in records)
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def keep(self, source: Source, settings: Settings, reports: Sequence[Report]) -> None:
        """Keep the reports of a file; of one that includes others they depend on more than is hashed."""
        import json

        from ._records import to_record

        if _DIRECTIVE in source.text:
            return
        entry = [_digest(source, settings), [to_record(report) for report in reports]]
        self._write(self._entry(source.path), json.dumps(entry, separators=(",", ":")))

    def _entry(self, path: str) -> str:
        name = sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
        return os.path.join(self._folder, name[:2], f"{name[2:32]}.json")

    def _write(self, path: str, text: str) -> None:
        import tempfile

        beside = None
        try:
            self._make(os.path.dirname(path))
            handle, beside = tempfile.mkstemp(dir=os.path.dirname(path))
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(beside, path)
        except (OSError, ValueError):
            if beside is not None and os.path.exists(beside):
                os.unlink(beside)

    def _make(self, folder: str) -> None:
        """Make the folder of an entry; the first of them is told to be left alone by git and by backups."""
        if os.path.isdir(folder):
            return
        is_new = not os.path.isdir(self._folder)
        os.makedirs(folder, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")) if is_new else ():
            with open(os.path.join(self._folder, name), "w", encoding="utf-8") as file:
                file.write(text)


def _digest(source: Source, settings: Settings) -> str:
    """A hash of all that the reports of a file depend on."""
    parts: tuple[Any, ...] = (_program(), repr(settings), source.path, source.text)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _program() -> str:
    """What tells this version of the program from others: the modules with their sizes and times."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        folders.sort()
        modules = [os.path.join(folder, name) for name in sorted(names) if name.endswith(".py")]
        found += (f"{path} {status.st_size} {status.st_mtime_ns}" for path in modules for status in (os.stat(path),))
    return "\n".join(found)
