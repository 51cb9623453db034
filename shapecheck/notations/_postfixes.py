"""Readers of what follows an operand: transposes, primes, attributes, methods."""

from __future__ import annotations

import re

from ..syntax.nodes import NO_PARAMS, NOWHERE, Apply, Index, Name, Node, Number
from ..values import replace
from ._brackets import arguments, called, sliced
from ._ones import ones
from ._pratt import Parser
from ._superscripts import MARKS, power, subscript, superscript

_STEP = re.compile(r"\(\s*[tτkn]\s*(?:[+-]\s*[0-9]+\s*)?\)")
"""A bracket in which a signal has its time, `x(t)`, `x(n-1)`."""
_AFTER_PRIME = re.compile(r"\[(\s*\w+(?:\s*[+-]\s*\w+)*\s*)\]|([0-9]+)(?=\s*\()")


def transpose(parser: Parser, left: Node, start: int) -> Node:
    """`.T`, `T` directly after a bracket, `.'`; what is transposed or marked already, `X^+`, is multiplied by a T."""
    _, _, begin, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if parser.source[begin:end] == "T" and type(left) is Apply and _is_raised(left):
        matrix = Name("T", "T", (), parser.span(begin))
        return Apply("product", (left, matrix), NO_PARAMS, parser.span(start))
    inner = left if parser.grammar.matlab else ones(left)
    return Apply("transpose", (inner,), NO_PARAMS, parser.span(start), parser.source[begin:end])


def _is_raised(node: Apply) -> bool:
    """Whether a transpose or a mark stands above what is not a bracket: a T above it would stand beside that."""
    mark = node.args[-1]
    is_marked = node.op == "superscript" and mark in MARKS
    return (node.op == "transpose" or is_marked) and not node.closed


def prime(parser: Parser, left: Node, start: int) -> Node:
    """`'`: of a function before a bracket, a derivative, whatever stands between (`g'[1](Z)`, `g(Z)'(Z)`)."""
    parser.at += 1
    sign = parser.source[parser.tokens[parser.at - 1][2] : parser.tokens[parser.at - 1][3]]
    if (vector := ones(left)) is not left:
        return Apply("transpose", (vector,), NO_PARAMS, parser.span(start), sign)
    return primed(parser, left, start, sign)


def primed(parser: Parser, left: Node, start: int, sign: str) -> Node:
    """The derivative's call where a bracket follows, else what is primed."""
    function = _function(parser, left)
    if type(function) is Name:
        function = _late_index(parser, function, start)
    node = Apply("prime", (left if function is None else function,), NO_PARAMS, parser.span(start), sign)
    following = parser.tokens[parser.at]
    if function is None or following[0] != "(":
        return Apply("prime", (left,), NO_PARAMS, node.span, sign) if type(function) is not Name else node
    return called(parser, node, start, following[4], arguments(parser))


def _function(parser: Parser, node: Node) -> Node | None:
    """The function in what is primed: a name, one with its layer above (`g¹'`), one with its argument (`g(Z)'`)."""
    if type(node) is Name:
        return node
    if type(node) is not Apply or not node.args or type(name := node.args[0]) is not Name:
        return node if type(node) is Apply and node.op == "prime" else None
    if node.op == "superscript" and not node.closed:
        above = parser.source[parser.tokens[parser.at - 2][2] : parser.tokens[parser.at - 2][3]]
        return Name(name.text + above, name.base, (*name.indices, Index("^", _text(node.args[1]))), node.span)
    return node if node.op == "prime" else name if node.op == "call" else None


def _text(node: Node) -> str:
    if isinstance(node, Name | Number):
        return node.text
    first, second = node.args
    return f"{_text(first)}-{_text(second.args[0])}" if type(second) is Apply else f"{_text(first)}+{_text(second)}"


def _late_index(parser: Parser, name: Name, start: int) -> Name:
    """The name with an index that stands after its prime: `g'[1](Z[1])`, `g'1(Z1)`."""
    _, _, begin, _, spaced = parser.tokens[parser.at]
    match = None if spaced else _AFTER_PRIME.match(parser.text, begin)
    if match is None:
        return name
    while parser.tokens[parser.at][2] < match.end() and parser.kind != "end":
        parser.at += 1
    index = Index("[", "".join(match[1].split())) if match[1] else Index("_", match[2])
    text = f"{name.text}{match[0]}"
    return Name(text, name.base, (*name.indices, index), name.span)


def matlab_quote(parser: Parser, left: Node, start: int) -> Node | None:
    """`'` in MATLAB: a transpose, except directly before a bracket."""
    _, _, _, _, spaced = parser.tokens[parser.at]
    if spaced and parser.blanks:
        return None
    following = parser.tokens[parser.at + 1]
    if following[0] == "(" and not following[4]:
        return prime(parser, left, start)
    return transpose(parser, left, start)


def attribute(parser: Parser, left: Node, start: int) -> Node:
    """`x.shape`; a method where a bracket follows; `.t()` is a transpose."""
    _, text, _, _, _ = parser.tokens[parser.at]
    parser.at += 1
    if parser.kind != "(":
        return Apply("attribute", (left,), {"name": text[1:]}, parser.span(start))
    args, params, *_ = arguments(parser)
    if text == ".t" and not args:
        return Apply("transpose", (left,), NO_PARAMS, parser.span(start), ".t()")
    return Apply("method", (left, *args), {"method": text[1:], **params}, parser.span(start))


def above(parser: Parser, left: Node, start: int) -> Node | None:
    """A superscript; `g^{[1]'}(Z)` is a derivative, `tanh²(x)` the square of the value."""
    spaced = parser.tokens[parser.at][4]
    if spaced and parser.tokens[parser.at][1][0] != "^":
        return None
    node = superscript(parser, left, start)
    following = parser.tokens[parser.at]
    if following[0] != "(" or type(node) is not Apply or not node.args:
        if type(node) is Name and following[0] == "(":
            return called(parser, node, start, following[4], arguments(parser))
        return node
    inner = node.args[0]
    if node.op == "prime":
        return primed(parser, inner, start, node.sign)
    if type(inner) is Name and _turns(node) and not following[4] and _STEP.match(parser.text, following[2]):
        signal = called(parser, inner, start, False, arguments(parser))
        return Apply("transpose", (replace(signal, span=NOWHERE),), NO_PARAMS, parser.span(start), node.sign or "^H")
    if node.op != "superscript" or type(inner) is not Name or following[4] or node.args[1] in MARKS:
        return node
    given = arguments(parser)
    if len(inner.base) > 1:
        return Apply("power", (called(parser, inner, start, False, given), node.args[1]), NO_PARAMS, parser.span(start))
    name = _function(parser, node)
    return node if name is None else called(parser, name, start, False, given)


def _turns(node: Apply) -> bool:
    """Whether a sign above a name transposes it: `x^T(t)` is the transpose of x(t)."""
    above = node.args[-1]
    return node.op == "transpose" or (node.op == "superscript" and type(above) is Name and above.text == "H")


POSTFIXES = {
    "transpose": transpose, "'": prime, "sup": above, "sub": subscript, "**": power, "^": power,
    "attribute": attribute, "[": sliced,
}  # fmt: skip
