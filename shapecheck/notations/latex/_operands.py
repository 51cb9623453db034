r"""Readers of LaTeX's own operands: fractions and derivatives, roots, gradients, functions, blocks."""

from __future__ import annotations

import re

from ...syntax.nodes import NO_PARAMS, Apply, Name, Node
from .._brackets import BETWEEN_BRACKETS, CLOSERS, arguments, block, called
from .._derivatives import LOST
from .._operands import OPERANDS as PLAIN
from .._operands import applied_to, name_or_call
from .._pratt import Parser
from .._signs import COMPARE, POSTFIX
from ._derivatives import closing, derivative, nabla, partial, total


def fraction(parser: Parser, level: int) -> Node:
    """`\\frac{a}{b}`: a quotient, or a derivative by `∂` or `d`."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    at, troubles = parser.at, len(parser.troubles)
    _without_double_braces(parser)
    if parser.kind == "{":
        found = derivative(parser, start)
        if found is not None:
            return found
        parser.at = at
        del parser.troubles[troubles:]
    is_derivative = parser.kind == "{" and parser.tokens[parser.at + 1][0] == "∂"
    top = _argument(parser)
    below = _argument(parser)
    if is_derivative:
        del parser.troubles[troubles:]
        return parser.not_understood(start, LOST)
    return Apply("divide", (top, below), NO_PARAMS, parser.span(start), "\\frac", True)


def _without_double_braces(parser: Parser) -> None:
    """Take away the second braces of `\\frac{ {da} }{ {dz} }`, which keep a site's templates from reading the first."""
    at = parser.at
    while at < len(parser.tokens) and parser.tokens[at][0] == "{":
        end = closing(parser, at)
        while parser.tokens[at + 1][0] == "{" and closing(parser, at + 1) == end - 1:
            del parser.tokens[end - 1], parser.tokens[at + 1]
            end -= 2
        at = end + 1


def _argument(parser: Parser) -> Node:
    """One argument of a command: a group, or a single token."""
    if parser.kind in CLOSERS and parser.kind == "{":
        return group(parser, COMPARE)
    kind, text, start, end, spaced = parser.tokens[parser.at]
    if kind in ("name", "number") and len(text) > 1 and parser.text[start] != "\\":
        first, rest = text[0], (kind, text[1:], start + 1, end, False)
        follows = kind if text[1].isalpha() or text[1].isdigit() else ""
        if follows:
            parser.tokens[parser.at : parser.at + 1] = [
                (kind, first, start, start + 1, spaced),
                ("number" if text[1].isdigit() else "name", *rest[1:]),
            ]
    reader = parser.grammar.operands.get(parser.kind)
    return parser.hole() if reader is None else reader(parser, POSTFIX)


def group(parser: Parser, level: int) -> Node:
    """`{ x }`: like a bracket, to the reader."""
    return PLAIN["{"](parser, level)


def root(parser: Parser, level: int) -> Node:
    """`\\sqrt{x}`."""
    _, _, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if parser.kind == "[":
        return parser.not_understood(start, "a root that is not a square root")
    name = Name("\\sqrt", "sqrt", (), parser.window.host(start, end))
    return Apply("call", (name, _argument(parser)), NO_PARAMS, parser.span(start))


def function(parser: Parser, level: int) -> Node:
    """`\\tanh(x)`, `\\log x`: a function takes the factor that follows where there is no bracket."""
    start = parser.tokens[parser.at][2]
    name = parser.name()
    kind, _, _, _, spaced = parser.tokens[parser.at]
    if (applied := applied_to(parser, name, start)) is not None:
        return applied
    if kind == "(":
        return called(parser, name, start, spaced, arguments(parser))
    if parser.begins_operand and not parser.ends(kind):
        return Apply("call", (name, parser.expression(POSTFIX)), NO_PARAMS, parser.span(start))
    return name


def name(parser: Parser, level: int) -> Node:
    """A name, a call, or a derivative `dL/dW` without blanks; `𝟙[x > 0]` and `𝟙_{x > 0}` are indicators."""
    token = parser.tokens[parser.at]
    if token[1] == "…":
        parser.at += 1
        return Name("…", "…", (), parser.window.host(token[2], token[3]))
    slash = parser.tokens[parser.at + 1]
    if slash[1] == "/" and not slash[4] and token[1][0] == "d":
        return total(parser) or name_or_call(parser, level)
    start = token[2]
    node = name_or_call(parser, level)
    if type(node) is not Name:
        return node
    if "'" in node.text:
        node = Name(node.text.replace("'", ""), node.base, node.indices, node.span)
    _, text, begin, _, spaced = parser.tokens[parser.at]
    if text == "[" and not spaced and not is_index(parser.text, begin):
        return _between_brackets(parser, node, start)
    return node


def _between_brackets(parser: Parser, function: Name, start: int) -> Node:
    """`a[x]`, where the square bracket may hold an argument; `resolve` knows whether it holds a factor."""
    inner = stacked(parser, COMPARE)
    if type(inner) is Apply and inner.op == "block":
        return Apply("product", (function, inner), NO_PARAMS, parser.span(start))
    return Apply("call", (function, inner), {"square": True}, parser.span(start))


def unknown(parser: Parser, level: int) -> Node:
    """A command without a meaning here."""
    _, text, start, _, _ = parser.tokens[parser.at]
    parser.at += 1
    return parser.not_understood(start, f"the command {text}")


def stacked(parser: Parser, level: int) -> Node:
    """A matrix, or a square bracket: with one thing in it, it is a bracket."""
    node = block(parser, level)
    if type(node) is not Apply or len(node.args) != 1:
        return node
    row = node.args[0]
    if type(row) is not Apply or len(row.args) != 1:
        return node
    inner = row.args[0]
    if type(inner) is not Apply:
        return inner
    params = BETWEEN_BRACKETS if inner.op == "product" and not inner.closed and inner.sign == " " else inner.params
    return Apply(inner.op, inner.args, params, node.span, inner.sign, True)


OPERANDS = {
    **PLAIN,
    "name": name, "function": function, "∂": partial, "∇": nabla, "frac": fraction, "sqrt": root,
    "unknown": unknown, "[": stacked, "{": group,
}  # fmt: skip

_INDEX = re.compile(r"\[\s*(?:[^\[\]]*:[^\[\]]*|-?[0-9]+|[^\[\],]*(?:None|newaxis)[^\[\]]*)\]")


def is_index(text: str, at: int) -> bool:
    """Whether a square bracket after an operand is an index or a slice."""
    return _INDEX.match(text, at) is not None
