r"""Readers of derivatives in LaTeX: `\frac{\partial L}{\partial W}`, `\frac{d}{dx} (x^T A x)`, `\nabla_W L`."""

from __future__ import annotations

import re

from ...syntax.nodes import NO_PARAMS, Apply, Index, Name, Node
from ...vocabulary import LOSSES
from .._brackets import CLOSERS
from .._derivatives import (
    LOST,
    SQUARES,
    accept_square,
    applied,
    bare_gradient,
    by,
    columns,
    is_derived,
    of_expression,
    of_function,
    second,
)
from .._names import decompose
from .._pratt import Parser
from .._signs import COMPARE
from .._superscripts import decomposed, layer_above

_WORDS = frozenset("det diag dot dim dropout delta data dist depth do d".split())
_DIFFERENTIAL = re.compile(r"d|(?:\\(?:mathrm|text|operatorname|mathsf)\s*(?:\{d\}|d)|\{\\rm\s+d\})(?:\s|\\,|~)*")
_PRIMES = frozenset(("'", "^{'}", "^{\\prime}"))


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
    """The name after `∂` or the first `d` of a name; None if neither stands here."""
    if parser.accept("∂"):
        _without_braces(parser)
        return named(parser) if parser.kind in ("name", "function") else None
    kind, text, start, end, spaced = parser.tokens[parser.at]
    if kind != "name" or text[0] != "d" or not text[1:2].isalpha() or text in _WORDS:
        return None
    skipped = _without_d(parser)
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


def _without_d(parser: Parser) -> int:
    """Make the name ahead one without its d; the length of what is skipped."""
    kind, text, start, end, spaced = parser.tokens[parser.at]
    upright = _DIFFERENTIAL.match(parser.text, start, end)
    skipped = upright.end() - start if upright else 0
    parser.tokens[parser.at] = (kind, text[1:], start + skipped, end, spaced)
    return skipped


def closing(parser: Parser, at: int) -> int:
    """The place of the token that closes the brace at a place; that of the end where none does."""
    depth = 0
    for place in range(at, len(parser.tokens)):
        kind = parser.tokens[place][0]
        depth += (kind == "{") - (kind == "}")
        if not depth:
            return place
    return len(parser.tokens) - 1


def _without_braces(parser: Parser) -> None:
    """Take away the braces around a single name, as in `\\partial{W_1}`."""
    tokens, at = parser.tokens, parser.at
    if tokens[at][0] == "{" and (end := closing(parser, at)) - at in (2, 3) and tokens[at + 1][0] == "name":
        del tokens[end], tokens[at]


def derivative(parser: Parser, start: int) -> Node | None:
    """The fraction ahead as a derivative; None if it is a quotient."""
    is_partial = parser.tokens[parser.at + 1][0] == "∂"
    if not _derives(parser, is_partial):
        return None
    found = _read(parser, start, is_partial)
    if found is None:
        parser.at = max(parser.at, min(_end(parser, start), len(parser.tokens) - 1))
        return parser.not_understood(start, LOST)
    return found


def _end(parser: Parser, start: int) -> int:
    """The place after the two groups of the fraction that begins at an offset."""
    first = next(at for at, token in enumerate(parser.tokens) if token[2] >= start and token[0] == "{")
    return closing(parser, closing(parser, first) + 1) + 1


def _read(parser: Parser, start: int, is_partial: bool) -> Node | None:
    """The derivative whose two groups are ahead; None if it is written in no way that is known."""
    parser.at += 1
    if is_partial and parser.tokens[parser.at + 1][1] in SQUARES:
        return _twice(parser, start)
    if is_partial and parser.tokens[parser.at + 1][0] == "}":
        parser.at += 1
        above: Node | None = None
    elif parser.tokens[parser.at][1] == "d" and parser.tokens[parser.at + 1][0] == "}":
        parser.at += 1
        above = None
    else:
        above = _of_name(parser) or _of_expression(parser)
    if not (parser.accept("}") and parser.accept("{")):
        return None
    below = _by_columns(parser) or _primed(parser, _undifferentiated(parser))
    transposed = parser.kind == "sup" and parser.tokens[parser.at][1] == "^{T}"
    parser.at += transposed
    if below is None or not parser.accept("}"):
        return None
    if above is None:
        return applied(parser, start, below, "∂" if is_partial else "d")
    node = Apply("derivative", (above, below), NO_PARAMS, parser.span(start), "∂" if is_partial else "d")
    return Apply("transpose", (node,), NO_PARAMS, node.span, "^T") if transposed else node


def _by_columns(parser: Parser) -> Node | None:
    """The `vec(X)` by which is derived; None, without consuming anything, if it is another."""
    at = parser.at
    if parser.accept("∂") and parser.tokens[parser.at][1] == "vec":
        _, _, start, end, _ = parser.tokens[parser.at]
        parser.at += 1
        if (found := columns(parser, Name("vec", "vec", (), parser.window.host(start, end)))) is not None:
            return found
    parser.at = at
    return None


