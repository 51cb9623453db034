"""Find the names that something is said of: those before a sign, as `W, U` before the ∈ of `W, U ∈ ℝ^{n×d}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..values import NamedTuple

REACH = 300
"""How far before a sign its names begin."""


class Spelled(NamedTuple):
    """A name, where it stands, and whether in LaTeX or in plain text."""

    text: str
    start: int
    notation: str


def names_before(text: str, end: int) -> Iterator[Spelled]:
    """The names of a list that ends at an offset, from the last to the first; of `δ = dZ` both, of `x + y` none."""
    begin = max(0, end - REACH)
    behind = _blanks_behind().search(text, begin, end)
    end = behind.start() if behind else end
    low, is_mathematics = begin, False
    for boundary in _boundary().finditer(text, begin, end):
        low, is_mathematics = boundary.end(), boundary[0][0] in "$\\&"
    for start, piece in reversed(list(_pieces(text[low:end], low))):
        members = list(_members(piece, start))
        names = [found for member, at in members if (found := _name_in(member, at))]
        yield from names
        if len(members) > 1 or not names:
            if not names and len(members) == 1 and not is_mathematics:
                yield from _last_word(piece, start)
            return


def is_name(text: str) -> bool:
    """Whether a text in LaTeX is one name with its indices, and nothing else."""
    return _name().fullmatch(text.strip()) is not None


def _pieces(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The parts of a list between its commas, those outside of brackets."""
    depth, last = 0, 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",，、" and depth <= 0:
            yield start + last, text[last:at]
            last = at + 1
    yield start + last, text[last:]


def _members(piece: str, start: int) -> Iterator[tuple[str, int]]:
    """The sides of an equation, each with where it stands."""
    at = 0
    for part in re.split(r"(:?=)", piece):
        if part not in ("=", ":="):
            yield part, start + at
        at += len(part)


def _name_in(text: str, start: int) -> Spelled | None:
    found = _blanks().match(text)
    lead = found.end() if found else 0
    bare = _blanks_behind().sub("", text[lead:])
    if not is_name(bare):
        return None
    return Spelled(bare, start + lead, "latex" if "\\" in bare or "{" in bare else "plain")


def _last_word(piece: str, start: int) -> Iterator[Spelled]:
    """The name after words of prose, as in "and let x"."""
    found = _after_words().search(piece)
    if found:
        name = found["name"]
        yield Spelled(name, start + found.start("name"), "latex" if "\\" in name or "{" in name else "plain")


_GROUP = r"\{(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\})*\})*\}"
_BLANK = r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z])|~)"
_SIGNS = "q?quad|text|in|left|right|begin|end|forall|exists|times|cdot|odot|l?dots|sum|max|min"
_INDEX = rf"\s*[_^]\s*(?:{_GROUP}|\\[A-Za-z]+|\[[^\[\]$]*\]|[^\s{{}}\\$])|'|\[[^\[\]$]*\]"


@cache
def _name() -> re.Pattern[str]:
    """A name with its fonts and indices, or the derivative of a loss by one."""
    font = r"\\(?:math|bold)[a-z]*|\\(?:bm|vec|hat|tilde|bar|widehat|widetilde|overline)"
    below = rf"\\nabla\s*_\s*(?:{_GROUP}|\\?\w+)\s*\\?(?:mathcal\s*)?(?:{_GROUP}|\w)"
    derivative = rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}|{below}"
    fonted = rf"(?:{font})\s*(?:{_GROUP}|\\?[A-Za-z])"
    d = r"(?:\\(?:mathrm|rm)\s*\{\s*d\s*\}|\{\s*\\rm\s+d\s*\}|d)?\s*"
    letter = rf"(?!\\(?:{_SIGNS})(?![a-z]))\\[A-Za-z]+|(?!ℝ)[^\W\d]\w*"
    return re.compile(rf"(?:{derivative}|{d}(?:{fonted}|{letter}))(?:{_INDEX}){{0,4}}")


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(rf"{_BLANK}*")


@cache
def _blanks_behind() -> re.Pattern[str]:
    return re.compile(rf"{_BLANK}+\Z")


@cache
def _after_words() -> re.Pattern[str]:
    words = r"(?:\A|(?<=[a-z]{2})|(?<=[^\x00-\u02ff]))"
    return re.compile(rf"{words}\s+(?P<name>{_name().pattern})\s*\Z")


@cache
def _boundary() -> re.Pattern[str]:
    marker = r"\\(?:begin|end)\s*\{\w+\*?\}(?:\{[^{}]*\})?"
    words = r"\\(?:text|mathrm|mbox)\s*\{[^{}]*\s[^{}]*\}|\\text\s*\{[^{}]*\}|(?<![A-Za-z])(?:and|with)(?![A-Za-z])"
    signs = r"\\(?:q?quad|where|Rightarrow|Longrightarrow|implies|forall|exists|land|item)(?![A-Za-z])"
    return re.compile(rf"\$+|\\\\+[\[(]?|\\[\[\]()]|{marker}|{words}|{signs}|[;；：。&]|:(?!=)|[.!?]\s|\n\s*\n")
