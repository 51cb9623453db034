"""Tables with a column of shapes: `| W1 | (4, 3) |` below `| parameter | shape |`, and LaTeX's `W_1 & (4, 3)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ..text import regex
from ..values import NamedTuple
from ._names import is_name
from ._shapes import is_lone, shape, span
from ._stated import Idiom, Stated

_CHINESE = "维度|维数|形状|尺寸|大小|形狀|維度|次元"
_HEAD = regex(rf"\b(?:shapes?|dimensions?|dims?|sizes?)\b|{_CHINESE}", re.IGNORECASE)
_LINES = r"(?P<lines>(?:^[ \t]*\|[^\n]*\|[ \t\r]*(?:\n|\Z)){3,})"
_TABULAR = r"\\begin\{(tabularx?|longtable|array)\*?\}(?:(?!\\end\{\2).){0,20000}"
_TABLE = regex(rf"{_LINES}|{_TABULAR}", re.MULTILINE | re.DOTALL)
_LINE_END = regex(r"(\n)")
_MARKER = r"\\(?:begin|end)\{\w+\*?\}(?:\{[^\n]*\})?"
_ROW_END = regex(rf"(\\\\(?:\[[^\]]*\])?|\\(?:hline|\w+rule)\b|{_MARKER})")
"""What separates the rows of a tabular: the end of a row, a rule, the beginning with its column specification."""
_MARKED = regex(r"(?P<sign>\$+|`|\\\()(?P<inside>[^$`]*?)(?:(?P=sign)|\\\))")
_SET = regex(r"(?:\\in\s*|∈\s*)?(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|\\R)\s*\^\s*\{(.*)\}")
_PLAIN_SHAPE = regex(r"\([\w ,+*\-\[\]^{}]*\)|[\w\[\]]+(?:\s*[×x]\s*[\w\[\]]+)+")
_BLANKS = regex(r"\A(?:\s|\\[,;:! ])+|(?:\s|\\[,;:! ])+\Z")


class _Cell(NamedTuple):
    """A cell of a table, and its offset."""

    text: str
    start: int
    end: int


def find(text: Text) -> Iterator[Stated]:
    """The names in the rows of tables, each with the cell below the heading about shapes."""
    whole = text.excerpt.text
    tables = [(0, len(whole), "|")] if text.kind == "table" else []
    for found in _TABLE.finditer(whole) if text.kind == "prose" else ():
        tables.append((found.start(), found.end(), "|" if found["lines"] else "&"))
    for start, end, sign in tables:
        yield from _in_rows(text, list(_rows(whole[start:end], start, sign)))


def _in_rows(text: Text, table: list[list[_Cell]]) -> Iterator[Stated]:
    head, *rows = table or [[]]
    columns = [place for place, cell in enumerate(head) if _HEAD.search(cell.text)]
    for row in rows if len(columns) == 1 and columns[0] > 0 else ():
        if len(row) > columns[0]:
            yield from _stated(text, row[0], row[columns[0]])


def _rows(text: str, start: int, sign: str) -> Iterator[list[_Cell]]:
    """The cells of each line, or of each LaTeX row."""
    at = start
    for row in (_LINE_END if sign == "|" else _ROW_END).split(text):
        cells = [_Cell(cell[0], at + cell.start(), at + cell.end()) for cell in _cell(sign).finditer(row)]
        cells = [cell for cell in cells if cell.text.strip(" >\t\r\n")]
        at += len(row)
        if len(cells) > 1:
            yield cells


def _stated(text: Text, first: _Cell, second: _Cell) -> Iterator[Stated]:
    """The names in one cell, with the shape in another."""
    told = _shape_in(second.text)
    dims = shape(told) if told else None
    for name, notation in _names(first.text) if dims is not None else ():
        place = span(text, first.start, second.end)
        yield Stated(name, notation, dims or (), place, text.scope, text.cell, lone=is_lone(told))


def _shape_in(cell: str) -> str:
    """The shape in a cell, with or without dollars or backticks; "" for a cell of words."""
    bare = cell.strip(" *>\t\r\n")
    marked = _MARKED.fullmatch(bare)
    inside = (marked["inside"] if marked else bare).strip()
    within = _SET.fullmatch(inside)
    if within:
        return str(within[1])
    return inside if marked or _PLAIN_SHAPE.fullmatch(inside) else ""


def _names(cell: str) -> Iterator[tuple[str, str]]:
    """The names that a cell lists, each with its notation: `$Z$, $A$`, `$Z, A$`, `W1`, `$X = A^{[0]}$`."""
    bare = cell.strip(" *>\t\r\n")
    for part in re.split(r"(?<=[$`])\s*(?:[,/&]|and|、|，)\s*(?=[$`])", bare):
        marked = _MARKED.fullmatch(part)
        notation = "latex" if marked and part[0] != "`" else "plain"
        inside = marked["inside"] if marked else part
        names = [_BLANKS.sub("", name) for name in re.split(r"[,=/](?![^\[({]*[\])}])", inside)]
        if all(map(is_name, names)) and (marked or len(inside) <= 4):
            yield from ((name, notation) for name in names)


@cache
def _cell(sign: str) -> re.Pattern[str]:
    return re.compile(r"(?:[^|\\\n]|\\.)+" if sign == "|" else r"(?:[^&\\]|\\.)+")


idiom = Idiom("tables", frozenset(("table", "prose")), ("|", "\\begin{tab", "\\begin{long", "\\begin{arr"), find)
