"""What `@include FILE` declares: files beside the one that includes them, inside the project, without going round."""

from __future__ import annotations

import os
from collections.abc import Callable

from ..documents.formulas import windows
from ..notations import notations
from ..syntax.nodes import Declaration, Directive, Program, Statement
from .reading import read

_ROOTS = (".git", "pyproject.toml")


def includer(path: str, root: str | None = None, notation: str = "plain") -> Callable[[str], Program | str]:
    """A function that reads what a file named in `path` declares, or says in a few words why it cannot."""
    whole = os.path.realpath(path)
    return _Includer(os.path.realpath(root) if root else project_root(whole), notation).beside(whole, ())


def project_root(path: str) -> str:
    """The nearest folder above a file that is a project's, else the file's own."""
    own = folder = os.path.dirname(path)
    while not any(os.path.exists(os.path.join(folder, name)) for name in _ROOTS):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return own
    return folder


class _Includer:
    """Reads included files below one root."""

    def __init__(self, root: str, notation: str) -> None:
        self._root = root
        self._parse = notations[notation].parse

    def beside(self, path: str, above: tuple[str, ...]) -> Callable[[str], Program | str]:
        """Reads names relative to a file that is itself included by those above."""
        return lambda name: self._include(name, path, (*above, path))

    def _include(self, name: str, path: str, above: tuple[str, ...]) -> Program | str:
        try:
            wanted = os.path.realpath(os.path.join(os.path.dirname(path), name))
            if os.path.commonpath([wanted, self._root]) != self._root:
                return "it lies outside the project"
        except (OSError, ValueError):
            return "that is no name of a file"
        if wanted in above:
            return "it includes itself"
        if not os.path.isfile(wanted):
            return "there is no such file"
        return self._declared(wanted, above)

    def _declared(self, path: str, above: tuple[str, ...]) -> Program | str:
        content = read(path)
        if content.trouble is not None:
            return content.trouble.message
        declared: list[Statement] = []
        for passage in windows(content.source):
            for statement in self._parse(passage.window).statements:
                if isinstance(statement, Declaration):
                    declared.append(statement)
                elif isinstance(statement, Directive) and statement.name == "include":
                    inner = self.beside(path, above)(statement.rest.strip())
                    if isinstance(inner, str):
                        return f"it includes `{statement.rest.strip()}`, and {inner}"
                    declared += inner.statements
        return Program(declared)
