"""One token as a name, or a part of one."""

from __future__ import annotations

from ..syntax.nodes import Name
from ._names import decompose
from ._pratt import Parser


def single_name(parser: Parser) -> Name:
    """The next token as a name."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    base, indices = decompose(text)
    return Name(parser.source[start:end], base, indices, parser.window.host(start, end))


def part(parser: Parser, start: int, end: int) -> Name:
    """What stands between two offsets as a name."""
    base, indices = decompose(parser.text[start:end])
    return Name(parser.source[start:end], base, indices, parser.window.host(start, end))
