"""Readers of bracketed things: brackets, tuples, blocks, arguments, slices, ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from ..syntax.nodes import NO_PARAMS, Apply, Name, Node
from ._pratt import BARS, Parser
from ._signs import COMPARE, POSTFIX, SUM

BETWEEN_BRACKETS = {"bracket": "["}
"""What is said of a product between square brackets: it may be a row of blocks as well."""
_NUMBERS = r"\[[-+\s\d.eE;]*\]"
"""A matrix of numbers that blanks part."""
CLOSERS = {"(": ")", "[": "]", "{": "}"}


def bracket(parser: Parser, level: int) -> Node:
    """`( x )`, whose node spans its brackets; `(x, y)` is a tuple. A letter or number in brackets stays itself.

    A longer name may be a run of factors, `(XW)^T`, and what looks like a call may be a product whose bracket ends
    before this one, `(A (B + C))`: each is a product of one.
    """
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
    if _may_be_product(inner, kind):
        return Apply("product", (inner,), NO_PARAMS, parser.span(start), "", True)
    if type(inner) is Apply:
        return Apply(inner.op, inner.args, inner.params, parser.span(start), inner.sign, True)
    return inner


def _may_be_product(inner: Node, kind: str) -> bool:
    """Whether what stands in a bracket is one thing that may turn out to be factors."""
    if type(inner) is Apply:
        return kind != "{" and inner.op == "call" and type(inner.args[0]) is Name and not inner.closed
    return kind == "(" and type(inner) is Name and len(inner.base) > 1


def block(parser: Parser, level: int) -> Node:
    """`[a, b; c, d]`, `[[a, b], [c, d]]`; in MATLAB blanks separate items too."""
    _, _, start, _, _ = parser.tokens[parser.at]
    opening, outer = parser.at, _enter(parser, ":")
    parser.blanks = parser.grammar.matlab or re.compile(_NUMBERS).match(parser.text, start) is not None
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


def angled(parser: Parser, level: int) -> Node:
    """`⟨x, y⟩`, `<x, y>`: an inner product; with one thing in it, its mean."""
    kind, _, start, _, _ = parser.tokens[parser.at]
    if kind == "compare" and not _is_pair(parser):
        return parser.hole()
    opening, outer = parser.at, _enter(parser)
    first = parser.expression(SUM)
    others = [parser.expression(SUM)] if _separated(parser) else []
    _leave(parser, outer)
    parser.close("⟩" if kind == "⟨" else "compare", opening)
    op = "pairing" if others else "expectation"
    return Apply(op, (first, *others), NO_PARAMS, parser.span(start), "⟨", True)


def _is_pair(parser: Parser) -> bool:
    """Whether `<` here begins a pair, `<x, y>`: a comma and `>` follow, and no other relation."""
    if parser.tokens[parser.at][1] != "<":
        return False
    depth, commas = 0, 0
    for kind, text, *_ in parser.tokens[parser.at + 1 :]:
        depth += (kind in CLOSERS) - (kind in CLOSERS.values())
        if depth < 0 or kind in ("end", "=", "compare"):
            return depth == 0 and text == ">" and commas == 1
        commas += kind == "," and depth == 0
    return False


Arguments: TypeAlias = tuple[tuple[Node, ...], Mapping[str, Any], bool, int | None]
"""Positional arguments, params that hold the keywords, whether a range stands among the arguments, and how many of them
stand before the bar, after which is what is given."""
_MOMENTS = frozenset(("Cov", "cov", "Var", "var", "Corr", "corr"))
"""What has a value for what stands before the bar alone: `Cov(x | y)` is not a covariance of both."""


def called(parser: Parser, function: Node, start: int, spaced: bool, given: Arguments) -> Apply:
    """The call of a function; with a range among the arguments (MATLAB) it is a slice."""
    args, params, ranged, before = given
    if type(function) is Name and function.base in _MOMENTS:
        args = args[:before]
    if ranged:
        return Apply("slice", (function, *args), NO_PARAMS, parser.span(start))
    return Apply("call", (function, *args), params, parser.span(start), " " if spaced else "")


def arguments(parser: Parser) -> Arguments:
    """`( … )` after a function."""
    opening, outer = parser.at, _enter(parser, ":")
    args: list[Node] = []
    keywords: dict[str, Node] = {}
    ranged = False
    before: int | None = None
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
        if parser.kind == "|" and before is None:
            before = len(args)
        if not _separated(parser):
            break
    parser.close(")", opening)
    _leave(parser, outer)
    return tuple(args), {"keywords": keywords} if keywords else NO_PARAMS, ranged, before


def _separated(parser: Parser) -> bool:
    """Whether another argument follows: after a comma, a semicolon, or the bar of `p(y | x; θ)`, `KL(q ‖ p)`."""
    return any(map(parser.accept, (",", ";", *BARS)))


def sliced(parser: Parser, left: Node, start: int) -> Node | None:
    """`x[:, 1:]`, directly after what is sliced; with a bar, `E[z | x]`, a call of which what is given is left out."""
    if parser.tokens[parser.at][4]:
        return None
    opening, outer = parser.at, _enter(parser, ":")
    items: list[Node] = []
    while parser.kind not in (")", "]", "}", "end"):
        begin = parser.tokens[parser.at][2]
        item = None if parser.kind == ":" else parser.expression(COMPARE)
        items.append(_range(parser, item, begin) if item is None or parser.kind == ":" else item)
        if not parser.accept(","):
            break
    is_given = type(left) is Name and parser.kind == "|"
    while is_given and (parser.accept("|") or parser.accept(",")):
        parser.expression(COMPARE)
    parser.close("]", opening)
    _leave(parser, outer)
    return Apply("slice", (left, *items), {"given": True} if is_given else NO_PARAMS, parser.span(start))


def _range(parser: Parser, first: Node | None, start: int) -> Node:
    """`start:stop:step`, from its first colon on."""
    parts = [first]
    while parser.accept(":"):
        parts.append(None if parser.kind in (":", ",", ")", "]", "}", "end") else parser.expression(COMPARE))
    parts += [None] * (3 - len(parts))
    bounds = {"start": parts[0], "stop": parts[1], "step": parts[2]}
    return Apply("range", (), bounds, parser.span(start))


def _enter(parser: Parser, bar: str = "") -> tuple[str, bool]:
    """Step inside a bracket: no bar is open there, or a colon parts, and blanks do not. Returns what held outside."""
    parser.at += 1
    outer = parser.bar, parser.blanks
    parser.bar, parser.blanks = bar, False
    return outer


def _leave(parser: Parser, outer: tuple[str, bool]) -> None:
    parser.bar, parser.blanks = outer
