"""What a target of a check is: a formula, a file, a folder, or `-` for standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from ._errors import UsageError
from ._paths import looks_like_path, missing
from ._questions import formula_in

STDIN = "<stdin>"


class Target(NamedTuple):
    """A formula's text, a file's path, or the text of standard input."""

    kind: Literal["formula", "file", "stdin"]
    text: str


def is_path(word: str) -> bool:
    """Whether a word is a file: it exists, it ends as files do that shapecheck reads, or it looks like a path."""
    if os.path.exists(word) or looks_like_path(word):
        return True
    suffix = os.path.splitext(word)[1].lower()
    if len(suffix) < 2 or not suffix[1:].isalpha() or any(char.isspace() for char in word):
        return False
    from ..documents import by_suffix

    return suffix in by_suffix()


def find(words: Iterable[str]) -> Iterator[Target]:
    """The targets that words name, folders as the files in them, each file once."""
    seen: set[str] = set()
    for target in _all(words):
        key = os.path.realpath(target.text) if target.kind == "file" else ""
        if key not in seen or not key:
            seen.add(key)
            yield target


def _all(words: Iterable[str]) -> Iterator[Target]:
    for word in words:
        if word == "-":
            yield Target("stdin", "-")
        elif not is_path(word):
            yield Target("formula", formula_in(word))
        elif os.path.isdir(word):
            yield from (Target("file", path) for path in _files(word))
        else:
            yield _file(word)


def _files(folder: str) -> Iterator[str]:
    from ..documents import documents
    from ..files import walk

    return walk(os.path.normpath(folder), [suffix for document in documents.all() for suffix in document.suffixes])


def _file(path: str) -> Target:
    from ..documents import by_suffix, document_of

    if not os.path.exists(path):
        raise UsageError(missing(path))
    if document_of(path) is None:
        raise UsageError(f"{path} is not a kind of file that is read; these are: {' '.join(sorted(by_suffix()))}")
    return Target("file", path)


def read_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()
