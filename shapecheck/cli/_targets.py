"""Find the targets of a check: formulas, files, folders, or `-` for standard input."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from ..values import NamedTuple
from ._command import UsageError
from ._paths import is_path, missing

STDIN = "<stdin>"
Excludes: TypeAlias = Callable[[str], bool]
"""Whether a walk leaves out a path; a folder's path ends with a slash."""
EXAMPLE = 'as in: shapecheck "dZ1 = W2.T dZ2"'
_OPENING = r"(?:[A-Za-z][A-Za-z']*,? ){2,}(?:[A-Za-z']{2,}: ?)?(?=\S+\s*=[^=])"
_CLOSING = r"(?:,? (?:is|it|this|that|not|and|why|or|wrong|right|correct|ok|true))*\s*[?!]+\s*\Z"
_SPEECH = frozenset(
    "what why how is are was does do can should i it in of my me the this that with get got have a wrong right".split()
)
_WORD = r"[A-Za-z][a-z']{2,}"
_SIGNS = r"[-+*/@=<>·×∘⊙≈←,^&]"
_ENDS = re.compile(rf"(?:{_SIGNS}|\\(?:odot|circ|cdot|times|otimes|leftarrow))\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:[+*/=·×∘⊙≈←,^&)\]}]|-(?:\s|=|\Z)|[:@]=|<-|@(?![a-z]+(?:\s|\Z))|\.[A-Za-z*/^']"
    r"|\\(?:odot|circ|cdot|times|otimes|leftarrow)(?![a-z]))"
)
_ASSIGNS = re.compile(r"[-+*/:@]?=")
_OPEN, _CLOSED = "([{", ")]}"


class Target(NamedTuple):
    """The text of formulas, a line each, a file's path, or the text of standard input."""

    kind: Literal["formula", "file", "stdin"]
    text: str


def nothing(path: str) -> bool:
    """Leaves out no path."""
    return False


def find(words: Iterable[str], excludes: Excludes = nothing, force: bool = False) -> Iterator[Target]:
    """The targets that words name: folders as the files in them, each file once, formulas that follow each other as
    one text.

    A walk leaves out what `excludes`; with `force` files that are named are left out too.
    """
    seen: set[str] = set()
    for target in _all(grouped(list(words)), excludes):
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
    for is_formula, some in groupby(words, lambda word: word != "-" and not is_path(word)):
        if is_formula:
            yield Target("formula", "\n".join(map(formula_in, some)))
        else:
            yield from _places(some, excludes)


def _places(words: Iterable[str], excludes: Excludes) -> Iterator[Target]:
    for word in words:
        if word == "-":
            yield Target("stdin", "-")
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
        raise UsageError(f"cannot check this kind of file: {path}; known suffixes: {' '.join(sorted(by_suffix()))}")
    return Target("file", path)


def refuse_twice(targets: Iterable[Target], name: str) -> None:
    """UsageError if standard input has the name of a file that is checked too."""
    place = os.path.realpath(name)
    if any(target.kind == "file" and os.path.realpath(target.text) == place for target in targets):
        raise UsageError(f"{name} is given both as a file and as the name of standard input")


def read_stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read() if sys.stdin else b""


def is_piped() -> bool:
    """Whether standard input is a pipe or a file, not a terminal."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def named(words: Sequence[str] | None, example: str, what: str = "a formula, a file or a folder") -> list[str]:
    """The words of a call, or standard input if there are none; UsageError if nothing is piped in either."""
    if not words and not is_piped():
        raise UsageError(f"give {what}, as in: {example}")
    return list(words or ["-"])


def formula_in(text: str) -> str:
    """The formula that a text is, or asks about; UsageError where it is empty or a question without one."""
    if not text.strip():
        raise UsageError(f"the formula is empty; give one, {EXAMPLE}")
    opening = re.match(_OPENING, text) if _begins_with_words(text) else None
    if opening is not None and _is_prose(opening[0]):
        return re.sub(_CLOSING, "", text[opening.end() :])
    if text.rstrip().endswith("?") and "=" not in text and _is_prose(text):
        raise UsageError(f"this looks like a question; give only the formula, {EXAMPLE}")
    return text


def _begins_with_words(text: str) -> bool:
    """Whether a text begins with two words of letters: no more is looked at in `dZ1 = …`."""
    words = text.split(None, 2)[:2]
    return len(words) == 2 and all(word.strip(",:").replace("'", "").isalpha() for word in words)


def _is_prose(text: str) -> bool:
    """Whether most words of a text are such as stand in sentences, and no names of matrices."""
    words = re.findall(r"[^\s,:?!]+", text)
    plain = [word for word in words if re.fullmatch(_WORD, word) or word.lower() in _SPEECH]
    speaks = any(word.lower() in _SPEECH for word in words)
    return speaks and len(plain) > 1 and 4 * len(plain) >= 3 * len(words)


def grouped(words: Sequence[str]) -> list[str]:
    """Each path and each formula of a call, the words of a formula joined by blanks."""
    found: list[list[str]] = []
    for place, word in enumerate(words):
        if found and _goes_on(found[-1], word, is_last=place == len(words) - 1):
            found[-1].append(word)
        else:
            found.append([word])
    return list(map(" ".join, found))


def _goes_on(before: Sequence[str], word: str, is_last: bool) -> bool:
    """Whether a word belongs to the formula of those before it."""
    text = " ".join(before)
    if text == "-" or (word == "-" and is_last):
        return False
    if is_path(text):
        return _ASSIGNS.match(word) is not None
    if _ENDS.search(text) or sum(map(text.count, _OPEN)) > sum(map(text.count, _CLOSED)):
        return True
    if is_equation(text) and is_equation(word):
        return False
    if _is_file(word):
        return False
    return _BEGINS.match(word) is not None or not any(map(_is_quoted, (*before, word)))


def _is_quoted(word: str) -> bool:
    return any(map(str.isspace, word))


def _is_file(word: str) -> bool:
    """Whether a word after others is a file: one that exists, with a dot or a folder in its name."""
    return ("." in word or "/" in word) and os.path.exists(word)


def is_equation(text: str) -> bool:
    """Whether a text says that something is something: a `=` outside of brackets, with something on both sides."""
    left = next((at for at, depth in _depths(text) if not depth and text[at] == "=" and _is_relation(text, at)), 0)
    return bool(text[:left].strip(" :+-*/@&") and text[left + 1 :].strip(" &"))


def _is_relation(text: str, at: int) -> bool:
    return text[at - 1 : at] not in ("=", "<", ">", "!") and text[at + 1 : at + 2] != "="


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """The place of each character, and how many brackets are open there."""
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSED)
        yield at, depth
