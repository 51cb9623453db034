"""Readers of bracketed things: brackets, tuples, blocks, arguments, slices, ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from ..syntax.nodes import NO_PARAMS, Apply, Node
from ._pratt import Parser
from ._signs import COMPARE, POSTFIX

CLOSERS = {"(": ")", "[": "]", "{": "}"}


def bracket(parser: Parser, level: int) -> Node:
    """`( x )`, whose node spans its brackets; `(x, y)` is a tuple. A name or number in brackets stays itself."""
    kind, _, start, _, _ = parser.tokens[parser.at]
    opening, outer = parser.at, _enter(parser)
    items: list[Node] = []
    commas = 0
    while parser.kind not in (")", "]", "}", "end"):
        items.append(parser.expression(COMPARE))
        if not parser.accept(","):
            break
        commas += 1
    parser.close(CLOSERS[kind], opening)
    _leave(parser, outer)
    if commas or not items:
        return Apply("tuple", tuple(items), NO_PARAMS, parser.span(start), "", True)
    inner = items[0]
    if type(inner) is Apply:
        return Apply(inner.op, inner.args, inner.params, parser.span(start), inner.sign, True)
    return inner


def block(parser: Parser, level: int) -> Node:
    """`[a, b; c, d]`, `[[a, b], [c, d]]`; in MATLAB blanks separate items too."""
    _, _, start, _, _ = parser.tokens[parser.at]
    opening, outer = parser.at, _enter(parser)
    parser.blanks = parser.grammar.matlab
    rows: list[Node] = []
    while True:
        rows.append(_row(parser))
        if not parser.accept(";"):
            break
    parser.close("]", opening)
    _leave(parser, outer)
    rows = [row for row in rows if type(row) is Apply and row.args] or rows[:1]
    if len(rows) == 1 and type(rows[0]) is Apply and rows[0].args and all(map(_is_row, rows[0].args)):
        rows = [item.args[0] for item in rows[0].args if type(item) is Apply]
    return Apply("block", tuple(rows), NO_PARAMS, parser.span(start), "", True)


def _is_row(node: Node) -> bool:
    return type(node) is Apply and node.op == "block" and len(node.args) == 1


def _row(parser: Parser) -> Node:
    start = parser.tokens[parser.at][2]
    items: list[Node] = []
    while parser.kind not in (")", "]", "}", ";", "end"):
        items.append(parser.expression(COMPARE))
        if not parser.accept(",") and not (parser.blanks and parser.tokens[parser.at][4] and _begins(parser)):
            break
    return Apply("row", tuple(items), NO_PARAMS, parser.span(start))


def _begins(parser: Parser) -> bool:
    return parser.kind in parser.grammar.operands or parser.kind in ("-", "+")


Arguments: TypeAlias = tuple[tuple[Node, ...], Mapping[str, Any], bool]
"""Positional arguments, params that hold the keywords, and whether a range stands among the arguments."""


def called(parser: Parser, function: Node, start: int, spaced: bool, given: Arguments) -> Apply:
    """The call of a function; with a range among the arguments (MATLAB) it is a slice."""
    args, params, ranged = given
    if ranged:
        return Apply("slice", (function, *args), NO_PARAMS, parser.span(start))
    return Apply("call", (function, *args), params, parser.span(start), " " if spaced else "")


def arguments(parser: Parser) -> Arguments:
    """`( … )` after a function."""
    opening, outer = parser.at, _enter(parser)
    args: list[Node] = []
    keywords: dict[str, Node] = {}
    ranged = False
    while (kind := parser.kind) not in (")", "]", "}", "end"):
        token = parser.tokens[parser.at]
        if kind == "name" and parser.tokens[parser.at + 1][:2] == ("=", "="):
            parser.at += 2
            keywords[token[1]] = parser.expression(COMPARE)
        elif kind == "*":
            parser.at += 1
            args.append(Apply("star", (parser.expression(POSTFIX),), NO_PARAMS, parser.span(token[2])))
        else:
            item = None if kind == ":" else parser.expression(COMPARE)
            if item is None or parser.kind == ":":
                item, ranged = _range(parser, item, token[2]), True
            args.append(item)
        if not parser.accept(","):
            break
    parser.close(")", opening)
    _leave(parser, outer)
    return tuple(args), {"keywords": keywords} if keywords else NO_PARAMS, ranged


def sliced(parser: Parser, left: Node, start: int) -> Node | None:
    """`x[:, 1:]`, directly after what is sliced."""
    if parser.tokens[parser.at][4]:
        return None
    opening, outer = parser.at, _enter(parser)
    items: list[Node] = []
    while parser.kind not in (")", "]", "}", "end"):
        begin = parser.tokens[parser.at][2]
        item = None if parser.kind == ":" else parser.expression(COMPARE)
        items.append(_range(parser, item, begin) if item is None or parser.kind == ":" else item)
        if not parser.accept(","):
            break
    parser.close("]", opening)
    _leave(parser, outer)
    return Apply("slice", (left, *items), NO_PARAMS, parser.span(start))


def _range(parser: Parser, first: Node | None, start: int) -> Node:
    """`start:stop:step`, from its first colon on."""
    parts = [first]
    while parser.accept(":"):
        parts.append(None if parser.kind in (":", ",", ")", "]", "}", "end") else parser.expression(COMPARE))
    parts += [None] * (3 - len(parts))
    bounds = {"start": parts[0], "stop": parts[1], "step": parts[2]}
    return Apply("range", (), bounds, parser.span(start))


def _enter(parser: Parser) -> tuple[str, bool]:
    """Step inside a bracket: no bar is open there and blanks do not separate. What held outside is returned."""
    parser.at += 1
    outer = parser.bar, parser.blanks
    parser.bar, parser.blanks = "", False
    return outer


def _leave(parser: Parser, outer: tuple[str, bool]) -> None:
    parser.bar, parser.blanks = outer
