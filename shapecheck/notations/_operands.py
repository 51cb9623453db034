"""Readers of what an operand begins with: names, numbers, calls, derivatives, sigmas, norms, prefix signs."""

from __future__ import annotations

from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ._brackets import CLOSERS, arguments, block, bracket, called
from ._characters import FRACTIONS, lowered
from ._names import decompose
from ._pratt import Parser
from ._signs import ELEMENTWISE, POSTFIX

_NO_GRADIENTS = frozenset(["det", "diag", "dot", "dim", "dropout", "delta", "data", "dist", "depth", "do", "d"])
_INDICATORS = ("𝟙", "I")
LOSSES = frozenset(["J", "L", "E", "C", "ℓ", "loss", "cost", "Loss", "Cost"])


def name_or_call(parser: Parser, level: int) -> Node:
    """A name; a call where a bracket follows; `dL/dW` where that does; a sigma where it is `sum_i`."""
    start, word = parser.tokens[parser.at][2], parser.word(parser.at)
    node = single_name(parser)
    following = parser.tokens[parser.at]
    if word in _INDICATORS and _is_condition(parser):
        return _indicator(parser, start)
    if following[0] == "(":
        return called(parser, node, start, following[4], arguments(parser))
    if following[0] == "/" and node.text[0] == "d":
        return _total_derivative(parser, node, start) or node
    if word and node.base == "sum" and node.indices and node.indices[0].kind == "_":
        return _sigma(parser, start, node.indices[0].text)
    return node


