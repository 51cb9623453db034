"""What `@include FILE` declares: files beside the one that includes them, inside the project, without going round."""

from __future__ import annotations

import os
from functools import cached_property

from ..settings import Settings
from ..syntax.nodes import NOWHERE, Declaration, Program, Statement, Trouble
from ._shelf import File, Shelf, without
from .reading import LARGEST, shown

FILES = 1_000
"""How many files one may include, those that they include among them: far more than anybody keeps by hand."""
_TOO_MUCH = f"more than {FILES:,} files, or {LARGEST // 1_000_000} MB, are included"
_ROOTS = (".git", "pyproject.toml")


class Including:
    """Reads what the files named in `path` declare, each file once: call it with a name.

    A text says in a few words why a file cannot be included. `seen` has a mark for each name that was looked up, by the
    file in which it stands: what is included is the same as long as `look_up` gives the same marks. The files of a run
    share a `shelf`.
    """

    def __init__(self, path: str, settings: Settings, shelf: Shelf | None = None) -> None:
        self.seen: dict[tuple[str, str], str] = {}
        self._named = path
        self._settings = settings
        self._shelf = Shelf() if shelf is None else shelf
        self._files: dict[str, File] = {}
        self._found: dict[str, Program | str] = {}
        self._length = 0

    def __call__(self, name: str) -> Program | str:
        if name not in self._found:
            self._found[name] = self._gathered(name)
        return self._found[name]

    def look_up(self, above: str, name: str) -> str:
        """A mark of what a name in a file leads to: of its path and its text, or of why there is none."""
        return self._file(above, name)[1].mark

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

    def _seen(self, above: str, name: str) -> tuple[str, File]:
        path, file = self._file(above, name)
        self.seen[above, name] = file.mark
        return path, file

    def _file(self, above: str, name: str) -> tuple[str, File]:
        """The path that a name in a file leads to, and what stands there, unless that is too much for one file."""
        path, file = self._shelf.find(above, name, self._root, self._settings.notation or "plain")
        if file.why:
            return path, file
        if path not in self._files:
            self._files[path] = self._counted(path, file)
        return path, self._files[path]

    def _counted(self, path: str, file: File) -> File:
        self._length += file.length
        is_too_much = len(self._files) >= FILES or self._length > LARGEST
        return without(path, _TOO_MUCH) if is_too_much else file


def project_root(path: str) -> str:
    """The nearest folder above a file that is a project's, else the file's own."""
    own = folder = os.path.dirname(path)
    while not any(os.path.exists(os.path.join(folder, name)) for name in _ROOTS):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return own
    return folder
