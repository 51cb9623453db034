"""What belongs together among the words of a call: a formula in several words, or several formulas, each quoted.

A shell hands over the words without their quotes. What has a blank in it was quoted, and stands for itself; words
without one are a formula together, unless two of them are equations. What begins or ends with a sign that wants
something on both sides goes on in any case: `dZ = "W.T dA"`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from ._paths import is_path

_SIGNS = r"[-+*/@=<>·×∘⊙≈←,^&]"
_ENDS = re.compile(rf"(?:{_SIGNS}|\\(?:odot|circ|cdot|times|otimes|leftarrow))\s*\Z")
_BEGINS = re.compile(
    r"\s*(?:[+*/=·×∘⊙≈←,^&)\]}]|-(?:\s|=|\Z)|[:@]=|<-|@(?![a-z]+(?:\s|\Z))|\.[A-Za-z*/^']"
    r"|\\(?:odot|circ|cdot|times|otimes|leftarrow)(?![a-z]))"
)
_ASSIGNS = re.compile(r"[-+*/:@]?=")
_OPEN, _CLOSED = "([{", ")]}"


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
    """Whether a word behind others is a file: one that exists, with a dot or a folder in its name."""
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