def _primed(parser: Parser, variable: Name | None) -> Node | None:
    """A variable with the prime after it."""
    _, text, start, end, _ = parser.tokens[parser.at]
    if variable is None or text not in _PRIMES:
        return variable
    parser.at += 1
    span = variable.span._replace(end=parser.window.host(start, end).end)
    return Apply("prime", (variable,), NO_PARAMS, span, parser.source[start:end])


def _derives(parser: Parser, is_partial: bool) -> bool:
    """Whether the denominator ahead is that of a derivative: `∂` and a name, or a name with a d in front."""
    below = closing(parser, parser.at) + 1
    if below + 1 >= len(parser.tokens) or parser.tokens[below][0] != "{":
        return False
    kind, text, *_ = parser.tokens[below + 1]
    if is_partial:
        return kind == "∂"
    above = parser.tokens[parser.at + 1]
    is_d = above[0] == "name" and above[1][:1] == "d" and above[1] not in _WORDS - {"d"}
    return is_d and kind == "name" and text[:1] == "d" and text[1:2].isalpha() and text not in _WORDS


def _of_name(parser: Parser) -> Name | None:
    """What is derived: one name, or a function of something; None, without consuming anything, if it is neither."""
    at, token = parser.at, parser.tokens[parser.at]
    name = _undifferentiated(parser)
    if name is not None:
        if name.base in LOSSES or parser.kind != "(":
            skip_arguments(parser)
        if parser.kind == "}":
            return name
    parser.at = at
    parser.tokens[at] = token
    return None


def _of_expression(parser: Parser) -> Node:
    """What is derived, where it is written out: `x^T A x`, up to its brace."""
    if not parser.accept("∂"):
        if parser.tokens[parser.at][1] == "d":
            parser.at += 1
        else:
            _without_d(parser)
    return parser.expression(COMPARE)


def _twice(parser: Parser, start: int) -> Node | None:
    """`\\frac{\\partial^2 f}{\\partial x \\partial x^T}`."""
    parser.at += 2
    top = parser.expression(COMPARE)
    if not (parser.accept("}") and parser.accept("{")):
        return None
    variables: list[Name] = []
    while (variable := _undifferentiated(parser) if parser.kind == "∂" else None) is not None:
        variables.append(variable)
        if parser.kind == "sup":
            parser.at += 1
    return second(parser, start, top, variables) if variables and parser.accept("}") else None


def skip_arguments(parser: Parser) -> None:
    """Go past what a loss is a function of, `J(W, b; x, y)`: its gradient's shape has nothing of it."""
    depth = 0
    while parser.kind != "end" and (depth or parser.kind == "("):
        depth += (parser.kind in CLOSERS) - (parser.kind in CLOSERS.values())
        parser.at += 1
        if not depth:
            return


def partial(parser: Parser, level: int) -> Node:
    """`\\partial L / \\partial W`, `\\partial (x^T A x) / \\partial x`; `\\partial W` alone names the gradient of W."""
    start = parser.tokens[parser.at][2]
    if parser.tokens[parser.at + 1][0] == "sub":
        return nabla(parser, level)
    at = parser.at
    top = _undifferentiated(parser)
    behind = parser.at
    if top is not None and parser.kind == "/" and parser.tokens[parser.at + 1][0] == "∂":
        parser.at += 1
        below = _undifferentiated(parser)
        if below is None:
            return parser.not_understood(start, LOST)
        return Apply("derivative", (top, below), NO_PARAMS, parser.span(start), "∂/")
    parser.at = at + 1
    if is_derived(parser, "∂"):
        return of_expression(parser, start, "∂/")
    parser.at = behind
    return parser.not_understood(start, LOST) if top is None else bare_gradient(parser, start, top)


def nabla(parser: Parser, level: int) -> Node:
    """`\\nabla_W L`, `\\nabla f(x)`, `\\nabla^2 f(x)`; `\\nabla W` and `\\nabla_W` alone name the gradient of W."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    is_second = accept_square(parser)
    kind, text, begin, end, _ = parser.tokens[parser.at]
    if kind == "sub":
        parser.at += 1
        inner = parser.source[begin + 1 : end].strip()
        inner = inner[1:-1] if inner[:1] == "{" else inner
        host = parser.window.host(end - len(inner) - (text[1] == "{"), end)
        variable = Name(inner.strip(), *decomposed(text[2:-1].strip()), host)
        return by(parser, start, variable, is_second or accept_square(parser))
    if kind == "{":
        _without_braces(parser)
    if parser.kind != "name":
        return parser.not_understood(start, "a gradient sign without its variable")
    name = named(parser)
    return of_function(parser, start, name, is_second) or bare_gradient(parser, start, name)


def total(parser: Parser) -> Node | None:
    """`dL/dW`; None if it is a quotient."""
    at, start, below = parser.at, parser.tokens[parser.at][2], parser.tokens[parser.at + 2]
    top = _undifferentiated(parser) if below[0] == "name" and not below[4] else None
    if top is not None and parser.accept("/"):
        variable = _undifferentiated(parser)
        if variable is not None:
            return Apply("derivative", (top, variable), NO_PARAMS, parser.span(start), "d")
    parser.at = at
    return None
