"""The files that others include, as a run sees them: each name is looked up once, and each file read once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256

from ..syntax.nodes import Declaration, Directive, Statement
from ..values import NamedTuple
from .reading import LARGEST, read


class Shelf:
    """Where names of files lead to, and what stands there: each is looked up and read once in a run.

    All that is read depends on the arguments alone, and on the disk: a run sees each file as it was at first.
    """

    def __init__(self) -> None:
        self._led: dict[tuple[str, str, str, str], tuple[str, File]] = {}
        self._files: dict[tuple[str, str], File] = {}
        self._length = 0

    def __reduce__(self) -> tuple[type[Shelf], tuple[()]]:
        """Another process begins with an empty one: it reads faster than it would be told."""
        return Shelf, ()

    def find(self, above: str, name: str, root: str, notation: str) -> tuple[str, File]:
        """The path that a name in a file leads to, and what stands there; no more is kept than one may include."""
        asked = (above, name, root, notation)
        known = self._led.get(asked)
        if known is not None:
            return known
        path, why = _place(os.path.dirname(above), name, root)
        found = path, without(path, why) if why else self._file(path, notation)
        if self._length <= LARGEST:
            self._led[asked] = found
        return found

    def _file(self, path: str, notation: str) -> File:
        known = self._files.get((path, notation))
        if known is not None:
            return known
        file = _read(path, notation)
        self._length += file.length
        if self._length <= LARGEST:
            self._files[path, notation] = file
        return file


class File(NamedTuple):
    """An included file: why it is none, a mark of its path and text, its length, its declarations and includes."""

    why: str
    mark: str
    length: int = 0
    statements: Sequence[Declaration | Directive] = ()


def _place(folder: str, name: str, root: str) -> tuple[str, str]:
    try:
        path = os.path.realpath(os.path.join(folder, name))
        if os.path.commonpath([path, root]) != root:
            return path, "it is outside the project"
    except (OSError, ValueError):
        return "", "that is not a file name"
    return path, "" if os.path.isfile(path) else "there is no such file"


def without(path: str, why: str) -> File:
    """What cannot be included, and why."""
    return File(why, _mark(path, why, ""))


def _mark(path: str, why: str, text: str) -> str:
    return sha256("\0".join((path, why, text)).encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: str, notation: str) -> File:
    content = read(path)
    if content.trouble is not None:
        return without(path, content.trouble.message)
    from ..documents.formulas import windows
    from ..notations import notations

    text = content.source.text
    parse = notations[notation].parse
    stated = (each for passage in windows(content.source) for each in parse(passage.window).statements)
    return File("", _mark(path, "", text), len(text), [each for each in stated if _is_kept(each)])


def _is_kept(statement: Statement) -> bool:
    return isinstance(statement, Declaration) or (isinstance(statement, Directive) and statement.name == "include")
