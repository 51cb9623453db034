"""The functions of a program, with the places of each and of its docstring: `functions(text)`."""

from __future__ import annotations

import ast
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from ..text import regex
from ..values import NamedTuple

_Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_ASSIGNED = regex(r"^[ \t]*+(?P<targets>\w[\w., ]*+)=(?!=)", re.MULTILINE)


class Function(NamedTuple):
    """A function, a class or the module: where it, its body and its docstring stand (an empty span for none)."""

    start: int
    end: int
    docstring: tuple[int, int]
    body: int = 0
    parameters: frozenset[str] = frozenset()
    is_module: bool = False


@lru_cache(maxsize=1)
def functions(text: str) -> tuple[Function, ...]:
    """The module, then the functions and classes of a program, outer ones first; nothing if it cannot be parsed."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = _Offsets(text)
    found = [Function(0, len(text), _docstring(tree, lines), is_module=True)]
    for node in _definitions(tree):
        start = lines.offset(node.lineno, node.col_offset)
        end = lines.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        body = lines.offset(node.body[0].lineno, node.body[0].col_offset)
        found.append(Function(start, end, _docstring(node, lines), body, _parameters(node)))
    return tuple(found)


def enclosing(text: str, offsets: Iterable[int]) -> Iterator[Function | None]:
    """The innermost function or class around each offset, None for the module; the offsets ascend."""
    waiting = deque(each for each in functions(text) if not each.is_module)
    around: list[Function] = []
    for offset in offsets:
        while waiting and waiting[0].start <= offset:
            around.append(waiting.popleft())
            while len(around) > 1 and around[-2].end <= around[-1].start:
                around.pop(-2)
        while around and around[-1].end <= offset:
            around.pop()
        yield around[-1] if around else None


@lru_cache(maxsize=8)
def assignments(text: str, function: Function) -> Counter[str]:
    """How often a function assigns a name: a result may be computed in several steps."""
    found: Counter[str] = Counter()
    for line in _ASSIGNED.finditer(text, function.docstring[1], function.end):
        targets = [target.strip() for target in line["targets"].split(",")]
        parts = [target.split(".") for target in targets]
        found.update({".".join(names[:count]) for names in parts for count in range(1, len(names) + 1)})
    return found


def _definitions(tree: ast.Module) -> Iterator[_Definition]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node
        if isinstance(node, ast.stmt | ast.Module):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def _parameters(node: _Definition) -> frozenset[str]:
    if isinstance(node, ast.ClassDef):
        return frozenset()
    arguments = node.args
    return frozenset(each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))


def _docstring(node: ast.Module | _Definition, lines: _Offsets) -> tuple[int, int]:
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        end = lines.offset(first.end_lineno or first.lineno, first.end_col_offset or 0)
        return lines.offset(first.lineno, first.col_offset), end
    return 0, 0


class _Offsets:
    """Turns the lines and byte columns of `ast` into offsets in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", text))]

    def offset(self, line: int, column: int) -> int:
        start = self.starts[min(line, len(self.starts)) - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        content = self.text[start:end]
        return start + (column if content.isascii() else len(content.encode()[:column].decode(errors="ignore")))
