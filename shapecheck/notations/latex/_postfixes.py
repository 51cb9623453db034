r"""LaTeX's own postfix signs: superscripts that are expressions, indices."""

from __future__ import annotations

import re

from ...syntax.nodes import Apply, Name, Node
from .._brackets import sliced as plain_sliced
from .._postfixes import POSTFIXES as PLAIN
from .._postfixes import above as plain_above
from .._pratt import Parser
from .._superscripts import _content, _pieces, raised
from .._superscripts import subscript as plain_subscript
from ._operands import is_index

_ABOVE = ("transpose", "inverse", "prime")
_INDEX = re.compile(r"\^\{\s*(?:(?:\[[^\[\]]*\]|\([^()]*\)|<[^<>]*>|\\langle.*?\\rangle)\s*)+")
_INNER = re.compile(r"(?<=[\])>}a-z])[ \t]*(?:T|\\[a-z]+(?:\{T\})?)\}\Z")


def above(parser: Parser, left: Node, start: int) -> Node | None:
    """A superscript: transposes, indices and primes as in plain text, else an expression."""
    _, text, begin, end, _ = parser.tokens[parser.at]
    if text[0] == "^" and not _pieces(_content(text)):
        from ._lexer import Scanner

        return raised(parser, left, start, Scanner(parser.text, begin + 1, end).tokens[:-1])
    node = plain_above(parser, left, start)
    if type(left) is not Name or type(node) is not Apply or not node.args:
        return node
    script, function = parser.source[begin:end], node.args[0]
    if node.op == "call" and type(function) is Apply and function.op == "prime":
        primed = _told_apart(parser, function, left, script)
        return Apply("call", (primed, *node.args[1:]), node.params, node.span, node.sign)
    return _told_apart(parser, node, left, script) if node.op in _ABOVE else node


def _told_apart(parser: Parser, node: Apply, name: Name, script: str) -> Apply:
    """The node with its name spelled without the transpose or prime that stands in the braces of its index."""
    index = _INDEX.match(script)
    sign = node.sign
    if index is not None and not sign:
        found = _INNER.search(script)
        sign = found[0] if found else ""
    elif type(node.args[0]) is Apply and node.op == "transpose":
        sign = ""
    spelled = name.text + (index[0].rstrip() + "}" if index else "")
    inner, *rest = node.args
    if type(inner) is Name and inner.text != spelled:
        inner = Name(spelled, inner.base, inner.indices, inner.span)
    elif type(inner) is Apply and inner.op in _ABOVE:
        inner = _told_apart(parser, inner, name, script)
    return Apply(node.op, (inner, *rest), node.params, node.span, sign if node.op == "transpose" else node.sign)


def subscript(parser: Parser, left: Node, start: int) -> Node | None:
    """An index after something else: `W^T_2` is the transpose of `W_2`."""
    _, _, begin, end, _ = parser.tokens[parser.at]
    node = plain_subscript(parser, left, start)
    if type(node) is not Apply or type(left) is not Apply or node.op == "norm":
        return node
    old, new = left.args[0], node.args[0]
    if type(new) is Name and type(old) is Name:
        named = Name(old.text + parser.source[begin:end], new.base, new.indices, new.span)
        return Apply(node.op, (named, *node.args[1:]), node.params, node.span, node.sign)
    return node


def sliced(parser: Parser, left: Node, start: int) -> Node | None:
    """`x[:, 1:]`; any other square bracket is a factor."""
    _, text, begin, _, spaced = parser.tokens[parser.at]
    if spaced or text != "[" or not is_index(parser.text, begin):
        return None
    return plain_sliced(parser, left, start)


POSTFIXES = {**PLAIN, "sup": above, "sub": subscript, "[": sliced}
