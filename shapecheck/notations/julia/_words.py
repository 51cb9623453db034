"""The words of Julia: what opens, parts and ends a block, what a line assigns, what is not a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text import regex

OPENING = "function|for|while|if|let|begin|try|do|quote|macro|struct|module|baremodule"
PARTING = frozenset(("else", "elseif", "catch", "finally"))
PREFIXED = frozenset(("local", "global", "const"))
"""What may stand before an assignment."""
PARAMETER = regex(r"(?:^|[,;])\s*([^\W\d]\w*)")
"""A parameter, without its type and its default."""
COUNTED = regex(r"(?:for\s+|,\s*|\(\s*)([^\W\d]\w*)(?=\s*(?:=|∈|in\b|,|\)))")
"""A name that a loop counts with."""
_SIGN = regex(rf"[()\[\]{{}}]|(?<![\w.:])(?:{OPENING}|end)(?!\w)")
_ASSIGNED = regex(r"(?<![=<>!.+*/-])=(?![=>])")
_LONG = r"function\s+(?P<name>[\w.!]*)\s*(?:\((?P<parameters>.*?)\))?"
_SHORT = r"(?P<own>[\w.!]+)\((?P<given>[^()]*)\)\s*(?:where\s+\w+\s*)?=(?![=>])\s*"
FUNCTION = regex(rf"(?:{_LONG}|{_SHORT})", re.DOTALL)
"""The head of a function, and one in one line: `σ(z) = …`, `f(x::Matrix) where T = …`."""
_WORDS = "|".join((*PARTING, *PREFIXED, "end|return|mutable|abstract|using|import|export|break|continue"))
FIRST = regex(rf"(?:{_WORDS}|{OPENING})(?!\w)")
"""A word of the language at the beginning of a line."""
_MACRO = r"@(?!\.|views?\b|inbounds\b|time\b|fastmath\b)\w+"
SILENT = regex(rf"\s*(?:{_MACRO}|(?:print|println|error|throw|include)\b)")
"""What is not a formula: what is printed, asserted, thrown, included."""


def opened(text: str) -> int:
    """How many more blocks a statement opens than it ends; between brackets `end` is a position."""
    depth = found = 0
    for sign in _SIGN.findall(text):
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
        elif depth <= 0:
            found += -1 if sign == "end" else 1
    return found


def between_commas(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a text between commas that stand outside of brackets."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if text[at] == "," and not depth:
            yield start, at
            start = at + 1
    yield start, end


def side_by_side(text: str) -> list[list[tuple[int, int]]]:
    """The parts of each of several assignments at once, `n, m = 4, 6`: its name, the sign, its value."""
    sign = _ASSIGNED.search(text)
    if sign is None or "," not in text[: sign.start()]:
        return []
    names = list(between_commas(text, 0, sign.start()))
    values = list(between_commas(text, sign.end(), len(text)))
    if len(names) != len(values) or "(" in text[: sign.start()]:
        return []
    return [[name, sign.span(), value] for name, value in zip(names, values, strict=True)]
