"""A first word that is nearly a command, or nearly a file, and no formula: what is meant by it is said."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from ._command import UsageError
from ._paths import is_path

_WORD = r"[A-Za-z][a-z]{2,}"
_LIKE = 0.75
"""How alike two words are, between 0 and 1, of which one is a slip of the other: `verfy`, `exlpain`."""
_FORMULA = re.compile(r"[-+*/@=:·×∘⊙≈←,^&)(\[_']")
_PREFIX = 4
"""How many letters of a command are enough to recognise it: `veri`."""


def refuse_mistyped(words: Sequence[str], commands: Sequence[str]) -> None:
    """UsageError where the first word is not a formula and nearly a command, or stands before a file."""
    if not words or not re.fullmatch(_WORD, words[0]):
        return
    word, others = words[0], words[1:]
    before_file = bool(others) and os.path.exists(others[0]) and is_path(others[0])
    if is_path(word) or (others and not before_file and _FORMULA.match(others[0])):
        return
    near = nearest(word.lower(), commands) or (_file(word) if not others else None)
    if near:
        raise UsageError(f"{word}: no such command; did you mean {near}?")
    if before_file:
        raise UsageError(f"{word}: no such command; choose from {', '.join(commands)}")


def nearest(word: str, names: Sequence[str]) -> str | None:
    """The name that a word begins, or is a slip of."""
    from difflib import get_close_matches

    begun = [name for name in names if len(word) >= _PREFIX and name.startswith(word)]
    return next(iter([*begun, *get_close_matches(word, names, 1, _LIKE)]), None)


def _file(word: str) -> str | None:
    """The file of this name, with a suffix that is read."""
    from ..documents import by_suffix

    return next((f"{word}{suffix}" for suffix in by_suffix() if os.path.isfile(f"{word}{suffix}")), None)
