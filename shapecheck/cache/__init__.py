"""The reports of files from the last run, kept until a file, what it includes, the settings or the program change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TypeAlias

from ..diagnostic import Report
from ..disk import contents
from ..settings import Settings
from ..text import Source

__all__ = ["FOLDER", "Cache"]

FOLDER = ".shapecheck_cache"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of shapecheck; it may be deleted.\n"
LARGEST = 100_000_000
"""The most bytes that an entry may have: twice as much as the largest file that is read."""
_SEAL = 65
"""The length of a seal: 64 hexadecimal digits and a newline."""
NOTHING: Mapping[tuple[str, str], str] = {}


LookUp: TypeAlias = Callable[[str, str], str]
"""A mark of what a name in a file leads to, as `@include name` does; it changes with what stands there."""
Seen: TypeAlias = Mapping[tuple[str, str], str]
"""The marks of all names that a check has looked up."""


class Cache:
    """Reports by the path of their file, each sealed with a hash of all that it depends on.

    An entry is a file of its own that takes its place whole, so that runs at the same time do not disturb each other.
    What is not there, cannot be read, or has another seal is checked anew: so is an entry that was changed, and one
    that another version of the program, another computer or another person has left. Nothing is raised.
    """

    def __init__(self, root: str = ".") -> None:
        self._folder = os.path.join(root, FOLDER)

    def find(self, source: Source, settings: Settings, look_up: LookUp | None = None) -> tuple[Report, ...] | None:
        """The reports of a file as it and what it includes are now, None if they are not known."""
        import json

        from ._records import from_record

        try:
            seal, payload = self._read(self._entry(source.path))
            if seal != _seal(source, settings, payload):
                return None
            seen, records = json.loads(payload)
            if any(look_up is None or look_up(above, name) != mark for above, name, mark in seen):
                return None
            return tuple(from_record(record, source) for record in records)
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def keep(self, source: Source, settings: Settings, reports: Sequence[Report], seen: Seen = NOTHING) -> None:
        """Keep the reports of a file; `seen` is what it includes."""
        import json

        from ._records import to_record

        entry = [[[*place, mark] for place, mark in seen.items()], [to_record(report) for report in reports]]
        payload = json.dumps(entry, separators=(",", ":")).encode()
        if len(payload) < LARGEST:
            self._write(self._entry(source.path), _seal(source, settings, payload) + b"\n" + payload)

    def _entry(self, path: str) -> str:
        name = sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
        return os.path.join(self._folder, name[:2], f"{name[2:32]}.json")

    def _read(self, path: str) -> tuple[bytes, bytes]:
        """The seal of an entry and what it holds."""
        self._refuse_links(path)
        seal, _, payload = contents(path, LARGEST + _SEAL, links=False).partition(b"\n")
        return seal, payload

    def _refuse_links(self, path: str) -> None:
        if os.path.islink(self._folder) or os.path.islink(os.path.dirname(path)):
            raise OSError("a cache is no link")

    def _write(self, path: str, data: bytes) -> None:
        with suppress(OSError, ValueError):
            self._refuse_links(path)
            self._make(os.path.dirname(path))
            _put(path, data)

    def _make(self, folder: str) -> None:
        """Make the folder of an entry, and first tell git and backups to leave the whole cache alone."""
        if os.path.isdir(folder):
            return
        os.makedirs(self._folder, exist_ok=True)
        for name, text in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            path = os.path.join(self._folder, name)
            if not os.path.lexists(path):
                _put(path, text.encode())
                os.chmod(path, 0o644)
        os.makedirs(folder, exist_ok=True)


def _put(path: str, data: bytes) -> None:
    """Write a file that takes its place whole."""
    import tempfile

    handle, beside = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _seal(source: Source, settings: Settings, payload: bytes) -> bytes:
    """A hash of all that the reports of a file depend on, and of the reports.

    Nobody has it right by chance, or without the very modules that this program runs: their times are in it.
    """
    parts = (_program(), repr(settings), _libraries(settings.gradients), source.path, source.text)
    known = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return sha256(known + payload).hexdigest().encode()


@cache
def _libraries(evaluates: bool) -> str:
    """What tells the libraries that a report depends on, and Python, from other versions of them."""
    from importlib.util import find_spec

    found = [find_spec(name) for name in ("markdown_it", *("numpy",) * evaluates)]
    places = [spec.origin for spec in found if spec is not None and spec.origin is not None]
    return "\n".join(
        [sys.version, *(f"{place} {os.stat(place).st_mtime_ns}" for place in places if os.path.isfile(place))]
    )


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
