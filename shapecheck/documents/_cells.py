"""The cells of a notebook: their texts, and where each of their characters stands in the JSON of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from ..text import Span, regex
from ..values import NamedTuple
from ._programs import LANGUAGES

_CHARACTER = regex(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
"""A character as JSON writes it; what is beyond the first plane is two escapes."""
_TOKEN = regex(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


class Literal(NamedTuple):
    """A part of a cell's text, and where its JSON string begins and ends in the file, without its quotes."""

    text: str
    start: int
    end: int


class Cell(NamedTuple):
    """A cell: `kind` is "markdown", the notation of its program, or "" where it is not read.

    Its text is that of its literals, joined.
    """

    kind: str
    literals: tuple[Literal, ...]

    @property
    def text(self) -> str:
        """The text of the cell."""
        return "".join([literal.text for literal in self.literals])


@lru_cache(maxsize=1)
def cells(text: str) -> tuple[Cell, ...] | str:
    """The cells of a notebook in order, or why the text is none; one notebook is asked for several times in a row."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError, MemoryError) as error:
        is_told = isinstance(error, json.JSONDecodeError)
        return (
            f"it is not JSON: {error}"
            if is_told
            else "its JSON is nested too deeply, or contains a number that is too long"
        )
    kinds = _kinds(data)
    if kinds is None:
        return "it is JSON, but not a notebook"
    literals: dict[int, list[Literal]] = {}
    for number, literal in _literals(text):
        literals.setdefault(number, []).append(literal)
    return tuple([Cell(kind, tuple(literals.get(number, ()))) for number, kind in enumerate(kinds)])


def _kinds(data: Any) -> list[str] | None:
    """What each cell of a notebook is; None if the data is not a notebook."""
    if not isinstance(data, dict):
        return None
    sheets = data.get("worksheets")
    holders = sheets if isinstance(sheets, list) and "cells" not in data else [data]
    lists = [holder.get("cells") if isinstance(holder, dict) else None for holder in holders]
    if not lists or not all(isinstance(each, list) for each in lists):
        return None
    code = LANGUAGES.get(_language(data.get("metadata")), "")
    found = [cell.get("cell_type") if isinstance(cell, dict) else "" for each in lists for cell in each or ()]
    return [{"markdown": "markdown", "code": code}.get(kind, "") if isinstance(kind, str) else "" for kind in found]


def _language(metadata: Any) -> str:
    """The language of a notebook's code, Python where it does not say."""
    for key, field in (("kernelspec", "language"), ("language_info", "name")):
        section = metadata.get(key) if isinstance(metadata, dict) else None
        name = section.get(field) if isinstance(section, dict) else None
        if isinstance(name, str):
            return name.lower()
    return "python"


def _literals(text: str) -> Iterator[tuple[int, Literal]]:
    """The strings of the cells' sources, each with the number of its cell, from 0; the text is JSON."""
    path: list[str | int] = []
    cell, wants_key = -1, False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        match sign[0]:
            case "{" | "[":
                cell += _is_cell(path)
                path.append("" if sign == "{" else 0)
                wants_key = sign == "{"
            case "}" | "]":
                path.pop()
                wants_key = False
            case ",":
                last = path[-1]
                wants_key = isinstance(last, str)
                path[-1] = last if isinstance(last, str) else last + 1
            case ":":
                wants_key = False
            case '"' if wants_key:
                path[-1] = json.loads(sign)
            case '"' if _is_source(path):
                yield cell, Literal(_whole(json.loads(sign)), token.start() + 1, token.end() - 1)
            case _:
                cell += _is_cell(path)


def _is_cell(path: list[str | int]) -> bool:
    """Whether what begins at a path is a cell, in notebooks of format 4 or of format 3."""
    if len(path) not in (2, 4) or path[-2] != "cells" or not isinstance(path[-1], int):
        return False
    return len(path) == 2 or path[0] == "worksheets"


def _is_source(path: list[str | int]) -> bool:
    """Whether the string at a path is a cell's text, or one of the strings that make it."""
    inner = path[:-1] if path and isinstance(path[-1], int) else path
    return len(inner) > 2 and inner[-1] in ("source", "input") and _is_cell(inner[:-1])


def _whole(text: str) -> str:
    """The text, with a sign of replacement for half a character."""
    return text if text.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", text)


def host_span(literal: Literal, start: int, end: int, text: str) -> Span:
    """The span of the file for a span of a literal's text; `text` is the file's."""
    low = _offset(text, literal, literal.start, start)
    return Span(low, _offset(text, literal, low, end - start))


def _offset(text: str, literal: Literal, at: int, count: int) -> int:
    """Where in the file the character stands that comes `count` characters after the one at `at`."""
    if not count:
        return at
    last = next(islice(_CHARACTER.finditer(text, at, literal.end), count - 1, None), None)
    return last.end() if last else literal.end
