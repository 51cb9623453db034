"""A `.formulas` text: a statement a line, `#` before a comment; open brackets and a trailing `\\` continue a line.

`%` begins a comment too, as in MATLAB and LaTeX, but in lines of Python, where it is the remainder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..pragmas import Pragma, find
from ..text import Piece, Source, Window, regex
from ..values import NamedTuple
from ._code import calls_library, is_line
from ._document import Document, Passage

_LINE = re.compile(r"[^\r\n]*")
_SIGN = re.compile(r"""\\[#(){}\[\]]|"[^"\r\n]*"|(?<=[\[(,{])\s*'[^'\r\n]*'|(?<!\S)%|[#()\[\]{}]""")
_BRACKET = r"\[[^\[\]]*+\]|\([^()]*+\)|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_NAME = rf"(?:[^\W\d]|[\\∂∇])(?:[^\s\[\](){{}}=:,;+*←≈≡&]|{_BRACKET}|[ ](?=[\\_^\[({{])|(?<=\w)[ ](?=\w))*+"
_RELATION = r":(?!\s*[,\]])|=(?!=)|[-+]=|==|[←≈≡]|&=|\\leftarrow"
_BEGINNING = regex(rf"\s*+(?:@\w|[#%]|{_NAME}(?:\s*,\s*{_NAME})*+\s*+(?:{_RELATION}))")
"""How a line begins that is a statement of its own: `name =`, `name:`, `@word`, `#`."""


class _LineRead(NamedTuple):
    """One line read: where its statement part ends, the depth of brackets after it, its pragma, `\\` at its end."""

    end: int
    depth: int
    pragma: Pragma | None
    goes_on: bool


def windows(source: Source, is_code: bool = False) -> Iterator[Passage]:
    """The statements of a text in order; an empty window only where a pragma stands alone."""
    text, starts = source.text, source.starts
    number, count = 0, len(starts)
    while number < count:
        start = starts[number]
        end = _LINE.match(text, start).end()  # type: ignore[union-attr]
        line = text[start:end]
        if _is_simple(line):
            number += 1
            if line and not line.isspace():
                yield Passage(Window((Piece(line, start),)), None)
            continue
        passage, number = _logical_line(source, number, is_code)
        if passage.pragma or passage.window.text.strip():
            yield passage


def _is_simple(line: str) -> bool:
    """Whether a line is a statement of its own: no comment, no string, nothing left open at its end."""
    return (
        "#" not in line
        and "%" not in line
        and '"' not in line
        and line.count("(") == line.count(")")
        and line.count("[") == line.count("]")
        and line.count("{") == line.count("}")
        and not line.endswith("\\")
    )


def _logical_line(source: Source, number: int, is_code: bool) -> tuple[Passage, int]:
    """The statement that begins on a line, counted from 0, and the number of the line after it."""
    text, starts = source.text, source.starts
    indent = _indent(source.line(number + 1))
    pieces: list[Piece] = []
    pragma: Pragma | None = None
    begin, depth = starts[number], 0
    while True:
        line = source.line(number + 1)
        read = _read(line, starts[number], depth, is_code)
        pragma, depth = pragma or read.pragma, read.depth
        number += 1
        end = starts[number - 1] + len(line)
        if not (depth or read.goes_on) or not _continues(source, number, indent):
            pieces.append(Piece(text[begin : read.end], begin))
            return Passage(Window(tuple(pieces)), pragma), number
        if read.end < end:
            pieces.append(Piece(text[begin : read.end], begin))
            begin = end


def _read(line: str, start: int, depth: int, is_code: bool) -> _LineRead:
    for sign in _SIGN.finditer(line):
        match sign[0]:
            case "#" | "%":
                at = sign.start()
                if sign[0] == "#" or not _is_remainder(line, at, depth, is_code):
                    return _LineRead(start + at, depth, find(line[at:], start + at, ours=True), False)
            case "(" | "[" | "{":
                depth += 1
            case ")" | "]" | "}":
                depth = max(0, depth - 1)
    goes_on = (len(line) - len(line.rstrip("\\"))) % 2 == 1
    return _LineRead(start + len(line) - goes_on, depth, None, goes_on)


def _is_remainder(line: str, at: int, depth: int, is_code: bool) -> bool:
    """Whether a `%` is Python's operation, and no comment's sign, as brackets say that close after it."""
    text = line.partition("#")[0]
    if find(text[at:], 0, ours=True):
        return False
    closes = text.count(")", at) + text.count("]", at) - text.count("(", at) - text.count("[", at)
    return is_code or 0 < depth <= closes or (depth > 0 and calls_library(text[:at])) or is_line(text)


def _continues(source: Source, number: int, indent: int) -> bool:
    """Whether the line of that number, counted from 0, can go on with a statement begun at `indent`."""
    if number >= len(source.starts):
        return False
    line = source.line(number + 1)
    if not line or line.isspace():
        return False
    return _indent(line) > indent or _BEGINNING.match(line) is None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def code(source: Source) -> Iterator[Passage]:
    """The statements of a text in which all formulas are Python."""
    return windows(source, is_code=True)


document = Document("formulas", (".formulas",), windows, named=(".txt",), explicit=True, code=code)
