"""Cut displayed mathematics into formulas: a row each, rows that go on from the row above joined to it.

    dW &= \\frac{\\partial J}{\\partial W} \\\\
       &= \\frac{1}{m} dZ A^T \\\\
    db &= …

is two formulas, the first of two pieces: a chain whose target stands in its first row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..text import Piece, regex
from ..values import NamedTuple
from ._delimiters import ENVIRONMENTS
from ._excerpt import Excerpt

_BLANK = r"(?:[\s&~]|\{\}|\\(?:[,;:! ]|q?quad\b|displaystyle\b|nonumber\b|notag\b))"
_EQUAL = r":?=|\\(?:approx|equiv|leftarrow|gets|coloneqq|triangleq|propto)\b|[←≈≡≔∝]"
_RELATION = rf"(?:\\stackrel\s*\{{[^{{}}]*\}}\s*\{{?\s*)?(?:{_EQUAL})"
DOUBLED = r"(?:frac|partial|nabla|sum|cdot|times|odot|sigma|delta|alpha|eta|left|right|mathbf|hat|top)(?![A-Za-z])"
"""Commands whose backslash was doubled for a string's sake: no row begins with such letters."""
_OPERATOR = r"(?:[+*/·×⊙∘]|\\(?:times|cdot|odot|circ|ast|otimes)\b)"
_OPEN_END = regex(rf"(?:{_RELATION}|{_OPERATOR}|[-−]){_BLANK}*\Z")
_RELATED = regex(_RELATION)
_COMPLETE = regex(rf"{_RELATION}{_BLANK}*+[^\s&]")
_REMARK = regex(rf"{_BLANK}*+(?:\\(?:text|textrm|textit|mbox|mathrm|tag)\s*\{{|\((?:\d+|\*)\)|\Z)")
_CELL_SIGN = regex(r"\\(?:begin|end)\{\w*\*?\}|\\.|[{}&]", re.DOTALL)
_LENGTH = r"(?:\*?\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|bp|mu|\\\w+)\s*\])?"
_COLUMNS = r"(?:(?<=array\})|(?<=alignat\})|(?<=alignedat\}))(?:\[[tbc]\])?\s*\{[^{}]*\}|(?:\[[tbc]\])?"
_MARKER = rf"\\begin\{{(?P<begun>\w+\*?)\}}(?:{_COLUMNS})|\\end\{{(?P<ended>\w+\*?)\}}"
_SIGN = regex(rf"{_MARKER}|(?P<row>\\\\(?!{DOUBLED}){_LENGTH}|\\(?:newline|cr)(?![A-Za-z]))|\\.|[{{}}]", re.DOTALL)


class _Span(NamedTuple):
    start: int
    end: int


def formulas(excerpt: Excerpt) -> list[list[Piece]]:
    """The formulas of displayed mathematics, each in pieces of the host; the first may go on from what is above."""
    text = excerpt.text
    if "\\\\" not in text and "\\begin" not in text and "&" not in text and "\\cr" not in text:
        return [excerpt.cut(*_trimmed(text, 0, len(text)))] if text.strip() else []
    found: list[list[_Span]] = []
    columns: list[int] = []
    for row in _rows(text):
        above, columns = columns, []
        for column, span in enumerate(_columns(text, row)):
            if found and _goes_on(text, found[-1][-1], span):
                at = above[column] if column < len(above) and _begins(text, span) else len(found) - 1
                found[at].append(span)
                columns.append(at)
            else:
                found.append([span])
                columns.append(len(found) - 1)
    return [_pieces(excerpt, spans) for spans in found]


def continues(text: str) -> bool:
    """Whether a formula begins with its relation and so goes on from the one above."""
    return _start().match(text) is not None


def _pieces(excerpt: Excerpt, spans: list[_Span]) -> list[Piece]:
    """The pieces of a formula's rows, the blanks around it cut off."""
    text, last = excerpt.text, len(spans) - 1
    pieces: list[Piece] = []
    for at, span in enumerate(spans):
        trimmed = _trimmed(text, *span)
        pieces.extend(excerpt.cut(span.start if at else trimmed.start, trimmed.end if at == last else span.end))
    return pieces