def single_name(parser: Parser) -> Name:
    """The next token as a name."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    base, indices = decompose(text)
    return Name(parser.source[start:end], base, indices, parser.window.host(start, end))


def number(parser: Parser, level: int) -> Node:
    """A number; `1[Z > 0]` is an indicator."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if text == "1" and parser.kind in "[{" and _is_condition(parser):
        return _indicator(parser, start)
    return Number(FRACTIONS.get(text, text), parser.window.host(start, end))


def _is_condition(parser: Parser) -> bool:
    """Whether a bracket follows without a blank, in which something is compared."""
    opening, _, _, _, spaced = parser.tokens[parser.at]
    if spaced or opening not in CLOSERS:
        return False
    kinds = [kind for kind, *_ in parser.tokens[parser.at :]]
    return CLOSERS[opening] in kinds and "compare" in kinds[: kinds.index(CLOSERS[opening])]


def _indicator(parser: Parser, start: int) -> Node:
    """`𝟙[Z > 0]`, whose sign is just taken: 1 where a condition holds."""
    name = Name(parser.source[start : parser.tokens[parser.at - 1][3]], "indicator", (), parser.span(start))
    condition = bracket(parser, 0)
    return Apply("call", (name, condition), NO_PARAMS, parser.span(start))


def root(parser: Parser, level: int) -> Node:
    """`√x`, `√(x + 1)`."""
    _, _, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    name = Name(parser.source[start:end], "sqrt", (), parser.window.host(start, end))
    return Apply("call", (name, parser.expression(POSTFIX)), NO_PARAMS, parser.span(start))


def string(parser: Parser, level: int) -> Node:
    """A quoted string."""
    _, _, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    return Apply("string", (), {"text": parser.source[start + 1 : end - 1]}, parser.window.host(start, end))


def negated(parser: Parser, level: int) -> Node:
    """`-x`, as loose as where it stands allows: `-A B * C` is all negated, in `a * -b * c` only b."""
    starts = []
    while (sign := parser.tokens[parser.at])[0] in ("-", "+"):
        parser.at += 1
        if sign[0] == "-":
            starts.append(sign[2])
    node = parser.expression(max(level, ELEMENTWISE))
    for start in reversed(starts):
        node = Apply("neg", (node,), NO_PARAMS, parser.span(start))
    return node


def norm(parser: Parser, level: int) -> Node:
    """`‖W‖`, `||W||_F`; `|x|`."""
    kind, _, start, _, _ = parser.tokens[parser.at]
    opening, outer, parser.bar = parser.at, parser.bar, kind
    parser.at += 1
    inner = parser.expression(0)
    parser.close(kind, opening)
    parser.bar = outer
    return Apply("abs" if kind == "|" else "norm", (inner,), NO_PARAMS, parser.span(start), "", True)


def _total_derivative(parser: Parser, over: Name, start: int) -> Node | None:
    """`dL/dW` without blanks; None where it is a quotient."""
    slash, below = parser.tokens[parser.at : parser.at + 2]
    joined = below[0] == "name" and not slash[4] and not below[4] and below[1][0] == "d" and slash[1] == "/"
    if not joined or over.text in _NO_GRADIENTS or below[1] in _NO_GRADIENTS:
        return None
    if not (over.text[1:2].isalpha() and below[1][1:2].isalpha()):
        return None
    parser.at += 1
    top = _part(parser, start + 1, start + len(over.text))
    parser.at += 1
    return _derivative(parser, start, top, _part(parser, below[2] + 1, below[3]), "d")


def _part(parser: Parser, start: int, end: int) -> Name:
    base, indices = decompose(parser.text[start:end])
    return Name(parser.source[start:end], base, indices, parser.window.host(start, end))


def _derivative(parser: Parser, start: int, top: Name, below: Name, sign: str) -> Node:
    """The derivative, with a layer that stands above the lower name: `∂L/∂Wˡ`."""
    return Apply("derivative", (top, _layered(parser, below)), NO_PARAMS, parser.span(start), sign)


def _layered(parser: Parser, node: Name) -> Name:
    from ._superscripts import layer_above

    layer = layer_above(parser)
    if layer is None:
        return node
    start, end = node.span.start, parser.span(0).end
    offset = parser.tokens[parser.at - 1][2] - len(node.text)
    text = parser.source[offset : parser.tokens[parser.at - 1][3]]
    return Name(text, node.base, (*node.indices, layer), type(node.span)(start, end))


def partial(parser: Parser, level: int) -> Node:
    """`∂L/∂W`."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    if parser.kind != "name":
        return _lost_derivative(parser, start)
    top = _layered(parser, single_name(parser))
    if not (parser.accept("/") and parser.accept("∂") and parser.kind == "name"):
        return _lost_derivative(parser, start)
    return _derivative(parser, start, top, single_name(parser), "∂")


def _lost_derivative(parser: Parser, start: int) -> Node:
    while parser.kind in ("name", "number", "sup", "sub", "/", "∂"):
        parser.at += 1
    return parser.not_understood(start, "a derivative that is not written ∂P/∂Q")


def nabla(parser: Parser, level: int) -> Node:
    """`∇_W L`, `∇W L`; without a loss, `∇W` is a name for the gradient of W."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    kind = parser.kind
    if kind == "sub":
        below = _below(parser)
    elif kind == "name":
        below = single_name(parser)
    else:
        return parser.not_understood(start, "a gradient sign without its variable")
    below = _layered(parser, below)
    following = parser.tokens[parser.at]
    if following[0] == "(" and kind == "name" and below.base in LOSSES:
        variable = only_argument(parser)
        if variable is not None:
            return Apply("derivative", (below, variable), NO_PARAMS, parser.span(start), "∇")
    if following[0] == "name" and (kind == "sub" or decompose(following[1])[0] in LOSSES):
        top = single_name(parser)
        if parser.kind == "(" and not parser.tokens[parser.at][4]:
            arguments(parser)
        return Apply("derivative", (top, below), NO_PARAMS, parser.span(start), "∇")
    span = parser.span(start)
    text = parser.source[start : parser.tokens[parser.at - 1][3]]
    return Name(text, f"d{below.base}", below.indices, span)


def _below(parser: Parser) -> Name:
    """What stands below a gradient sign: `∇_W`, `∇_{W}`, `∇ₐ`."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if text[0] == "_":
        braces = text[1] == "{"
        return _part(parser, start + 1 + braces, end - braces)
    return Name(parser.source[start:end], *decompose(lowered(text)), parser.window.host(start, end))


def only_argument(parser: Parser) -> Name | None:
    """The variable of `∇J(θ)`; None, with nothing taken, where there are several."""
    at = parser.at
    (variable, *more), _, _ = arguments(parser)
    if type(variable) is Name and not more:
        return variable
    parser.at = at
    return None


def sigma(parser: Parser, level: int) -> Node:
    """`Σᵢ x`, `∑_{i=1}^{m} x`; `Σ` is a name where it stands as a factor like any other."""
    _, sign, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if parser.kind in ("sub", "sup") and not parser.tokens[parser.at][4]:
        return _sigma(parser, start, None)
    if sign == "Σ" and _is_factor(parser):
        return Name(parser.source[start:end], sign, (), parser.window.host(start, end))
    if parser.kind == "(":
        return _summed(parser, start, end)
    return _sigma(parser, start, "")


def _is_factor(parser: Parser) -> bool:
    """Whether the capital sigma just taken follows a factor, as in `U Σ V^T`, or has nothing to sum."""
    before = parser.tokens[parser.at - 2][0] if parser.at > 1 else ""
    ahead = [kind for kind, *_ in parser.tokens[max(0, parser.at - 4) : parser.at - 1]]
    divided = ahead[-2:-1] == ["/"] or (before == ")" and ahead[:1] == ["/"])
    follows = before in ("name", "transpose", ")", "]") and not divided
    return follows or (parser.kind not in parser.grammar.operands and parser.kind != "(")


def _summed(parser: Parser, start: int, end: int) -> Node:
    """`Σ(x, axis=1)` is a call, `Σ(x) y` is a sum of the whole term."""
    at, troubles = parser.at, len(parser.troubles)
    name = Name("Σ", "sum", (), parser.window.host(start, end))
    call = called(parser, name, start, False, arguments(parser))
    if len(call.args) != 2 or call.params:
        return call
    parser.at = at
    del parser.troubles[troubles:]
    return _sigma(parser, start, "")


def _sigma(parser: Parser, start: int, low: str | None) -> Node:
    """The bounds, where they are not read yet (`low` None), and the body."""
    from ._superscripts import bound, bounds

    if low is None:
        index, lower, upper = bounds(parser)
    else:
        index, lower = bound(parser, low)
        _, _, upper = bounds(parser)
    body = parser.expression(ELEMENTWISE)
    return Apply("sigma", (body,), {"index": index, "low": lower, "high": upper}, parser.span(start))


def handle(parser: Parser, level: int) -> Node:
    """`@f`, a function as an argument, in MATLAB."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    if parser.kind != "name":
        return parser.hole()
    node = single_name(parser)
    return Name("@" + node.text, "@" + node.base, node.indices, parser.span(start))


OPERANDS = {
    "name": name_or_call, "number": number, "string": string, "∂": partial, "∇": nabla, "Σ": sigma,
    "‖": norm, "|": norm, "√": root, "(": bracket, "{": bracket, "[": block,
    "-": negated, "+": negated,
}  # fmt: skip
