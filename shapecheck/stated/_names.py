"""Find the names that a statement is about: those before a sign, as `W, U` before the ∈ of `W, U ∈ ℝ^{n×d}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import regex
from ..values import NamedTuple

REACH = 300
"""How far before a sign its names may begin."""
_GROUP = r"\{(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\})*\})*\}"
_BLANK = r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z])|~)"
_SIGNS = "q?quad|text|in|left|right|begin|end|forall|exists|times|cdot|odot|l?dots|sum|max|min"
_INDEX = rf"\s*[_^]\s*(?:{_GROUP}|\\[A-Za-z]+|\[[^\[\]$]*\]|[^\s{{}}\\$])|'|\[[^\[\]$]*\]"
_FONT = r"\\(?:math|bold)[a-z]*|\\(?:bm|vec|hat|tilde|bar|widehat|widetilde|overline)"
_BELOW = rf"\\nabla\s*_\s*(?:{_GROUP}|\\?\w+)\s*\\?(?:mathcal\s*)?(?:{_GROUP}|\w)"
_DERIVATIVE = rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}|{_BELOW}"
_FONTED = rf"(?:{_FONT})\s*(?:{_GROUP}|\\?[A-Za-z])"
_D = r"(?:\\(?:mathrm|rm)\s*\{\s*d\s*\}|\{\s*\\rm\s+d\s*\}|d)?\s*"
_LETTER = rf"(?!\\(?:{_SIGNS})(?![a-z]))\\[A-Za-z]+|(?!ℝ)[^\W\d]\w*"
_NAME = regex(rf"(?:{_DERIVATIVE}|{_D}(?:{_FONTED}|{_LETTER}))(?:{_INDEX}){{0,4}}")
"""A name with its fonts and indices, or the derivative of a loss by one."""
_BLANKS = regex(rf"{_BLANK}*")
_BLANKS_BEHIND = regex(rf"{_BLANK}+\Z")
_BEHIND_WORDS = r"(?:\A|(?<=[a-z]{2})|(?<=[^\x00-\u02ff]))"
_AFTER_WORDS = regex(rf"{_BEHIND_WORDS}\s+(?P<name>{_NAME.pattern})\s*\Z")
_MARKER = r"\\(?:begin|end)\s*\{\w+\*?\}(?:\{[^{}]*\})?"
_JOINING = r"\\(?:text|mathrm|mbox)\s*\{[^{}]*\s[^{}]*\}|\\text\s*\{[^{}]*\}|(?<![A-Za-z])(?:and|with)(?![A-Za-z])"
_COMMANDS = r"\\(?:q?quad|where|Rightarrow|Longrightarrow|implies|forall|exists|land|item)(?![A-Za-z])"
_BOUNDARY = regex(rf"\$+|\\\\+[\[(]?|\\[\[\]()]|{_MARKER}|{_JOINING}|{_COMMANDS}|[;；：。&]|:(?!=)|[.!?]\s|\n\s*\n")


class Spelled(NamedTuple):
    """A name, its span, and whether it is LaTeX or plain text."""

    text: str
    start: int
    notation: str


def names_before(text: str, end: int) -> Iterator[Spelled]:
    """The names of a list that ends at an offset, last one first: both of `δ = dZ`, none of `x + y`."""
    begin = max(0, end - REACH)
    behind = _BLANKS_BEHIND.search(text, begin, end)
    end = behind.start() if behind else end
    low, is_mathematics = begin, False
    for boundary in _BOUNDARY.finditer(text, begin, end):
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
    """Whether a LaTeX text is a single name with its indices."""
    return _NAME.fullmatch(text.strip()) is not None


def _pieces(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The parts of a list between the commas that are outside brackets."""
    depth, last = 0, 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",，、" and depth <= 0:
            yield start + last, text[last:at]
            last = at + 1
    yield start + last, text[last:]


def _members(piece: str, start: int) -> Iterator[tuple[str, int]]:
    """The sides of an equation, each with its offset."""
    at = 0
    for part in re.split(r"(:?=)", piece):
        if part not in ("=", ":="):
            yield part, start + at
        at += len(part)


def _name_in(text: str, start: int) -> Spelled | None:
    found = _BLANKS.match(text)
    lead = found.end() if found else 0
    bare = _BLANKS_BEHIND.sub("", text[lead:])
    if not is_name(bare):
        return None
    return Spelled(bare, start + lead, "latex" if "\\" in bare or "{" in bare else "plain")


def _last_word(piece: str, start: int) -> Iterator[Spelled]:
    """The name after words of prose, as in "and let x"."""
    found = _AFTER_WORDS.search(piece)
    if found:
        name = found["name"]
        yield Spelled(name, start + found.start("name"), "latex" if "\\" in name or "{" in name else "plain")
