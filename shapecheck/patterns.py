"""Patterns of `.gitignore`, matched in a time that grows with the path alone, however many stars stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

LONGEST = 4_096
"""How long a pattern may be: about as long as a path is at most, so that a longer one says nothing of any."""
_STAR = r"[^/]*"
_FOLDERS = "(?:/.+)?"
_FIRST_FOLDERS = "^(?:.+/)?"
_NOT_THESE = re.compile(r"\\.|\[\^(?!/)(\]?)", re.DOTALL)


def spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """The rules of some lines, as pathspec reads them; one that is not a pattern says nothing."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec([pattern for line in lines if len(line) <= LONGEST for pattern in _patterns(line)])


def _patterns(line: str) -> Iterator[GitIgnoreSpecPattern]:
    from pathspec import GitIgnoreSpec

    try:
        for pattern in GitIgnoreSpec.from_lines([line]).patterns:
            if pattern.regex is not None:
                yield type(pattern)(re.compile(linear(pattern.regex.pattern), re.DOTALL), pattern.include)
    except (ValueError, re.error):
        return


def linear(regex: str) -> str:
    """pathspec's expression for a pattern, such that what follows a star is looked for once, at its first place.

    A star takes back what it took as often as it likes: `*a*a*a*b` on a name of many `a` tries each way to divide it.
    Where more stars follow, the first place is as good as any other, and an atomic group keeps it; so it is with `**`
    and folders.
    """
    regex = _NOT_THESE.sub(_and_no_slash, regex)
    first, *blocks = regex.split(_FOLDERS)
    if not blocks:
        return _stars(regex)
    if first.startswith(_FIRST_FOLDERS):
        first = f"^(?>(?:[^/]+/)*?{_stars(first.removeprefix(_FIRST_FOLDERS))}(?=/))"
    *inner, last = map(_stars, blocks)
    return "".join([first, *(f"(?>(?:/[^/]+)*?{block}(?=/))" for block in inner), _FOLDERS, last])


def _and_no_slash(sign: re.Match[str]) -> str:
    """`[!a]` is never the slash between two names."""
    return sign[0] if sign[0][0] == "\\" else "[^/" + "\\" * len(sign[1]) + sign[1]


def _stars(regex: str) -> str:
    star, piece = _star_and_piece()
    return piece.sub(r"(?>[^/]*?\1)", star.sub(lambda _: _STAR, regex))


@cache
def _star_and_piece() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Stars that follow each other, and a star with what stands between it and the next one in the same name."""
    star = re.escape(_STAR)
    piece = r"\\.|\[\^?\]?[^\]]*\]|[^/\\\[(]"
    return re.compile(f"(?:{star}){{2,}}"), re.compile(f"{star}((?:{piece})+?)(?={star})", re.DOTALL)
