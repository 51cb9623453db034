"""Read what stands above and below: `^{[2]T}`, `²ᵀ`, `^-1`, `_2`, the bounds of a sigma."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TypeAlias

from ..syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number
from ..text import Span
from ._characters import SUPERSCRIPTS, lowered
from ._names import decompose
from ._pratt import Parser

Pieces: TypeAlias = tuple[tuple[str, str], ...]
"""What a superscript says, in order: pairs of a kind (`T`, `-1`, `'`, an index's kind, `^`) and its text."""

_SIMPLE = r"[^\W_]\w*"
_TRANSPOSE = r"T|⊤|\\(?:top|intercal|T)(?![a-z])|\\(?:text|mathrm|rm)\{?\s*T\}?"
_PIECE = (
    rf"\s*(?:(?P<T>(?:{_TRANSPOSE})(?![^\W\dT]))|(?P<inverse>-\s*1(?!\w))|(?P<both>-\s*(?:{_TRANSPOSE}))"
    rf"|(?P<prime>'|\\prime|\*(?=$))|\[(?P<layer>[^\[\]]+)\]|\((?P<round>\w+(?:\s*[+-]\s*\w+)*)\)"
    rf"|[<⟨](?P<time>[^<>⟨⟩]+)[>⟩]|(?P<bare>[0-9]+(?![\w.])|[^\W\d_](?:\s*[+-]\s*[0-9]+)?(?=T?$)|[0-9]+(?=T$)))\s*"
)
LABELS = re.compile(r"\s*\w+(?:\s*,\s*\w+(?:\s*[+-]\s*\w+)?)+\s*")
"""Several marks above a name, as in `δ^{x,L}`."""
_INDEX = {"layer": "[", "round": "(", "time": "<"}
_BARE = re.compile(r"(\w+?)(?:\s*([+-])\s*([0-9]+))?")


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(_PIECE)


@lru_cache(maxsize=4096)
def _pieces(content: str) -> Pieces | None:
    """The pieces of a superscript; None where it is an expression."""
    found, at = [], 0
    while at < len(content):
        match = _piece().match(content, at)
        if match is None or match.end() == at:
            return None
        kind = match.lastgroup or ""
        found.append((_INDEX.get(kind, kind), "".join((match[kind]).split())))
        at = match.end()
    return tuple(found)


def _content(token: str) -> str:
    """What a superscript or subscript token says, without its sign and braces."""
    if token[0] not in "^_":
        return lowered(token)
    return token[2:-1] if token[1:2] == "{" else token[1:]


def superscript(parser: Parser, left: Node, start: int) -> Node | None:
    """Apply what stands above to what it stands on."""
    _, text, begin, _, _ = parser.tokens[parser.at]
    content = _content(text)
    if content[:1] in ("+", "-") and type(left) is Name and left.base[1:] == "ℓ" and not left.indices:
        content = "l" + content
        left = Name(left.text[:-1], left.base[:-1], (), left.span._replace(end=left.span.end - 1))
    if parser.grammar.matlab and not re.fullmatch(r"\s*-\s*1", content):
        return _expression_above(parser, left, start)
    if type(left) is Name and LABELS.fullmatch(content):
        parser.at += 1
        return _indexed(parser, left, Index("_", "".join(content.split())), start)
    pieces = _pieces(content)
    rounded = text[:2] == "^(" and type(left) is not Name
    if not pieces or rounded:
        return _expression_above(parser, left, start)
    parser.at += 1
    sign = parser.source[begin : parser.tokens[parser.at - 1][3]]
    for piece in pieces:
        left = _above(parser, left, start, piece, sign if len(pieces) == 1 else "")
    return left


def _above(parser: Parser, left: Node, start: int, piece: tuple[str, str], sign: str) -> Node:
    kind, text = piece
    span = parser.span(start)
    if kind == "T":
        return Apply("transpose", (left,), NO_PARAMS, span, sign)
    if kind == "prime":
        return Apply("prime", (left,), NO_PARAMS, span, sign)
    if kind == "inverse":
        return Apply("inverse", (left,), NO_PARAMS, span, sign)
    if kind == "both":
        return Apply("transpose", (Apply("inverse", (left,), NO_PARAMS, span),), NO_PARAMS, span, sign)
    if kind != "bare" and type(left) is Name:
        return _indexed(parser, left, Index(kind, text), start)
    exponent = _exponent(text, span)
    return Apply("superscript" if type(left) is Name else "power", (left, exponent), NO_PARAMS, span, sign)


def _exponent(text: str, span: Span) -> Node:
    """A number, a letter, or a letter and a number, as a node; `ℓ` is l."""
    match = _BARE.fullmatch(text)
    if match is None:
        return Name(text, *decompose(text), span)
    first, sign, second = match.groups()
    letter = first.replace("ℓ", "l")
    base: Node = Number(first, span) if first.isdigit() else Name(letter, letter, (), span)
    if not sign:
        return base
    by: Node = Number(second, span)
    return Apply("add", (base, by if sign == "+" else Apply("neg", (by,), NO_PARAMS, span)), NO_PARAMS, span)


def _expression_above(parser: Parser, left: Node, start: int) -> Node:
    """A power whose exponent is an expression: the token is cut into its sign and the tokens that it holds."""
    from ._lexer import lex

    _, text, begin, end, _ = parser.tokens[parser.at]
    if text[0] != "^" or len(text) == 1:
        parser.unexpected("a number, a letter or a transpose")
        parser.at += 1
        return left
    inner = lex(parser.text[begin + 1 : end])[:-1]
    moved = [(kind, word, at + begin + 1, to + begin + 1, spaced) for kind, word, at, to, spaced in inner]
    parser.tokens[parser.at : parser.at + 1] = [("**", "^", begin, begin + 1, False), *moved]
    return power(parser, left, start)


def power(parser: Parser, left: Node, start: int) -> Node:
    """`**2`, `^(1/2)`, `.^2`."""
    from ._signs import POSTFIX

    _, _, begin, end, _ = parser.tokens[parser.at]
    parser.at += 1
    exponent = parser.expression(POSTFIX)
    sign = parser.source[begin:end]
    if sign == "^" and type(exponent) is Apply and exponent.op == "neg" and exponent.args[0] == Number("1"):
        return Apply("inverse", (left,), NO_PARAMS, parser.span(start), "^-1")
    return Apply("power", (left, exponent), NO_PARAMS, parser.span(start), sign)


def subscript(parser: Parser, left: Node, start: int) -> Node | None:
    """An index that stands after something else: `W^T_2` is the transpose of `W_2`."""
    _, text, _, _, spaced = parser.tokens[parser.at]
    if spaced:
        return None
    index = Index("_", "".join(_content(text).lstrip("_").split()))
    inner = left.args[0] if type(left) is Apply and left.args else left
    if type(left) is Apply and left.op == "norm":
        parser.at += 1
        return Apply("norm", left.args, {"ord": index.text}, parser.span(start), "", True)
    if type(inner) is not Name:
        return None
    parser.at += 1
    named = _indexed(parser, inner, index, start)
    if left is inner or type(left) is not Apply:
        return named
    named = Name(named.text, named.base, named.indices, inner.span)
    return Apply(left.op, (named, *left.args[1:]), left.params, parser.span(start), left.sign)


def _indexed(parser: Parser, name: Name, index: Index, start: int) -> Name:
    """The name with one more index, spelled as in the source from its start to here."""
    text = parser.source[start : parser.tokens[parser.at - 1][3]]
    return Name(text, name.base, (*name.indices, index), parser.span(start))


def layer_above(parser: Parser) -> Index | None:
    """A bare superscript that follows, as a layer; None where none does."""
    kind, text, _, _, spaced = parser.tokens[parser.at]
    if kind != "sup" or spaced:
        return None
    content = _content(text)
    if text[0] in SUPERSCRIPTS and content.endswith("T"):
        return None
    pieces = _pieces(content)
    if pieces is None or len(pieces) != 1 or pieces[0][0] in ("T", "prime", "inverse", "both"):
        return None
    parser.at += 1
    kind, word = pieces[0]
    return Index("^" if kind == "bare" else kind, word)


def bounds(parser: Parser) -> tuple[str, Node | None, Node | None]:
    """The index and the bounds that stand at a sigma, in either order."""
    index, low, high = "", None, None
    for _ in range(2):
        kind, text, start, _, spaced = parser.tokens[parser.at]
        if spaced or kind not in ("sub", "sup"):
            break
        parser.at += 1
        if kind == "sub":
            index, low = bound(parser, _content(text))
        else:
            high = _simple(_content(text), parser.window.host(start, parser.tokens[parser.at - 1][3]))
    return index, low, high


def bound(parser: Parser, text: str) -> tuple[str, Node | None]:
    """`i=1` as the index and its first value."""
    index, _, first = text.partition("=")
    span = parser.span(parser.tokens[parser.at - 1][2])
    return re.split(r"[∈<≤:]|\\in", index)[0].strip(), _simple(first, span) if first.strip() else None


def _simple(text: str, span: Span) -> Node:
    text = text.strip()
    if _BARE.fullmatch(text) and (text[0].isdigit() or len(_BARE.fullmatch(text)[1]) == 1):  # type: ignore[index]
        return _exponent(text, span)
    return Name(text, *decompose(text), span)
