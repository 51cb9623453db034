"""Tables with a column of shapes: `| W1 | (4, 3) |` below `| parameter | shape |`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..documents import Text
from ._names import is_name
from ._shapes import is_lone, shape, span
from ._stated import Idiom, Stated


class _Cell(NamedTuple):
    """A cell of a table, and where it stands."""

    text: str
    start: int
    end: int


def find(text: Text) -> Iterator[Stated]:
    """The names of a table's rows, with what stands below the head that speaks of shapes."""
    head, *rows = list(_rows(text.excerpt.text)) or [[]]
    columns = [place for place, cell in enumerate(head) if _head().search(cell.text)]
    for row in rows if len(columns) == 1 and columns[0] > 0 else ():
        if len(row) > columns[0]:
            yield from _stated(text, row[0], row[columns[0]])


def _rows(text: str) -> Iterator[list[_Cell]]:
    """The cells of each line."""
    at = 0
    for line in text.splitlines(keepends=True):
        cells = [_Cell(cell[0], at + cell.start(), at + cell.end()) for cell in _cell().finditer(line)]
        yield [cell for cell in cells if cell.text.strip(" >\t\r\n")]
        at += len(line)


def _stated(text: Text, first: _Cell, second: _Cell) -> Iterator[Stated]:
    """The names of one cell with the shape of another."""
    told = _shape_in(second.text)
    dims = shape(told) if told else None
    for name, notation in _names(first.text) if dims is not None else ():
        place = span(text, first.start, second.end)
        yield Stated(name, notation, dims or (), place, text.scope, text.cell, lone=is_lone(told))


def _shape_in(cell: str) -> str:
    """The shape that a cell is: between dollars or backticks, or by itself; "" for a cell of words."""
    bare = cell.strip(" *>\t\r\n")
    marked = _marked().fullmatch(bare)
    inside = (marked["inside"] if marked else bare).strip()
    within = _set().fullmatch(inside)
    if within:
        return str(within[1])
    return inside if marked or _plain_shape().fullmatch(inside) else ""


def _names(cell: str) -> Iterator[tuple[str, str]]:
    """The names that a cell lists, each with its notation: `$Z$, $A$`, `$Z, A$`, `W1`, `$X = A^{[0]}$`."""
    bare = cell.strip(" *>\t\r\n")
    for part in re.split(r"(?<=[$`])\s*(?:[,/&]|and|、|，)\s*(?=[$`])", bare):
        marked = _marked().fullmatch(part)
        notation = "latex" if marked and part[0] != "`" else "plain"
        inside = marked["inside"] if marked else part
        names = [_blanks().sub("", name) for name in re.split(r"[,=/](?![^\[({]*[\])}])", inside)]
        if all(map(is_name, names)) and (marked or len(inside) <= 4):
            yield from ((name, notation) for name in names)


@cache
def _head() -> re.Pattern[str]:
    chinese = "维度|维数|形状|尺寸|大小|形狀|維度|次元"
    return re.compile(rf"\b(?:shapes?|dimensions?|dims?|sizes?)\b|{chinese}", re.IGNORECASE)


@cache
def _cell() -> re.Pattern[str]:
    return re.compile(r"(?:[^|\\\n]|\\.)+")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(r"(?P<sign>\$+|`|\\\()(?P<inside>[^$`]*?)(?:(?P=sign)|\\\))")


@cache
def _set() -> re.Pattern[str]:
    return re.compile(r"(?:\\in\s*|∈\s*)?(?:\\mathbb\s*\{?\s*R\s*\}?|ℝ|\\R)\s*\^\s*\{(.*)\}")


@cache
def _plain_shape() -> re.Pattern[str]:
    return re.compile(r"\([\w ,+*\-\[\]^{}]*\)|[\w\[\]]+(?:\s*[×x]\s*[\w\[\]]+)+")


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(r"\A(?:\s|\\[,;:! ])+|(?:\s|\\[,;:! ])+\Z")


idiom = Idiom("tables", frozenset(("table",)), ("|",), find)
