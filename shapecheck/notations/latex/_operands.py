r"""Readers of LaTeX's own operands: fractions and derivatives, roots, gradients, functions, blocks."""

from __future__ import annotations

import re

from ...syntax.nodes import NO_PARAMS, Apply, Index, Name, Node
from .._brackets import CLOSERS, arguments, block, bracket, called
from .._names import decompose
from .._operands import LOSSES, name_or_call, only_argument
from .._operands import OPERANDS as PLAIN
from .._pratt import Parser
from .._signs import COMPARE, POSTFIX
from .._superscripts import layer_above

_WORDS = frozenset("det diag dot dim dropout delta data dist depth do d".split())
_DIFFERENTIAL = re.compile(r"d|(?:\\(?:mathrm|text|operatorname|mathsf)\s*(?:\{d\}|d)|\{\\rm\s+d\})(?:\s|\\,|~)*")


def named(parser: Parser) -> Name:
    """The next token as a name, with a bare superscript as its layer."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    base, indices = decompose(text)
    layer = layer_above(parser)
    if layer is not None:
        indices, end = (*indices, layer), parser.tokens[parser.at - 1][3]
        if parser.kind == "sub":
            indices, end = (*indices, Index("_", parser.tokens[parser.at][1][2:-1])), parser.tokens[parser.at][3]
            parser.at += 1
    return Name(parser.source[start:end], base, indices, parser.window.host(start, end))


def _undifferentiated(parser: Parser) -> Name | None:
    """The name behind `∂` or the first `d` of a name; None where neither stands here."""
    if parser.accept("∂"):
        return named(parser) if parser.kind in ("name", "function") else None
    kind, text, start, end, spaced = parser.tokens[parser.at]
    if kind != "name" or text[0] != "d" or not text[1:2].isalpha() or text in _WORDS:
        return None
    upright = _DIFFERENTIAL.match(parser.text, start, end)
    skipped = upright.end() - start if upright else 0
    parser.tokens[parser.at] = (kind, text[1:], start + skipped, end, spaced)
    found = named(parser)
    if not skipped:
        found = Name(found.text.replace("{d", "{", 1), found.base, found.indices, found.span)
    parser.tokens[parser.at - 1 if parser.tokens[parser.at - 1][0] == kind else parser.at - 2] = (
        kind,
        text,
        start,
        end,
        spaced,
    )
    return found


def fraction(parser: Parser, level: int) -> Node:
    """`\\frac{a}{b}`: a quotient; the derivative of two names with `∂` or `d` is one symbol."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    at, troubles = parser.at, len(parser.troubles)
    _without_double_braces(parser)
    if parser.kind == "{":
        found = _derivative(parser, start)
        if found is not None:
            return found
        parser.at = at
        del parser.troubles[troubles:]
    higher = parser.kind == "{" and parser.tokens[parser.at + 1][0] == "∂"
    top = _argument(parser)
    below = _argument(parser)
    if higher:
        del parser.troubles[troubles:]
        return parser.not_understood(start, "a derivative that is not written ∂P/∂Q")
    return Apply("divide", (top, below), NO_PARAMS, parser.span(start), "\\frac", True)


def _without_double_braces(parser: Parser) -> None:
    """Take away the second braces of `\\frac{ {da} }{ {dz} }`, which keep a site's templates from reading the first."""
    at = parser.at
    while at < len(parser.tokens) and parser.tokens[at][0] == "{":
        closing = _closing(parser, at)
        while parser.tokens[at + 1][0] == "{" and _closing(parser, at + 1) == closing - 1:
            del parser.tokens[closing - 1], parser.tokens[at + 1]
            closing -= 2
        at = closing + 1


def _closing(parser: Parser, at: int) -> int:
    """The place of the token that closes the brace at a place; that of the end where none does."""
    depth = 0
    for place in range(at, len(parser.tokens)):
        kind = parser.tokens[place][0]
        depth += (kind == "{") - (kind == "}")
        if not depth:
            return place
    return len(parser.tokens) - 1


def _derivative(parser: Parser, start: int) -> Node | None:
    parser.at += 1
    sign = "∂" if parser.kind == "∂" else "d"
    alone = sign == "∂" and parser.tokens[parser.at + 1][0] == "}"
    if alone:
        parser.at += 1
    top = None if alone else _undifferentiated(parser) or _differentiated(parser)
    if type(top) is Name:
        _skip_arguments(parser)
    if (top is None and not alone) or not (parser.accept("}") and parser.accept("{")):
        return None
    if sign == "∂" and parser.kind != "∂":
        return None
    below = _undifferentiated(parser)
    transposed = parser.kind == "sup" and parser.tokens[parser.at][1] == "^{T}"
    parser.at += transposed
    if below is None or not parser.accept("}"):
        return None
    if top is None:
        return _operator(parser, start, below)
    node = Apply("derivative", (top, below), NO_PARAMS, parser.span(start), sign)
    return Apply("transpose", (node,), NO_PARAMS, node.span, "^T") if transposed else node


def _differentiated(parser: Parser) -> Node | None:
    """The bracket behind `∂`, as in `\\frac{\\partial (W x + b)}{\\partial W}`; None where none stands here."""
    return bracket(parser, COMPARE) if parser.kind == "(" and parser.tokens[parser.at - 1][0] == "∂" else None


