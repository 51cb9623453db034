"""Read what stands above and below: `^{[2]T}`, `²ᵀ`, `^-1`, `_2`, the bounds of a sigma."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from ..syntax.nodes import NO_PARAMS, NOWHERE, Apply, Index, Name, Node, Number
from ..text import Span, regex
from ..vocabulary import SCALARS
from ._characters import SUPERSCRIPTS, lowered
from ._lexer import Token
from ._names import decompose
from ._ones import ones
from ._pratt import Parser

Pieces: TypeAlias = tuple[tuple[str, str], ...]
"""What a superscript says, in order: pairs of a kind (`T`, `-1`, `'`, an index's kind, `^`) and its text."""

_TRANSPOSE = r"T|⊤|tr|Tr|trans|transpose|\\(?:top|intercal|T)(?![a-z])|\\(?:text|mathrm|rm)\{?\s*T\}?"
_PIECE = regex(
    rf"\s*(?:(?P<T>(?:{_TRANSPOSE})(?![^\W\dT]))|(?P<inverse>-\s*1(?!\w))|(?P<both>-\s*(?:{_TRANSPOSE}))"
    rf"|(?P<prime>'|\\prime|\*(?=$))|\[(?P<layer>[^\[\]]+)\]|\((?P<round>\w+(?:\s*[+-]\s*\w+)*)\)"
    rf"|[<⟨](?P<time>[^<>⟨⟩]+)[>⟩]|(?P<mark>[-+†](?=\s*$))|(?P<bare>[0-9]+(?![\w.])|[^\W\d_](?:\s*[+-]\s*[0-9]+)?(?=T?$)|[0-9]+(?=T$)))\s*"
)
LABELS = re.compile(r"\s*\w+(?:\s*,\s*\w+(?:\s*[+-]\s*\w+)?)+\s*")
"""Several marks above a name, as in `δ^{x,L}`."""
MARKS = tuple(Name(sign, sign) for sign in "+-†")
"""What stands above a name as a mark of its own, `x̂⁻`, or as an operation, `A⁺`."""
_WORD = r"[a-z]{3,}"
_INDEX = {"layer": "[", "round": "(", "time": "<"}
_BARE = re.compile(r"(\w+?)(?:\s*([+-])\s*([0-9]+))?")


@lru_cache(maxsize=4096)
def _pieces(content: str) -> Pieces | None:
    """The pieces of a superscript; None if it is an expression."""
    found, at = [], 0
    while at < len(content):
        match = _PIECE.match(content, at)
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
    if type(left) is Name and (LABELS.fullmatch(content) or _is_word(content) or _is_label(parser, left, content)):
        parser.at += 1
        return _indexed(parser, left, Index("_", "".join(content.split())), start)
    pieces = _pieces(content)
    rounded = text[:2] == "^(" and type(left) is not Name
    if not pieces or rounded:
        return _expression_above(parser, left, start)
    parser.at += 1
    sign = parser.source[begin : parser.tokens[parser.at - 1][3]]
    own = _own_span(parser, begin, sign, pieces)
    for piece in pieces:
        left = _above(parser, left, start, piece, sign if len(pieces) == 1 else "", own)
    return left


def _is_word(content: str) -> bool:
    """Whether what stands above a name is a word that is part of it: `w^{new}`."""
    return re.fullmatch(_WORD, content) is not None and content not in SCALARS and not re.fullmatch(_TRANSPOSE, content)


def _is_label(parser: Parser, name: Name, content: str) -> bool:
    """Whether a capital above an array is part of its name, as in `W^Q`: no transpose, power or layer.

    One that is declared itself, as `A^B` has it, is an exponent, unless the array is declared with it.
    """
    letter = content.strip()
    if not re.fullmatch(r"[A-GI-KO-SU-Z]", letter) or not name.base[:1].isupper():
        return False
    return parser.declared.is_array(name.base, Index("_", letter)) or not parser.declared.is_spelled(letter)


def _own_span(parser: Parser, begin: int, sign: str, pieces: Pieces) -> Span:
    """Where the text of a superscript's only piece stands, where it is written as such; nowhere for `²`."""
    at = sign.find(pieces[0][1]) if len(pieces) == 1 else -1
    return NOWHERE if at < 0 else parser.window.host(begin + at, begin + at + len(pieces[0][1]))


def _above(parser: Parser, left: Node, start: int, piece: tuple[str, str], sign: str, own: Span) -> Node:
    kind, text = piece
    span = parser.span(start)
    if kind == "T":
        return Apply("transpose", (ones(left),), NO_PARAMS, span, sign)
    if kind == "prime":
        return Apply("prime", (left,), NO_PARAMS, span, sign)
    if kind == "inverse":
        return Apply("inverse", (left,), NO_PARAMS, span, sign)
    if kind == "both":
        return Apply("transpose", (Apply("inverse", (left,), NO_PARAMS, span),), NO_PARAMS, span, sign)
    if kind not in ("bare", "mark") and type(left) is Name:
        return _indexed(parser, left, Index(kind, text), start)
    exponent = Name(text, text, (), own) if kind == "mark" else _exponent(text, own)
    if type(left) is Name:
        return Apply("superscript", (left, exponent), NO_PARAMS, span, sign)
    return Apply("power", (left, exponent), NO_PARAMS, span, sign or "^")


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
        negative = re.fullmatch(r"-([0-9]+)", _content(text))
        if negative is None:
            parser.unexpected("a number, a letter or a transpose")
        parser.at += 1
        exponent = negative and Apply("neg", (Number(negative[1]),))
        return left if exponent is None else Apply("power", (left, exponent), NO_PARAMS, parser.span(start), "^")
    inner = lex(parser.text[begin + 1 : end])[:-1]
    moved = [(kind, word, at + begin + 1, to + begin + 1, spaced) for kind, word, at, to, spaced in inner]
    return raised(parser, left, start, moved)


def raised(parser: Parser, left: Node, start: int, exponent: list[Token]) -> Node:
    """A power, the next token being replaced by its sign and the tokens of its exponent; `^{∘2}` is `.^2`."""
    _, _, begin, _, _ = parser.tokens[parser.at]
    place = next((at for at, token in enumerate(exponent) if token[0] != "{"), 0)
    by_entries = len(exponent) > place + 1 and exponent[place][0] == "*"
    if by_entries:
        del exponent[place]
    parser.tokens[parser.at : parser.at + 1] = [("**", "^", begin, begin + 1, False), *exponent]
    found = power(parser, left, start)
    if by_entries and type(found) is Apply:
        return Apply(found.op, found.args, found.params, found.span, ".^")
    return found


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
    if type(left) is Apply and (measured := _measured(parser, left, index.text, start)) is not None:
        return measured
    if type(inner) is not Name:
        return None
    parser.at += 1
    named = _indexed(parser, inner, index, start)
    if left is inner or type(left) is not Apply:
        return named
    named = Name(named.text, named.base, named.indices, inner.span)
    return Apply(left.op, (named, *left.args[1:]), left.params, parser.span(start), left.sign)


def _measured(parser: Parser, left: Apply, index: str, start: int) -> Apply | None:
    """What stands below a norm, `‖x‖_1`, `‖x‖²_A`, below an inner product, or a positive part, `(x)_+`."""
    inner = left.args[0] if left.args else left
    if left.op in ("power", "superscript") and type(inner) is Apply and inner.op == "norm" and not inner.params:
        normed = _measured(parser, inner, index, start)
        return normed and Apply(left.op, (normed, *left.args[1:]), left.params, parser.span(start), left.sign)
    if left.op not in ("norm", "pairing") and not (index == "+" and left.closed):
        return None
    parser.at += 1
    if left.op == "norm":
        return Apply("norm", left.args, {"ord": index}, parser.span(start), "", True)
    if left.op == "pairing":
        return Apply(left.op, left.args, left.params, parser.span(start), left.sign, True)
    return Apply("relu", (left,), NO_PARAMS, parser.span(start), "relu")


def _indexed(parser: Parser, name: Name, index: Index, start: int) -> Name:
    """The name with one more index, spelled as in the source from its start to here."""
    text = parser.source[start : parser.tokens[parser.at - 1][3]]
    return Name(text, name.base, (*name.indices, index), parser.span(start))


def layer_above(parser: Parser) -> Index | None:
    """A bare superscript that follows, as a layer; None if none does."""
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


def decomposed(text: str) -> tuple[str, tuple[Index, ...]]:
    """The base and the indices of what stands below a gradient sign: `W^{2}` has a layer above it."""
    stem, sign, above = text.partition("^")
    pieces = _pieces(_content(sign + above)) if above else None
    if pieces is None or len(pieces) != 1 or pieces[0][0] != "bare":
        return decompose(text)
    base, indices = decompose(stem)
    return base, (*indices, Index("^", pieces[0][1]))


def index_below(parser: Parser) -> str:
    """The single index that stands below here; "" where there is none, or it says where a sum begins."""
    kind, text, _, _, spaced = parser.tokens[parser.at]
    content = _content(text).strip() if kind == "sub" and not spaced else ""
    if not re.fullmatch(r"\w+", content):
        return ""
    parser.at += 1
    return content


def is_postfix(parser: Parser, alone: bool) -> bool:
    """Whether a transpose or an inverse stands above here, or, where nothing stands below (`alone`), any power."""
    kind, text, _, _, spaced = parser.tokens[parser.at]
    pieces = _pieces(_content(text)) if kind == "sup" and not spaced else None
    if not pieces:
        return False
    is_number = pieces[0][0] == "bare" and pieces[0][1].isdecimal() and parser.tokens[parser.at + 1][0] != "sub"
    return pieces[0][0] in ("T", "inverse", "both") or (alone and is_number)


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
