"""Square brackets that hold a function's arguments, as round ones do: `tr[A X B]`, `log [x]`, `KL[q ‖ p]`."""

from __future__ import annotations

from ..vocabulary import PREFIXED, PREFIXED_TO_ROWS
from ._lexer import Token, lex
from ._pratt import Parser

_FUNCTIONS = PREFIXED | PREFIXED_TO_ROWS
_LAYERED = ("(", "'")
"""What stands behind the layer of a function, `tanh[1](Z)`."""


def take_square(parser: Parser, word: str) -> str:
    """Make the square brackets behind a function round ones, where one argument stands in them; the function's word.

    What parts its arguments by `‖` is a divergence.
    """
    tokens, at = parser.tokens, parser.at
    function, _, inner = word.partition("[")
    if (function not in _FUNCTIONS and not _is_divergence(tokens, at + 1)) or parser.grammar.juxtaposition is None:
        return word
    if inner and inner[-1] == "]" and tokens[at + 1][0] not in _LAYERED:
        tokens[at : at + 1] = _apart(tokens[at], len(function))
    close = _closing(tokens, at + 1) if tokens[at + 1][0] == "[" else None
    if close is not None:
        for place, kind in ((at + 1, "("), (close, ")")):
            tokens[place] = (kind, *tokens[place][1:])
    return tokens[at][1]


def _is_divergence(tokens: list[Token], opening: int) -> bool:
    """Whether a bracket holds a single `‖`, and so no norm."""
    close = _closing(tokens, opening) if tokens[opening][0] == "[" else None
    return close is not None and [token[0] for token in tokens[opening:close]].count("‖") == 1


def _apart(token: Token, length: int) -> list[Token]:
    """A name with something in square brackets as the tokens that it is made of."""
    _, text, start, end, spaced = token
    begin = start + length
    inside = [
        (kind, word, first + begin + 1, last + begin + 1, blank)
        for kind, word, first, last, blank in lex(text[length + 1 : -1])[:-1]
    ]
    opening, closing = ("[", "[", begin, begin + 1, False), ("]", "]", end - 1, end, False)
    return [("name", text[:length], start, begin, spaced), opening, *inside, closing]


def _closing(tokens: list[Token], opening: int) -> int | None:
    """The place of the bracket that closes one; None where none does, or where several things stand between them."""
    depth = 0
    for place in range(opening, len(tokens)):
        kind = tokens[place][0]
        depth += (kind in "([{") - (kind in ")]}")
        if depth == 0:
            return place if kind == "]" and place > opening + 1 else None
        if depth == 1 and kind in (",", ";", ":"):
            return None
    return None
