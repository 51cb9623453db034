"""What a target of a check is: a formula, a file, a folder, or `-` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from ._errors import UsageError
from ._paths import looks_like_path, missing
from ._questions import formula_in

STDIN = "<stdin>"
Excludes: TypeAlias = Callable[[str], bool]
"""Whether a walk leaves out a path; a folder's path ends with a slash."""


class Target(NamedTuple):
    """A formula's text, a file's path, or the text of standard input."""

    kind: Literal["formula", "file", "stdin"]
    text: str


def nothing(path: str) -> bool:
    """Leaves out no path."""
    return False


def is_path(word: str) -> bool:
    """Whether a word is a file: it exists, it ends as files do that shapecheck reads, or it looks like a path."""
    if os.path.exists(word) or looks_like_path(word):
        return True
    suffix = os.path.splitext(word)[1].lower()
    if len(suffix) < 2 or not suffix[1:].isalpha() or any(char.isspace() for char in word):
        return False
    from ..documents import by_suffix

    return suffix in by_suffix()


def find(words: Iterable[str], excludes: Excludes = nothing, force: bool = False) -> Iterator[Target]:
    """The targets that words name, folders as the files in them, each file once.

    A walk leaves out what `excludes`; with `force` files that are named are left out too.
    """
    seen: set[str] = set()
    for target in _all(words, excludes):
        if force and target.kind == "file" and is_excluded(target.text, excludes):
            continue
        key = {"file": os.path.realpath(target.text), "stdin": "-"}.get(target.kind, "")
        if key not in seen or not key:
            seen.add(key)
            yield target


def is_excluded(path: str, excludes: Excludes) -> bool:
    """Whether a file, or a folder that it stands in, is left out."""
    folders = path.replace(os.sep, "/").split("/")[:-1]
    above = ("/".join(folders[: depth + 1]) + "/" for depth in range(len(folders)))
    return any(map(excludes, (path, *above)))


def _all(words: Iterable[str], excludes: Excludes) -> Iterator[Target]:
    for word in words:
        if word == "-":
            yield Target("stdin", "-")
        elif not is_path(word):
            yield Target("formula", formula_in(word))
        elif os.path.isdir(word):
            yield from (Target("file", path) for path in _files(word, excludes))
        else:
            yield _file(word)


def _files(folder: str, excludes: Excludes) -> Iterator[str]:
    from ..documents import documents
    from ..files import walk

    suffixes = [suffix for document in documents.all() for suffix in document.suffixes]
    folder = os.path.normpath(folder)
    is_named_although = folder != os.curdir and excludes(f"{folder}/")
    return walk(folder, suffixes, nothing if is_named_although else excludes)


def _file(path: str) -> Target:
    from ..documents import by_suffix, document_of

    if not os.path.exists(path):
        raise UsageError(missing(path))
    if document_of(path) is None:
        raise UsageError(f"{path} is not a kind of file that is read; these are: {' '.join(sorted(by_suffix()))}")
    return Target("file", path)


def refuse_twice(targets: Iterable[Target], name: str) -> None:
    """UsageError where standard input has the name of a file that is checked too."""
    place = os.path.realpath(name)
    if any(target.kind == "file" and os.path.realpath(target.text) == place for target in targets):
        raise UsageError(f"{name} is checked as a file, and standard input has the same name")


def read_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read() if sys.stdin else b""
