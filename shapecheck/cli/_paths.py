"""Which words of a call look like paths, and which existing path a mistyped one may mean."""

from __future__ import annotations

import os
import re

_PATH = r"[\w.~/\\+-]*[A-Za-z][\w.~/\\+-]*"
_START = r"(?:~|\.\.?)?[/\\]"
_SUFFIX = r"[\w/\\-]{2,}\.([A-Za-z]+)"
_FOLDERS = r"[a-z][a-z0-9_-]{3,}(?:/[a-z][a-z0-9_-]{3,})+"
_ALIKE = 0.75
"""How similar the name of a file must be to be suggested, between 0 and 1."""
_OF_ARRAYS = frozenset(
    "T H mT mH t grad dot sum mean max min prod std var trace transpose conj shape size ndim".split()
)
"""What stands after the dot of an array: `W.grad` is not a file."""


def is_path(word: str) -> bool:
    """Whether a word is a file: it exists, it ends as files do that shapecheck reads, or it looks like a path."""
    if os.path.exists(word) or looks_like_path(word):
        return True
    suffix = os.path.splitext(word)[1].lower()
    if len(suffix) < 2 or not suffix[1:].isalpha() or any(char.isspace() for char in word):
        return False
    from ..documents import by_suffix

    return suffix in by_suffix()


def looks_like_path(word: str) -> bool:
    """Whether a word that names nothing can only be a path: `./notes`, `notes.mdx`, `lectures/first`."""
    if " " in word or re.fullmatch(_PATH, word) is None:
        return False
    if re.match(_START, word) or word.endswith(("/", "\\")):
        return True
    suffix = re.fullmatch(_SUFFIX, word)
    if suffix is not None:
        return suffix[1] not in _OF_ARRAYS and not word.startswith(("np.", "torch."))
    folder = os.path.dirname(word)
    return re.fullmatch(_FOLDERS, word) is not None or (len(folder) > 1 and os.path.isdir(folder))


def missing(path: str) -> str:
    """What to say of a path that does not exist, with the most similar one beside it."""
    if os.path.islink(path):
        return f"there is no file {path}: it is a broken link"
    near = _nearest(os.path.normpath(path))
    return f"there is no file {path}" + (f"; did you mean {near}?" if near else "")


def _nearest(path: str) -> str | None:
    """The existing path whose name is most alike, of the folder where that is missing already."""
    folder, name = os.path.split(path)
    if folder and folder != path and not os.path.isdir(folder):
        return _nearest(folder)
    try:
        near = max(
            os.listdir(folder or "."), key=lambda other: (_likeness(name.lower(), other.lower()), other), default=""
        )
    except OSError:
        return None
    return os.path.join(folder, near) if near and _likeness(name.lower(), near.lower()) > _ALIKE else None


def _likeness(name: str, other: str) -> float:
    """How alike two names are from 0 to 1, that before the suffix counting most."""
    from difflib import SequenceMatcher

    pairs = zip(os.path.splitext(name), os.path.splitext(other), strict=True)
    stem, suffix = (SequenceMatcher(None, *pair).ratio() if any(pair) else 1 for pair in pairs)
    return 0.9 * stem + 0.1 * suffix
