"""Cut a statement of Julia into the tokens that the tables of readers know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._lexer import Token
from .._lexer import lex as plain_lex

_BRACKET = "\x01"
"""A bracket that holds positions, and is no part of a name: `W[1]` is an entry."""
_POSITIONS = re.compile(r"\[(?!\s*\")")
_TYPE = re.compile(r"::\s*[\w.]+(?:\{(?:[^{}]|\{[^{}]*\})*\})?|<:\s*\w+")
_SINGLE = re.compile(r"(?<=\d)f(?=[-+]?\d)")
"""What stands before the exponent of a number of single precision."""
_MACRO = re.compile(r"\s*@(?:views?|inbounds|time|fastmath)\b")
EVERY = "\x02"
"""What stands in the place of `@.`, after which each sign has a dot."""
_SIGNED = frozenset("'") | {"number", ")"}
"""What a factor may stand after without a sign: `2x`, `x'y`, `(n - 1)x`."""
_DOTTED = frozenset(("+", "-", "=", "compare", "*", "/", "**", "(", "=="))
"""What a dot may stand before."""


def bare(text: str) -> str:
    """A statement without its types and macros, of the same length; an `e` in the exponents of its numbers."""
    for pattern in (_MACRO, _TYPE):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return _SINGLE.sub("e", text).replace("@.", f" {EVERY}")


def lex(text: str, sigma: bool = False) -> list[Token]:
    """The tokens of a statement, an `end` last."""
    dotted = text.find(EVERY)
    every = dotted if dotted >= 0 else len(text)
    marked = _POSITIONS.sub(_BRACKET, text.replace(EVERY, " "))
    tokens = _undotted(_named(plain_lex(marked, sigma)))
    return list(_multiplied(_spread(each) if each[2] > every else each for each in tokens))


def _named(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with brackets for positions, and `∂W` and `∇W` as the names that they are."""
    waiting: Token | None = None
    for token in tokens:
        if token[1] == _BRACKET:
            token = ("[", "[", *token[2:])
        if waiting and token[0] == "name" and not token[4]:
            token = ("name", waiting[1] + token[1], waiting[2], token[3], waiting[4])
        elif waiting:
            yield waiting
        waiting = token if token[0] in "∂∇" else None
        if not waiting:
            yield token


def _undotted(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens with the dot of `.+`, `.=`, `f.(x)` and `.*=` as a part of the sign that it stands before."""
    waiting: Token | None = None
    for token in tokens:
        kind, text, start, end, spaced = token
        if waiting and kind in _DOTTED and not spaced:
            opens = kind == "("
            token = (kind, text, start, end, False) if opens else (kind, waiting[1] + text, waiting[2], end, waiting[4])
        elif waiting:
            yield waiting
        waiting = token if token[1] in (".", ".*", "./") and token[0] in ".*/" else None
        if not waiting:
            yield token


def _spread(token: Token) -> Token:
    """A token after `@.`, where each sign has a dot."""
    return (token[0], f".{token[1]}", *token[2:]) if token[1] in ("*", "+", "-") else token


def _multiplied(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens with one for each product without a sign."""
    before = ""
    for token in tokens:
        kind, _, start, _, spaced = token
        is_factor = kind == "name" or (kind == "(" and before == "number")
        if is_factor and before in _SIGNED and not spaced:
            yield ("juxtaposed", "", start, start, False)
        before = kind
        yield token
