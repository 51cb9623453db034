"""Python text as a tree of `ast`, with the places of its nodes; `read(window)` is the only place that parses Python."""

from __future__ import annotations

import ast
import re
import warnings
from functools import cached_property

from ...syntax.nodes import Trouble
from ...text import Span, Window

LONGEST = 2_000_000
"""The longest program that is parsed, in characters: far more than a module written by hand."""
DEEPEST = 200
_LINE_END = re.compile(r"\r\n|\n|\r")
_MAGIC = re.compile(r"^[ \t]*(?:[%!?]|[^\W\d]\w*[ \t]*=[ \t]*[%!]).*$|^[ \t]*[\w.]+\?{1,2}[ \t]*$", re.MULTILINE)
_OTHER_LANGUAGE = re.compile(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)")
_BLANK = re.compile(r"[^\r\n]")
_COMMENT = re.compile(r"#[^\r\n]*")


class Code:
    """A module's tree and text; `span` gives a node's place in the host file."""

    def __init__(self, window: Window, tree: ast.Module, wrapped: bool) -> None:
        self.window = window
        self.text = window.text
        self.tree = tree
        self._first = 2 if wrapped else 1
        self._is_ascii = self.text.isascii()
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self.text)), len(self.text)]

    @cached_property
    def body(self) -> list[ast.stmt]:
        """The statements of the module, or of the block that it is an excerpt of."""
        first = self.tree.body[0] if self._first == 2 else None
        return first.body if isinstance(first, ast.If) else self.tree.body

    def offset(self, line: int, column: int) -> int:
        """The offset in the window's text of a line and a column in bytes, as `ast` counts them."""
        number = min(max(line - self._first, 0), len(self._starts) - 2)
        start, end = self._starts[number], self._starts[number + 1]
        if self._is_ascii:
            return min(start + column, end)
        text = self.text[start:end]
        if text.isascii():
            return start + min(column, len(text))
        return start + len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))

    def start(self, node: ast.expr | ast.stmt) -> int:
        """Where a node begins in the window's text."""
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> int:
        """Where a node ends in the window's text."""
        return self.offset(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def span(self, node: ast.expr | ast.stmt) -> Span:
        """The place of a node in the host file."""
        return self.window.host(self.start(node), self.end(node))

    def source(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node."""
        return self.text[self.start(node) : self.end(node)]

    def brackets(self, node: ast.expr, low: int, high: int) -> tuple[int, int] | None:
        """Where the author's own brackets around a node begin and end, between two offsets; None without any."""
        start, end = self.start(node), self.end(node)
        opening = _without_comments(self.text[low:start])
        closing = _without_comments(self.text[end:high])
        count = min(opening.count("("), closing.count(")"))
        if not count:
            return None
        first = _nth(opening[::-1], "(", count)
        return start - first - 1, end + _nth(closing, ")", count) + 1


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda found: " " * len(found[0]), text) if "#" in text else text


def _nth(text: str, sign: str, count: int) -> int:
    place = -1
    for _ in range(count):
        place = text.index(sign, place + 1)
    return place


def read(window: Window) -> Code | Trouble:
    """The tree of a window's text, without the magics of a notebook; a trouble where it is none. Nothing is run."""
    text = window.text
    if len(text) > LONGEST:
        return Trouble("SC104", window.host(0, len(text)), {"what": f"{len(text)} characters of Python"})
    found = _parsed(text)
    if isinstance(found, ast.Module):
        return Code(window, found, wrapped=False)
    plain = _without_magics(text)
    for wrapped in (False, True):
        again = _parsed(f"if 1:\n{plain}" if wrapped else plain)
        if isinstance(again, ast.Module):
            return Code(window, again, wrapped)
    return _trouble(window, found)


def _parsed(text: str) -> ast.Module | Exception:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error


def _trouble(window: Window, error: Exception) -> Trouble:
    """Too deep a nesting, or text that is not Python, at the line that says so."""
    whole = window.host(0, len(window.text))
    if isinstance(error, RecursionError | MemoryError) or "too many nested" in str(error):
        return Trouble("SC104", whole, {"what": "brackets nested too deeply"})
    if not isinstance(error, SyntaxError) or not error.lineno:
        return Trouble("SC103", whole, {"what": "not Python"})
    lines = window.text.splitlines(keepends=True)
    number = min(error.lineno, max(len(lines), 1)) - 1
    start = sum(map(len, lines[:number]))
    end = start + len(lines[number].rstrip("\r\n")) if lines else start
    return Trouble("SC103", window.host(start, end), {"what": f"not Python: {error.msg}"})


def _without_magics(text: str) -> str:
    """The text with what IPython alone understands blanked out, its length kept."""
    if _OTHER_LANGUAGE.match(text):
        return _BLANK.sub(" ", text)
    return _MAGIC.sub(_blanked, text)


def _blanked(found: re.Match[str]) -> str:
    line = found[0]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    rest = len(line) - len(indent)
    return indent + ("pass".ljust(rest) if rest >= 4 else " " * rest)


def is_too_deep(node: ast.expr) -> bool:
    """Whether an expression is nested deeper than can be walked."""
    if node.end_lineno == node.lineno and (node.end_col_offset or 0) - node.col_offset < DEEPEST:
        return False
    layer: list[ast.AST] = [node]
    for _ in range(DEEPEST):
        layer = [child for parent in layer for child in ast.iter_child_nodes(parent)]
        if not layer:
            return False
    return True
