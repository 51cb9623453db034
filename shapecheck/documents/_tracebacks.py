"""The line of code that a message is about, and which of its arrays have the shapes that the message names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..ops import by_call
from ..text import Piece, Span, regex
from ..values import NamedTuple
from ._code import parsed
from ._messages import Message, Sizes

Shapes = dict[str, Sizes]
"""The shapes of arrays by their spelling."""
_OF_METHODS = {"t": True, "transpose": True, "copy": False, "detach": False, "clone": False, "float": False}
"""Methods of an array, and whether they transpose it."""
_LONGEST = 500
"""A longer line is not a line of a traceback, and may be nested too deep to be looked through."""
_UNNAMED = "rstuvw"
"""Dimensions that no message names."""
_FRAME = regex(r"\s*File [\"<]|\s*(?:Cell |Input )?In ?\[\d+\]|\S+ in \S+\(|Traceback \(|-{20,}|~?/\S+\.py:\d+")
"""The line of a traceback that says from which file the next ones are."""
_LIBRARY = regex(r"site-packages|dist-packages|[/\\]lib[/\\]python|<__array_function__|<frozen")
_MARKS = regex(r"[ \t]*([~^]+)[ \t]*")
_MARGIN = regex(r"[ \t]*(?:(?:-+>[ \t]*)?\d+[ \t]+(?=[^\s*/+@=-])|>>>[ \t]*|\.\.\.[ \t]+|In \[\d*\]:[ \t]*)?")
"""What stands before a line of code: blanks, a prompt, IPython's arrow and number."""


class CodeLine(NamedTuple):
    """A line of code in its pieces, and declarations of its arrays, each with where the message says the shape."""

    pieces: tuple[Piece, ...]
    shapes: tuple[tuple[str, Span], ...]


class _Code(NamedTuple):
    """A line of code without its margin, where it stands, and the columns that a traceback marks in it."""

    text: str
    start: int
    marked: tuple[int, int] | None


def line_of(text: str, message: Message) -> CodeLine | None:
    """The last line of code of a text in which two arrays can have the shapes that the message names."""
    if len(message.shapes) != 2:
        return None
    for code in reversed(list(_lines(text, message.span))):
        found = _operands(code, message) if len(code.text) <= _LONGEST else None
        if found is not None:
            return CodeLine((Piece(code.text, code.start),), tuple(_declared(found, message)))
    return None


def _declared(found: list[Shapes], message: Message) -> Iterator[tuple[str, Span]]:
    letters = iter(_UNNAMED)
    for shapes, place in zip(found, message.places, strict=True):
        for name, sizes in shapes.items():
            dims = [next(letters) if size is None else str(size) for size in sizes]
            yield f"{name}: ({', '.join(dims)}{',' * (len(dims) == 1)})", place


def _lines(text: str, message: Span) -> Iterator[_Code]:
    """The lines of code in a text; in a traceback those of frames that are no library's."""
    of_library = False
    above: _Code | None = None
    for found in re.finditer(r"[^\r\n]+", text):
        line, start = found[0], found.start()
        frame = _FRAME.match(line)
        if frame is not None:
            of_library = _LIBRARY.search(line) is not None
        marks = _MARKS.fullmatch(line)
        if marks and above:
            indent = above.start - text.rfind("\n", 0, above.start) - 1
            yield above._replace(marked=(max(0, marks.start(1) - indent), marks.end(1) - indent))
            above = None
            continue
        if above:
            yield above
            above = None
        if frame is not None or of_library or (found.start() < message.end and found.end() > message.start):
            continue
        margin = _MARGIN.match(line)
        begin = margin.end() if margin else 0
        if line[begin:].strip():
            above = _Code(line[begin:].rstrip(), start + begin, None)
    if above:
        yield above


