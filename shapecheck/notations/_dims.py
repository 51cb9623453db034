"""Read shapes and dimensions: `parse_shape("n0 x m", 0)`, `parse_dim("(h - f + 2p)//s + 1", 0)`.

shape  = "scalar" | "()" | "(" dim "," ")" | "(" dim ("," dim)* ")" | dim (" x " dim)*
dim    = term (("+" | "-") term)*
term   = factor (("*" | "//" | "/" | "·" | "") factor)*
factor = "-" factor | (number | name | "(" dim ")") ("^" number)?
"""

from __future__ import annotations

import re

from ..shapes.dims import DIGITS, ONE, Dim, TooLong, number, symbol
from ..syntax.nodes import Index, Trouble
from ..text import Span
from ._characters import fold, lowered
from ._lexer import Token, lex
from ._names import decompose

_DEPTH = 50
"""How deeply the brackets of a dimension may be nested, well below Python's recursion limit."""
_SEPARATOR = re.compile(r"×|\\times|(?<=[\s)\]])[xX](?=[\s(]|$)|(?<=[0-9])x(?=[0-9])|\bby\b")
_SHIFTED = re.compile(r"(\w*?)((?:[+-][0-9]+)*)")
_STARTS = ("name", "number", "(")


class _Bad(Exception):
    """A text that is not a dimension; caught in this module."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(what)
        self.code = code


def parse_shape(text: str, start: int = 0, lone_rank: int = 2) -> tuple[Dim, ...] | Trouble:
    """The dimensions of a shape that stands at `start` in its host; a lone `n` has `lone_rank` dimensions."""
    inner, comma = fold(text).strip().rstrip(".;").strip(), False
    if inner in ("scalar", "()", "a scalar", "[]"):
        return ()
    if _bracketed(inner):
        inner, comma = inner[1:-1], True
    parts = _split(inner, comma)
    if comma and len(parts) > 1 and not parts[-1].strip():
        parts, lone_rank = parts[:-1], 1
    dims = []
    for part in parts:
        dim = parse_dim(part, start)
        if isinstance(dim, Trouble):
            return Trouble(dim.code, Span(start, start + len(text)), {**dim.words, "shape": text.strip()})
        dims.append(dim)
    if len(dims) == 1 and lone_rank == 2:
        dims.append(ONE)
    return tuple(dims)


def is_lone(text: str) -> bool:
    """Whether a shape is a single dimension, `n`: that of a column, or of an array of rank 1. `(n,)` is no column."""
    column, array = parse_shape(text), parse_shape(text, lone_rank=1)
    return not isinstance(column, Trouble) and not isinstance(array, Trouble) and len(array) < len(column)


def parse_dim(text: str, start: int = 0) -> Dim | Trouble:
    """A dimension that stands at `start` in its host."""
    try:
        dim = _DimensionParser(lex(fold(text))).whole()
    except (_Bad, TooLong) as bad:
        code = bad.code if isinstance(bad, _Bad) else "SC104"
        return Trouble(code, Span(start, start + len(text)), {"dim": text.strip(), "what": str(bad)})
    if dim.value is not None and dim.value <= 0:
        return Trouble(
            "SC112", Span(start, start + len(text)), {"dim": text.strip(), "what": "a size must be at least 1"}
        )
    return dim


def dim_symbol(base: str, indices: tuple[Index, ...]) -> str:
    """The one spelling of a dimension's symbol: `n1` for `n[1]`, `n_1`, `n^{[1]}`; `n[l-1]` for a letter's layer."""
    return base + "".join(map(_index, indices))


def _index(index: Index) -> str:
    kind, text = index
    if kind in (".", '"'):
        return f".{text}" if kind == "." else f'["{text}"]'
    match = _SHIFTED.fullmatch(text)
    if match is None:
        return f"[{text}]"
    stem, shift = match[1], sum(map(int, re.findall(r"[+-][0-9]{1,9}", match[2])))
    if stem.isdigit() and len(stem) < 10:
        return str(int(stem) + shift)
    if kind == "_" and not match[2] and stem not in ("l", "L"):
        return f"_{stem}"
    return f"[{stem}{shift:+}]" if shift else f"[{stem}]"


def _bracketed(text: str) -> bool:
    """Whether the first bracket closes at the very end."""
    if not text.startswith(("(", "[")):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0:
            return at == len(text) - 1
    return False


def _split(text: str, comma: bool) -> list[str]:
    """The dimensions of a shape, cut at its commas or crosses outside of brackets."""
    separators = [match.span() for match in _SEPARATOR.finditer(text)]
    commas = [(at, at + 1) for at, sign in enumerate(text) if sign == ","]
    parts, last = [], 0
    for begin, end in commas if comma and commas else separators or commas:
        before = text[last:begin]
        if before.count("(") + before.count("[") != before.count(")") + before.count("]"):
            continue
        parts.append(before)
        last = end
    return [*parts, text[last:]]


class _DimensionParser:
    """One reading of a dimension, by recursive descent."""

    __slots__ = ("at", "depth", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Dim:
        dim = self.sum()
        if self.tokens[self.at][0] != "end":
            raise _Bad("SC112", f"unexpected `{self.tokens[self.at][1]}`")
        return dim

    def sum(self) -> Dim:
        dim = self.term()
        while (sign := self.tokens[self.at][0]) in ("+", "-"):
            self.at += 1
            dim = dim + self.term() if sign == "+" else dim - self.term()
        return dim

    def term(self) -> Dim:
        dim = self.factor()
        while (kind := self.tokens[self.at][0]) in ("*", "·", "/") or kind in _STARTS:
            if kind not in _STARTS:
                self.at += 1
            elif self.tokens[self.at - 1][0] == "name":
                before, here = self.tokens[self.at - 1][1], self.tokens[self.at][1]
                raise _Bad("SC112", f"an operator is missing between `{before}` and `{here}`")
            dim = _quotient(dim, self.factor()) if kind == "/" else dim * self.factor()
        return dim

    def factor(self) -> Dim:
        kind, text, _, _, _ = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            dim = _number(text)
        elif kind == "name":
            dim = symbol(dim_symbol(*decompose(text)))
        elif kind in ("-", "("):
            self.depth += 1
            if self.depth > _DEPTH:
                raise _Bad("SC104", f"a dimension nested deeper than {_DEPTH}")
            dim = self._inside() if kind == "(" else number(0) - self.factor()
            self.depth -= 1
        else:
            raise _Bad("SC112", "a number or a name is missing" if kind == "end" else f"unexpected `{text}`")
        return self._raised(dim)

    def _inside(self) -> Dim:
        dim = self.sum()
        if self.tokens[self.at][0] != ")":
            raise _Bad("SC112", "a bracket is never closed")
        self.at += 1
        return dim

    def _raised(self, dim: Dim) -> Dim:
        """The dimension to the power, or of the layer, that stands above."""
        kind, text, _, _, _ = self.tokens[self.at]
        if kind == "**":
            self.at += 1
            kind, text, _, _, _ = self.tokens[self.at]
        elif kind != "sup":
            return dim
        above = lowered(text).strip("^{}")
        self.at += 1
        if above.isdigit() and len(above) < 3:
            power = ONE
            for _ in range(int(above)):
                power = power * dim
            return power
        if dim.text.isidentifier() and re.fullmatch(r"\w(?:[+-][0-9]+)?", above):
            return symbol(dim_symbol(dim.text, (Index("^", above),)))
        raise _Bad("SC112", f"unexpected `{text}`")


def _number(text: str) -> Dim:
    if len(text) > DIGITS:
        raise _Bad("SC104", f"a number of more than {DIGITS:,} digits")
    if not text.isdigit():
        raise _Bad("SC112", "a size must be a whole number")
    return number(int(text))


def _quotient(left: Dim, right: Dim) -> Dim:
    if not right.terms:
        raise _Bad("SC112", "a size cannot be divided by 0")
    if left.value is not None and right.value is not None:
        return number(left.value // right.value)
    return left // right
