"""Parts of sentences that state shapes: the names, and numbers of rows, columns or entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import regex

_BARE = r"d?(?![aI]\s)[A-Za-zα-ωΑ-Ω](?:[0-9]|_\w{1,2}|\[\w(?:[-+]1)?\])?"
"""A name in running text, without backticks or dollars."""
_MARKED = r"(?:`[^\W\d][\w.\[\]^{}]{0,30}`|\$[^$\n]{1,60}\$)"
_SPELLED = rf"(?:{_MARKED}|(?<![A-Za-z0-9_$`\\]){_BARE}(?![A-Za-z0-9_`$]))"
_BETWEEN = r"\s*(?:,\s*(?:and\s+)?|/|\band\b|\bund\b|和|与|、)\s*"
COUNT = r"(?:[1-9][0-9]*|[A-Za-z](?:_\w{1,5}|[0-9])?)"
"""A number of rows or columns in running text."""
MARKS = rf"(?P<names>{_MARKED}(?:{_BETWEEN}{_MARKED}){{0,4}})"
"""Names between backticks or dollars."""
ONE_NAME = rf"(?P<names>{_SPELLED})"
"""A single name."""
NAMES = rf"(?P<names>{_SPELLED}(?:{_BETWEEN}{_SPELLED}){{0,4}})"
"""Names, marked or not."""
_LETTER = rf"(?<![A-Za-z_])(?P<letter>{_BARE})(?![A-Za-z0-9_])"
_NAME = regex(rf"`(?P<code>[^`\n]{{1,30}})`|\$(?P<latex>[^$\n]{{1,60}})\$|{_LETTER}")
_FONT = r"(?:\\(?:math|bold)[a-z]+\s*\{\s*\\?\w+\s*\}|\\(?:bm|vec|hat|tilde|bar)\s*\{?\s*\w+\s*\}?|\\?[^\W\d]\w*)"
_SYMBOL = regex(rf"{_FONT}(?:\s*[_^]\s*(?:\{{[^{{}}]*\}}|\\prime|\w)|')*")


def named(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The names of a sentence, each with its notation; nothing if one of them is not a name."""
    names = [(each["code"] or each["letter"] or each["latex"], each) for each in _NAME.finditer(found["names"])]
    parts = [
        (part.strip(), bool(each["latex"]))
        for name, each in names
        for part in (re.split(r",(?![^{(\[]*[\])}])", name) if each["latex"] else [name])
    ]
    if all(not is_typeset or _SYMBOL.fullmatch(name) for name, is_typeset in parts):
        yield from ((name, _notation(is_typeset)) for name, is_typeset in parts)


def _notation(is_typeset: bool) -> str:
    return "latex" if is_typeset else "plain"
