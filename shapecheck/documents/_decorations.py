"""What is pasted with a formula: prompts, quotes, the signs of lists, `return`; found line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import regex

_AROUND = (("```", "```"), ("**", "**"), ("__", "__"), ("print(", ")"))
_OPENING = frozenset("`“”„«‹‘\"'")
_CLOSING = frozenset('`“”»›"')
"""Quotes, with which no formula begins or ends."""
_SINGLE = frozenset("'‘’")
"""These end a formula too, as transposes: they are quotes where one of them begins it."""
_MOST = 10
"""How many signs, one in the other, stand around a formula: more is no paste, and would take long."""
_LINE = re.compile(r"[^\r\n]+")
_RELATION = re.compile(r"(?<![=<>!])=(?!=)|[←≔]|\\leftarrow")
_PROMPT = regex(r"\s*(?:\.\.\.:?|>>>|>)(?=\s)")
_SIGN = regex(
    r"\s*(?:(?:>>>|\.\.\.|In\s*\[\s*\d*\s*\]:|Out\s*\[\s*\d*\s*\]:)(?:\s+|(?=\w))"
    r"|(?:>\s*)+(?=\S)|[*•◦▪‣]\s+(?=\S)|\d{1,3}\)\s+(?=\S)|<[a-z]+>"
    r"|return\b\s*(?=[^\s=])|assert\b\s*(?=\S)"
    r"|(?P<doubtful>[-+–—]\s+|\(?(?:\d{1,3}|[a-h]|i{1,3}|iv|vi{0,3})[.)]\s+|\[\d+\]\s+|(?:=+>|-+>|[→⇒…])\s*))"
)
_ENDING = regex(r"(?:(?:</[a-z]+>|[✓✗✔✘])\s*)+[.,;]?\Z|(?<!\\)\\\\\s*(?:\[[^\]]*\]\s*)?\Z")


def decorations(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a text that belong to no formula, in order."""
    depth, goes_on = 0, False
    for line in _LINE.finditer(text):
        begun = depth > 0 or goes_on
        start, end = _bare(text, *line.span()) if not begun else (_behind_prompt(text, *line.span()), line.end())
        depth = max(0, depth + sum(map(line[0].count, "([{")) - sum(map(line[0].count, ")]}")))
        goes_on = line[0].endswith("\\")
        if start > line.start() and start < end:
            yield line.start(), start
        if end < line.end() and start < end:
            yield end, line.end()


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the formula of a line begins and ends."""
    for _ in range(_MOST):
        begin = _without_sign(text, start, end)
        begin, stop = _without_quotes(text, begin, end)
        if (begin, stop) == (start, end):
            break
        start, end = begin, stop
    return start, end


def _behind_prompt(text: str, start: int, end: int) -> int:
    """Where a line begins that goes on with a formula: behind a prompt, if there is one."""
    found = _PROMPT.match(text, start, end)
    return found.end() if found else start


def _without_sign(text: str, start: int, end: int) -> int:
    """Behind one sign that begins a line."""
    found = _SIGN.match(text, start, end)
    if found is None:
        return start
    doubtful = found["doubtful"] is not None
    return start if doubtful and not _RELATION.search(text, found.end(), end) else found.end()


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a pair of quotes, of marks of emphasis, or what is called around a line; without what only ends it."""
    inner = text[start:end].strip()
    begin = text.index(inner, start)
    stop = begin + len(inner)
    closing = _ENDING.search(text, begin, stop)
    if closing is not None:
        return begin, closing.start()
    for opener, closer in _AROUND:
        if inner.startswith(opener) and inner.endswith(closer) and len(inner) > len(opener) + len(closer):
            return begin + len(opener), stop - len(closer)
    core = inner.rstrip(".,;")
    is_closed = core[-1:] in _CLOSING or (core[-1:] in _SINGLE and core[0] in _SINGLE)
    if not is_closed and inner[:1] not in _OPENING:
        return start, end
    return begin + (inner[0] in _OPENING), begin + len(core) - 1 if is_closed else stop