def _operands(code: _Code, message: Message) -> list[Shapes] | None:
    """The two arrays of the first operation in a line that the message can be about."""
    tree = parsed(code.text) or parsed(f"{code.text} pass")
    nodes = [node for node in _evaluated(tree) if _is_marked(node, code.marked)] if tree else []
    pairs = [pair for pair in (_pair(node, message.kind) for node in nodes) if pair]
    for pair in sorted(pairs, key=lambda pair: any(_is_number(each, beside=pair) for each in pair)):
        found = [_shapes(each, sizes) for each, sizes in zip(pair, message.shapes, strict=True)]
        left, right = found
        if left and right and all(left[name] == right[name] for name in left.keys() & right.keys()):
            return [left, right]
    return None


def _evaluated(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree, each after those below it, as they are computed."""
    found, waiting = [], [tree]
    while waiting:
        found.append(waiting.pop())
        waiting.extend(ast.iter_child_nodes(found[-1]))
    return reversed(found)


def _is_marked(node: ast.AST, marked: tuple[int, int] | None) -> bool:
    if marked is None or not isinstance(node, ast.expr):
        return True
    return marked[0] <= node.col_offset and (node.end_col_offset or 0) <= marked[1]


def _pair(node: ast.AST, kind: str) -> tuple[ast.expr, ast.expr] | None:
    """The two arrays of an operation of a kind of message."""
    if isinstance(node, ast.BinOp):
        is_product = isinstance(node.op, ast.MatMult)
        return (node.left, node.right) if is_product == (kind == "product") and kind != "target" else None
    if isinstance(node, ast.AugAssign) and kind in ("elementwise", "target"):
        return (node.value, node.target) if kind == "target" else (node.target, node.value)
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    op = by_call().get(name)
    fits = op is not None and op.is_a("contraction" if kind == "product" else "spreading")
    if not fits or kind not in ("product", "elementwise"):
        return None
    of_array = isinstance(node.func, ast.Attribute) and len(node.args) == 1
    arrays = [node.func.value, *node.args] if isinstance(node.func, ast.Attribute) and of_array else node.args
    return (arrays[0], arrays[1]) if len(arrays) > 1 else None


def _shapes(node: ast.expr, sizes: Sizes) -> Shapes | None:
    """The arrays of an operand with the shapes that they must have, None if these do not follow."""
    match node:
        case ast.Attribute(value=array, attr="T" | "mT" | "H"):
            return _shapes(array, sizes[::-1])
        case ast.Name() | ast.Attribute() | ast.Subscript(slice=ast.Constant()):
            return {ast.unparse(node): sizes}
        case (
            ast.UnaryOp(operand=one)
            | ast.BinOp(left=ast.Constant(), right=one)
            | ast.BinOp(left=one, right=ast.Constant())
        ):
            return _shapes(one, sizes)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right=right):
            arrays = [each for each in (left, right) if not _is_number(each, beside=(left, right))]
            return _together([_shapes(each, sizes) for each in arrays])
        case ast.Call(func=ast.Attribute(attr=name, value=array), args=[]) if name in _OF_METHODS:
            return _shapes(array, sizes[::-1] if _OF_METHODS[name] else sizes)
        case ast.Call(args=arguments):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            arrays = [each for each in arguments if not isinstance(each, ast.Constant)]
            op = by_call().get(name)
            if len(arrays) == 1 and (name == "transpose" or (op is not None and op.is_a("entrywise"))):
                return _shapes(arrays[0], sizes[::-1] if name == "transpose" else sizes)
    return None


def _together(found: list[Shapes | None]) -> Shapes | None:
    """The shapes of both sides, None if one of them is not known."""
    return {name: sizes for shapes in found if shapes for name, sizes in shapes.items()} if all(found) else None


def _is_number(node: ast.expr, beside: tuple[ast.expr, ast.expr]) -> bool:
    """Whether an operand is plainly a number: a small letter beside the capital of a matrix, as in `lr * dW`."""
    return isinstance(node, ast.Name) and node.id.islower() and not all(_name(each).islower() for each in beside)


def _name(node: ast.expr) -> str:
    """The name at which an operand begins: `dW` of `dW.T`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else "a"