def _trimmed(text: str, start: int, end: int) -> _Span:
    while start < end and (text[start].isspace() or text[start] == "&"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "&"):
        end -= 1
    return _Span(start, end)


def _rows(text: str) -> Iterator[_Span]:
    """The rows of a display: what stands between `\\\\` outside of braces and matrices, environment markers cut off."""
    layouts = {*ENVIRONMENTS.split("|"), _whole(text)}
    start, depth = 0, 0
    for sign in _SIGN.finditer(text):
        token = sign[0]
        if depth == 0 and (sign["row"] or (sign["begun"] or sign["ended"] or "?").rstrip("*") in layouts):
            if text[start : sign.start()].strip():
                yield _Span(start, sign.start())
            start = sign.end()
        elif token == "{" or token.startswith("\\begin"):
            depth += 1
        elif token == "}" or token.startswith("\\end"):
            depth = max(0, depth - 1)
    if text[start:].strip():
        yield _Span(start, len(text))


def _whole(text: str) -> str:
    """The array or cases that makes a whole display, and so lays out its rows; empty if there is none."""
    found = re.match(r"\s*\\begin\{(array|cases)\}", text)
    if found and text.count("\\begin") == 1 and "=" in text:
        return found[1] if text.rstrip(" \r\n\t.,;").endswith(f"\\end{{{found[1]}}}") else ""
    return ""


def _columns(text: str, row: _Span) -> Iterator[_Span]:
    """The formulas that stand side by side in a row, `a &= b & c &= d`; remarks in cells of their own are left out."""
    if "&" not in text[row.start : row.end]:
        yield row
        return
    cells = _cells(text, row)
    begin = 0
    for at in range(1, len(cells)):
        so_far = text[cells[begin].start : cells[at - 1].end]
        rest = text[cells[at].start : row.end]
        if _COMPLETE.search(so_far) and not _begins(text, cells[at]) and _RELATED.search(rest):
            yield _Span(cells[begin].start, cells[at - 1].end)
            begin = at
    last = len(cells)
    while last > begin + 1 and _REMARK.match(text[cells[last - 1].start : cells[last - 1].end]):
        last -= 1
    if text[cells[begin].start : cells[last - 1].end].strip(" \t\r\n&"):
        yield _Span(cells[begin].start, cells[last - 1].end)


def _cells(text: str, row: _Span) -> list[_Span]:
    """The cells of a row: what stands between `&` outside of braces and of matrices; 20 at most."""
    cells: list[_Span] = []
    start, depth = row.start, 0
    for sign in _CELL_SIGN.finditer(text, row.start, row.end):
        token = sign[0]
        if token == "&" and depth == 0 and len(cells) < 20:
            cells.append(_Span(start, sign.start()))
            start = sign.end()
        elif token == "{" or token.startswith("\\begin"):
            depth += 1
        elif token == "}" or token.startswith("\\end"):
            depth = max(0, depth - 1)
    return [*cells, _Span(start, row.end)]


def _begins(text: str, span: _Span) -> bool:
    """Whether a row begins with a relation or an operator."""
    return _start(operators=True).match(text, span.start, span.end) is not None


def _goes_on(text: str, above: _Span, span: _Span) -> bool:
    """Whether a row goes on from the one above: by how it begins, or by how that one ends."""
    if _begins(text, span) or _OPEN_END.search(text, max(above.start, above.end - 40), above.end):
        return True
    row = text[span.start : span.end]
    return re.match(_BLANK + r"*[-−]", row) is not None and _RELATED.search(row) is None


@cache
def _start(operators: bool = False) -> re.Pattern[str]:
    return re.compile(rf"{_BLANK}*+(?:{_RELATION}{'|' + _OPERATOR if operators else ''})")
