"""Cut a program into statements: comments and texts go, brackets and signs at the end of a line go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...text import regex
from ...values import NamedTuple

_MARK = regex(r"[()\[\]{};\n]")
_STRING = r'(?P<string>"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|"(?:[^"\\]|\\.)*+(?:"|\Z))'
_REMARK = regex(rf"{_STRING}|#=(?:[^=]|=(?!#))*+(?:=#|\Z)|#[^\r\n]*", re.DOTALL)


class JuliaLine(NamedTuple):
    """A statement, and where it stands."""

    text: str
    start: int


_ENDING = re.compile(r"(?:[-+*/\\=,^&|<>(\[{]|\.[-+*/])\s*\Z")
"""What a statement cannot end with."""
_BLANKS = 80
"""How many blanks may stand after it."""


def lines(text: str) -> Iterator[JuliaLine]:
    """The statements of a program in order, of a text in which comments are blank."""
    depth, start = 0, 0
    for found in _MARK.finditer(text):
        sign = found[0]
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth = max(depth - 1, 0)
        elif not depth:
            end = found.start()
            if sign == ";" or not _ENDING.search(text[max(start, end - _BLANKS) : end]):
                yield from _line(text, start, end)
                start = found.end()
    yield from _line(text, start, len(text))


def _line(text: str, start: int, end: int) -> Iterator[JuliaLine]:
    whole = text[start:end]
    bare = whole.strip()
    if bare:
        yield JuliaLine(bare, start + len(whole) - len(whole.lstrip()))


def uncommented(text: str) -> str:
    """A text of the same length in which comments are blank, and a row of a matrix ends by `;`."""
    return _rows(_REMARK.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    if found["string"] and "\n" not in found[0]:
        return found[0][0] + re.sub(r"[^\w]", "_", found[0][1:-1]) + found[0][-1]
    return re.sub(r"[^\n]", " ", found[0]) if not found["string"] else f'"{"_" * (len(found[0]) - 2)}"'


def _rows(text: str) -> str:
    """Between square brackets a line is a row."""
    signs, opened = list(text), list[str]()
    for at, sign in enumerate(text):
        if sign in "([{":
            opened.append(sign)
        elif sign in ")]}" and opened:
            opened.pop()
        elif sign == "\n" and opened[-1:] == ["["] and not re.search(r"[\[,;]\s*\Z", text[max(at - 200, 0) : at]):
            signs[at] = " " if re.match(r"\s*[\],]", text[at : at + 200]) else ";"
    return "".join(signs)
