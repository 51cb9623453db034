"""What `@include FILE` declares: files beside the one that includes them, inside the project, without going round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from ..documents.formulas import windows
from ..notations import notations
from ..settings import Settings
from ..syntax.nodes import NOWHERE, Declaration, Directive, Program, Statement, Trouble
from .reading import LARGEST, read, shown

FILES = 1_000
"""How many files one may include, those that they include among them: far more than anybody keeps by hand."""
_TOO_MUCH = f"more than {FILES:,} files, or {LARGEST // 1_000_000} MB, are included"
_ROOTS = (".git", "pyproject.toml")


class Including:
    """Reads what the files named in `path` declare, each file once: call it with a name.

    A text says in a few words why a file cannot be included. `seen` has a mark for each name that was looked up, by the
    file in which it stands: what is included is the same as long as `look_up` gives the same marks.
    """

    def __init__(self, path: str, settings: Settings) -> None:
        self.seen: dict[tuple[str, str], str] = {}
        self._named = path
        self._settings = settings
        self._files: dict[str, _File] = {}
        self._found: dict[str, Program | str] = {}
        self._length = 0

    def __call__(self, name: str) -> Program | str:
        if name not in self._found:
            self._found[name] = self._gathered(name)
        return self._found[name]

    def look_up(self, above: str, name: str) -> str:
        """A mark of what a name in a file leads to: of its path and its text, or of why there is none."""
        path, file = self._file(above, name)
        return sha256("\0".join((path, file.why, file.mark)).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _path(self) -> str:
        return os.path.realpath(self._named)

    @cached_property
    def _root(self) -> str:
        root = self._settings.root
        return os.path.realpath(root) if root else project_root(self._path)

    def _gathered(self, name: str) -> Program | str:
        """What a file declares with all that it includes, once each; no file calls for another by recursion."""
        found: list[Statement] = []
        why = self._gather(name, found)
        if why == _TOO_MUCH:
            return Program([], [Trouble("SC104", NOWHERE, {"what": why})])
        return why or Program(found)

    def _gather(self, name: str, found: list[Statement]) -> str:
        first, file = self._seen(self._path, name)
        above = {self._path: iter(()), first: iter(file.statements)}
        why = "it includes itself" if first == self._path else file.why
        done: set[str] = set()
        while not why and len(above) > 1:
            path, waiting = next(reversed(above.items()))
            statement = next(waiting, None)
            if statement is None:
                del above[path]
                done.add(path)
            elif isinstance(statement, Declaration):
                found.append(statement)
            else:
                inner, file = self._seen(path, statement.rest.strip())
                why = "it includes itself" if inner in above else file.why
                if why and why != _TOO_MUCH:
                    here = "it" if path == first else shown(os.path.relpath(path, os.path.dirname(self._path)))
                    why = f"{here} includes `{statement.rest.strip()}`, and {why}"
                elif inner not in done:
                    above[inner] = iter(file.statements)
        return why

    def _seen(self, above: str, name: str) -> tuple[str, _File]:
        if (above, name) not in self.seen:
            self.seen[above, name] = self.look_up(above, name)
        return self._file(above, name)

    def _file(self, above: str, name: str) -> tuple[str, _File]:
        """The path that a name in a file leads to, and what stands there."""
        try:
            path = os.path.realpath(os.path.join(os.path.dirname(above), name))
            if os.path.commonpath([path, self._root]) != self._root:
                return path, _File("it lies outside the project")
        except (OSError, ValueError):
            return "", _File("that is no name of a file")
        if not os.path.isfile(path):
            return path, _File("there is no such file")
        if path not in self._files:
            self._files[path] = self._read(path)
        return path, self._files[path]

    def _read(self, path: str) -> _File:
        content = read(path)
        if content.trouble is not None:
            return _File(content.trouble.message)
        text = content.source.text
        self._length += len(text)
        if len(self._files) >= FILES or self._length > LARGEST:
            return _File(_TOO_MUCH)
        mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        parse = notations[self._settings.notation or "plain"].parse
        stated = (each for passage in windows(content.source) for each in parse(passage.window).statements)
        return _File("", mark, [each for each in stated if _is_kept(each)])


class _File(NamedTuple):
    """An included file: why it is none, a mark of its text, its declarations and includes."""

    why: str
    mark: str = ""
    statements: Sequence[Declaration | Directive] = ()


def _is_kept(statement: Statement) -> bool:
    return isinstance(statement, Declaration) or (isinstance(statement, Directive) and statement.name == "include")


def project_root(path: str) -> str:
    """The nearest folder above a file that is a project's, else the file's own."""
    own = folder = os.path.dirname(path)
    while not any(os.path.exists(os.path.join(folder, name)) for name in _ROOTS):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return own
    return folder
