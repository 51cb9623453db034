"""On which line of a TOML text each key stands: `tomllib` gives values without places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Keys: TypeAlias = tuple[str, ...]

_HEADER = re.compile(r"\s*\[\[?([^\]]*)\]\]?\s*(?:#.*)?$")
_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_ASSIGNED = re.compile(rf"\s*({_KEY}(?:\s*\.\s*{_KEY})*)\s*=(.*)$")
_PART = re.compile(_KEY)
_TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*|[\[\]{}]')


def lines_of(text: str) -> dict[Keys, int]:
    """The line of each key and of each table, counted from 1, by its whole name: `("tool", "shapecheck", "strict")`."""
    found: dict[Keys, int] = {}
    table: Keys = ()
    for number, line in _beginnings(text):
        header, assigned = _HEADER.match(line), _ASSIGNED.match(line)
        if header and not assigned:
            table = _parts(header[1])
            found.setdefault(table, number)
        elif assigned:
            found.setdefault((*table, *_parts(assigned[1])), number)
    return found


def _parts(text: str) -> Keys:
    return tuple(_name(part) for part in _PART.findall(text))


def _name(part: str) -> str:
    """A part of a key without its quotes."""
    if "\\" not in part or part[0] != '"':
        return part[1:-1] if part[0] in "\"'" else part
    import tomllib

    return str(tomllib.loads(f"name = {part}")["name"])


def _beginnings(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin a statement, with their numbers; those inside a value of several lines are left out."""
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        begins = not (depth or quote)
        if begins:
            yield number, line
        if begins and _HEADER.match(line) and not _ASSIGNED.match(line):
            continue
        depth, quote = _after(line, depth, quote)


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which quotes of several lines, are open at the end of a line."""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return depth, quote
            at, quote = end + 3, ""
            continue
        token = _TOKEN.search(line, at)
        if token is None:
            break
        at = token.end()
        if token[0] in ('"""', "'''"):
            quote = token[0]
        else:
            depth += (token[0] in "[{") - (token[0] in "]}")
    return depth, quote
