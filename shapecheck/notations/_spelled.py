"""Signs of derivatives as words: `grad f(x)`, `grad_w L`, `partial L/partial w`, `del C/del W`."""

from __future__ import annotations

from ..vocabulary import LOSSES
from ._brackets import CLOSERS
from ._derivatives import TERM_ENDS
from ._names import decompose
from ._pratt import Parser
from ._signs import FUNCTION_LETTERS

_PARTIAL = ("partial", "del")
_GRADIENT = "grad"


def spelled_out(parser: Parser, word: str) -> str:
    """The sign that the word ahead stands for, `∇` or `∂`, which its token is then; "" where it is a name."""
    if parser.grammar.juxtaposition is None:
        return ""
    if word in _PARTIAL:
        return _partial(parser, word)
    return _gradient(parser, word) if word.startswith(_GRADIENT) else ""


def _partial(parser: Parser, word: str) -> str:
    """`partial L/partial w`: the same word stands behind the bar of the term."""
    tokens, depth = parser.tokens, 0
    for at in range(parser.at + 1, len(tokens) - 2):
        kind = tokens[at][0]
        depth += (kind in CLOSERS) - (kind in CLOSERS.values())
        if depth < 0 or (depth == 0 and kind in TERM_ENDS):
            return ""
        if depth == 0 and kind == "/" and tokens[at + 1][1] == word and tokens[at + 2][0] == "name":
            for place in (parser.at, at + 1):
                tokens[place] = ("∂", *tokens[place][1:])
            return "∂"
    return ""


def _gradient(parser: Parser, word: str) -> str:
    """`grad L`, `grad_w L`: a name stands behind the word, of a function where its variable stands below."""
    tokens, at = parser.tokens, parser.at
    _, _, start, end, spaced = tokens[at]
    kind, text, _, _, apart = tokens[at + 1]
    if kind != "name" or not apart or text.startswith(_GRADIENT):
        return ""
    below = word.removeprefix(_GRADIENT)
    if below:
        base = decompose(text)[0]
        if below[0] != "_" or below == "_" or (base not in LOSSES and base not in FUNCTION_LETTERS):
            return ""
        stem = start + len(_GRADIENT)
        tokens[at : at + 1] = [("∇", _GRADIENT, start, stem, spaced), ("sub", below, stem, end, False)]
    else:
        tokens[at] = ("∇", word, start, end, spaced)
    return "∇"