def _skip_arguments(parser: Parser) -> None:
    """Go past what a loss is a function of, `J(W, b; x, y)`: its gradient's shape has nothing of it."""
    depth = 0
    while parser.kind != "end" and (depth or parser.kind == "("):
        depth += (parser.kind in CLOSERS) - (parser.kind in CLOSERS.values())
        parser.at += 1
        if not depth:
            return


def _operator(parser: Parser, start: int, below: Name) -> Node | None:
    """`\\frac{\\partial}{\\partial W} L`."""
    if parser.kind != "name":
        return None
    top = named(parser)
    _skip_arguments(parser)
    return Apply("derivative", (top, below), NO_PARAMS, parser.span(start), "∂")


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


def partial(parser: Parser, level: int) -> Node:
    """`\\partial L / \\partial W`; `\\partial W` alone is a name for the gradient of W."""
    start = parser.tokens[parser.at][2]
    top = _undifferentiated(parser)
    if top is None:
        return parser.not_understood(start, "a derivative that is not written ∂P/∂Q")
    if parser.kind == "/" and parser.tokens[parser.at + 1][0] == "∂":
        parser.at += 1
        below = _undifferentiated(parser)
        if below is None:
            return parser.not_understood(start, "a derivative that is not written ∂P/∂Q")
        return Apply("derivative", (top, below), NO_PARAMS, parser.span(start), "∂/")
    return _gradient(parser, start, top)


def _gradient(parser: Parser, start: int, variable: Name) -> Name:
    text = parser.source[start : parser.tokens[parser.at - 1][3]]
    return Name(text, f"d{variable.base}", variable.indices, parser.span(start))


def nabla(parser: Parser, level: int) -> Node:
    """`\\nabla_W L`; `\\nabla W` and `\\nabla_W` alone are names for the gradient of W."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    kind, text, begin, end, _ = parser.tokens[parser.at]
    if kind == "sub":
        parser.at += 1
        inner = parser.source[begin + 1 : end].strip()
        inner = inner[1:-1] if inner[:1] == "{" else inner
        below = Name(
            inner.strip(), *decompose(text[2:-1].strip()), parser.window.host(end - len(inner) - (text[1] == "{"), end)
        )
    elif kind == "name":
        below = named(parser)
    else:
        return parser.not_understood(start, "a gradient sign without its variable")
    if kind == "sub" and parser.kind == "name":
        top = named(parser)
        _skip_arguments(parser)
        return Apply("derivative", (top, below), NO_PARAMS, parser.span(start), "∇")
    if kind == "name" and parser.kind == "(" and below.base in LOSSES:
        variable = only_argument(parser)
        if variable is not None:
            return Apply("derivative", (below, variable), NO_PARAMS, parser.span(start), "∇")
    return _gradient(parser, start, below)


def root(parser: Parser, level: int) -> Node:
    """`\\sqrt{x}`."""
    _, _, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if parser.kind == "[":
        return parser.not_understood(start, "a root other than the square root")
    name = Name("\\sqrt", "sqrt", (), parser.window.host(start, end))
    return Apply("call", (name, _argument(parser)), NO_PARAMS, parser.span(start))


def function(parser: Parser, level: int) -> Node:
    """`\\tanh(x)`, `\\log x`: a function takes the factor that follows where there is no bracket."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    name = Name(parser.source[start:end], *decompose(text), parser.window.host(start, end))
    kind, _, _, _, spaced = parser.tokens[parser.at]
    if kind == "(":
        return called(parser, name, start, spaced, arguments(parser))
    if kind in parser.grammar.operands and kind not in ("+", "-"):
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
        return _total(parser) or name_or_call(parser, level)
    node = name_or_call(parser, level)
    if type(node) is Name and "'" in node.text:
        return Name(node.text.replace("'", ""), node.base, node.indices, node.span)
    return node


def _total(parser: Parser) -> Node | None:
    """`dL/dW`; None where it is a quotient."""
    at, start, below = parser.at, parser.tokens[parser.at][2], parser.tokens[parser.at + 2]
    top = _undifferentiated(parser) if below[0] == "name" and not below[4] else None
    if top is not None and parser.accept("/"):
        variable = _undifferentiated(parser)
        if variable is not None:
            return Apply("derivative", (top, variable), NO_PARAMS, parser.span(start), "d")
    parser.at = at
    return None


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
    return Apply(inner.op, inner.args, inner.params, node.span, inner.sign, True) if type(inner) is Apply else inner


OPERANDS = {
    **PLAIN,
    "name": name, "function": function, "∂": partial, "∇": nabla, "frac": fraction, "sqrt": root,
    "unknown": unknown, "[": stacked, "{": group,
}  # fmt: skip

_INDEX = re.compile(r"\[\s*(?:[^\[\]]*:[^\[\]]*|-?[0-9]+|[^\[\],]*(?:None|newaxis)[^\[\]]*)\]")


def is_index(text: str, at: int) -> bool:
    """Whether a square bracket behind an operand is an index or a slice."""
    return _INDEX.match(text, at) is not None
