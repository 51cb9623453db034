"""Readers of derivatives: `∂L/∂W`, `dL/dW`, `∂(x.T A x)/∂x`, `∂/∂x (x.T A x)`, `∇_W L`, `∇J(θ)`, `∇²f(x)`.

What is derived is a name, or the product that stands there; `resolve` tells `∇_W L` times X from `∇_x` of `A x`.
"""

from __future__ import annotations

from ..syntax.nodes import NO_PARAMS, Apply, Name, Node
from ..vocabulary import LOSSES
from ._brackets import CLOSERS, arguments
from ._characters import lowered
from ._names import decompose
from ._pratt import Parser
from ._signs import ELEMENTWISE, FUNCTION_LETTERS, PRODUCT
from ._superscripts import decomposed, layer_above

_NO_GRADIENTS = frozenset(["det", "diag", "dot", "dim", "dropout", "delta", "data", "dist", "depth", "do"])
SQUARES = frozenset(("²", "^2", "^{2}"))
TERM_ENDS = frozenset(["+", "-", "=", ",", ";", "compare", "end"])
_ENCLOSED = {**CLOSERS, "‖": "‖", "|": "|", "⟨": "⟩"}
LOST = "a derivative not written as ∂P/∂Q"


def total(parser: Parser, over: Name, start: int) -> Node | None:
    """`dL/dW`, `d/dx (x.T A x)`, `d(x.T A x)/dx`, after a name with a d in front; None if that is none of these."""
    following = parser.tokens[parser.at]
    if over.text == "d":
        if following[0] == "/":
            below = _below_d(parser)
            return below and (
                applied(parser, start, _layered(parser, below), "d") or parser.not_understood(start, LOST)
            )
        return of_expression(parser, start, "d") if is_derived(parser, "d") else None
    if following[0] != "/" or over.text in _NO_GRADIENTS or not over.text[1:2].isalpha():
        return None
    below = _below_d(parser)
    if below is None:
        return None
    top = parser.part(start + 1, start + len(over.text))
    return Apply("derivative", (top, _layered(parser, below)), NO_PARAMS, parser.span(start), "d")


def is_derived(parser: Parser, sign: str) -> bool:
    """Whether after the term ahead, outside of brackets, a bar and `∂x` stand, or without blanks `dx`."""
    if parser.kind not in parser.grammar.operands:
        return False
    tokens = parser.tokens
    inside: list[str] = []
    for at in range(parser.at, len(tokens) - 2):
        kind = tokens[at][0]
        if not _go_past(inside, kind) or (not inside and kind in TERM_ENDS):
            return False
        if not inside and tokens[at][1] == "/":
            name = tokens[at + 1] if sign == "d" else tokens[at + 2]
            joined = not tokens[at][4] and not name[4] and name[1][:1] == "d" and name[1][1:2].isalpha()
            return name[0] == "name" and (joined if sign == "d" else tokens[at + 1][0] == "∂")
    return False


def _go_past(inside: list[str], kind: str) -> bool:
    """Note what closes each bracket and bar that is open after a token; False if one closes that is not open.

    With a bracket closes a bar in it that has no second.
    """
    if kind in inside and (kind == inside[-1] or kind not in _ENCLOSED):
        del inside[len(inside) - 1 - inside[::-1].index(kind) :]
    elif kind in _ENCLOSED:
        inside.append(_ENCLOSED[kind])
    else:
        return kind not in CLOSERS.values()
    return True


def _below_d(parser: Parser) -> Name | None:
    """The name below the bar ahead, without its d; None, without consuming anything, if that is a quotient."""
    slash, below = parser.tokens[parser.at : parser.at + 2]
    joined = slash[1] == "/" and below[0] == "name" and not slash[4] and not below[4] and below[1][0] == "d"
    if not joined or below[1] in _NO_GRADIENTS or not below[1][1:2].isalpha():
        return None
    parser.at += 2
    return parser.part(below[2] + 1, below[3])


def of_expression(parser: Parser, start: int, sign: str) -> Node:
    """`∂(x.T A x)/∂x`, from what is derived on, where a bar and a variable follow."""
    above = parser.expression(PRODUCT)
    if sign == "d":
        below = _below_d(parser)
    else:
        below = parser.name() if parser.accept("/") and parser.accept("∂") and parser.kind == "name" else None
    if below is None:
        return _lost_derivative(parser, start)
    variable = columns(parser, below) or _layered(parser, below)
    return Apply("derivative", (above, variable), NO_PARAMS, parser.span(start), sign)


def columns(parser: Parser, function: Name) -> Node | None:
    """The `vec(X)` by which is derived, whose name is taken; None, without consuming anything, if it is another."""
    if function.base != "vec" or parser.kind != "(" or (argument := only_argument(parser)) is None:
        return None
    return Apply("call", (function, argument), NO_PARAMS, function.span._replace(end=parser.span(0).end))


def applied(parser: Parser, start: int, below: Node, sign: str) -> Node | None:
    """`∂/∂x`, `∇_x`, with the product that it derives; None, without consuming anything, if neither stands there."""
    if not parser.begins_operand:
        return None
    return Apply("derivative", (_operand(parser), below), NO_PARAMS, parser.span(start), sign)


def _layered(parser: Parser, node: Name) -> Name:
    """The name with a layer that stands above it: `∂L/∂Wˡ`."""
    layer = layer_above(parser)
    if layer is None:
        return node
    start, end = node.span.start, parser.span(0).end
    offset = parser.tokens[parser.at - 1][2] - len(node.text)
    text = parser.source[offset : parser.tokens[parser.at - 1][3]]
    return Name(text, node.base, (*node.indices, layer), type(node.span)(start, end))


def partial(parser: Parser, level: int) -> Node:
    """`∂L/∂W`, `∂/∂x (…)`, `∂(…)/∂x`, `∂²f/∂x²`; `∂_x f` is `∇_x f`."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    if parser.kind == "sub":
        return by(parser, start, _layered(parser, below(parser)))
    if parser.kind == "sup" and parser.tokens[parser.at][1] in SQUARES:
        return _second(parser, start)
    if parser.accept("/"):
        if parser.accept("∂") and parser.kind == "name":
            below_bar = _layered(parser, parser.name())
            return applied(parser, start, below_bar, "∂") or parser.not_understood(start, LOST)
        return _lost_derivative(parser, start)
    found = _of_name(parser, start)
    if found is None and is_derived(parser, "∂"):
        found = of_expression(parser, start, "∂")
    return found or _lost_derivative(parser, start)


def _of_name(parser: Parser, start: int) -> Node | None:
    """`∂L/∂W`, from its upper name on; None, without consuming anything, if it is not a name."""
    at = parser.at
    if parser.kind != "name":
        return None
    top = _layered(parser, parser.name())
    if not (parser.accept("/") and parser.accept("∂") and parser.kind == "name"):
        parser.at = at
        return None
    return Apply("derivative", (top, _layered(parser, parser.name())), NO_PARAMS, parser.span(start), "∂")


def _second(parser: Parser, start: int) -> Node:
    """`∂²f/∂x²`, `∂²f/∂x∂yᵀ`: a matrix with a row and a column for each pair of entries."""
    parser.at += 1
    top = parser.expression(PRODUCT)
    variables: list[Name] = []
    if parser.accept("/"):
        while parser.accept("∂") and parser.kind == "name":
            variables.append(parser.name())
            if parser.kind in ("sup", "transpose"):
                parser.at += 1
    if not variables:
        return _lost_derivative(parser, start)
    return second(parser, start, top, variables)


def second(parser: Parser, start: int, top: Node, variables: list[Name]) -> Node:
    """The second derivative by one variable, by two, or by what its author does not say."""
    return Apply("hessian", (top, *variables[:1], *variables[-1:]), NO_PARAMS, parser.span(start))


def accept_square(parser: Parser) -> bool:
    """Whether a square is ahead that stands with a gradient sign, as in `∇²f`, `∇_x² f`; it is taken."""
    return parser.kind == "sup" and parser.tokens[parser.at][1] in SQUARES and parser.accept("sup")


def _lost_derivative(parser: Parser, start: int) -> Node:
    while parser.kind in ("name", "number", "sup", "sub", "/", "∂"):
        parser.at += 1
    return parser.not_understood(start, LOST)


def nabla(parser: Parser, level: int) -> Node:
    """`∇_W L`, `∇W L`, `∇J(θ)`, `∇²f(x)`; without a loss, `∇W` is a name for the gradient of W."""
    start = parser.tokens[parser.at][2]
    parser.at += 1
    is_second = accept_square(parser)
    if parser.kind == "sub":
        variable = below(parser)
        if is_second or accept_square(parser):
            return by(parser, start, variable, is_second=True)
        return by(parser, start, _layered(parser, variable))
    if parser.kind != "name":
        return parser.not_understood(start, "a gradient sign without its variable")
    name = _layered(parser, parser.name())
    if (found := of_function(parser, start, name, is_second)) is not None:
        return found
    if parser.kind == "name" and decompose(parser.tokens[parser.at][1])[0] in LOSSES:
        return by(parser, start, name)
    return bare_gradient(parser, start, name)


def of_function(parser: Parser, start: int, name: Name, is_second: bool) -> Node | None:
    """`∇J(θ)`, `∇²f(x)`, `∇²f`, from what is after the function on; None if `∇W` may be a name."""
    takes = parser.kind == "(" and (name.base in LOSSES or name.base in FUNCTION_LETTERS)
    argument = only_argument(parser) if takes else None
    if is_second:
        return second(parser, start, name, [] if argument is None else [argument])
    return argument and Apply("derivative", (name, argument), NO_PARAMS, parser.span(start), "∇")


def by(parser: Parser, start: int, variable: Name, is_second: bool = False) -> Node:
    """`∇_x`, `∇_x²` with the product after it; a first one alone is a name."""
    if not is_second:
        return applied(parser, start, variable, "∇") or bare_gradient(parser, start, variable)
    if not parser.begins_operand:
        return parser.not_understood(start, "a second derivative without its function")
    return second(parser, start, _operand(parser), [variable])


def _operand(parser: Parser) -> Node:
    """The product that is differentiated, with a fraction before it: `∇_x 1/2 xᵀ A x`."""
    starts_with_fraction = parser.kind == "number" and parser.tokens[parser.at + 1][0] == "/"
    return parser.expression(ELEMENTWISE if starts_with_fraction else PRODUCT)


def bare_gradient(parser: Parser, start: int, variable: Name) -> Name:
    """A name for the gradient of a variable, spelled as it stands."""
    text = parser.source[start : parser.tokens[parser.at - 1][3]]
    return Name(text, f"d{variable.base}", variable.indices, parser.span(start))


def below(parser: Parser) -> Name:
    """What stands below a gradient sign: `∇_W`, `∇_{W}`, `∇ₐ`."""
    _, text, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if text[0] == "_":
        braces = text[1] == "{"
        start, end = start + 1 + braces, end - braces
        return Name(parser.source[start:end], *decomposed(parser.text[start:end]), parser.window.host(start, end))
    return parser.named(lowered(text), start, end)


def only_argument(parser: Parser) -> Name | None:
    """The variable of `∇J(θ)`; None, without consuming anything, if there are several."""
    at = parser.at
    (variable, *more), *_ = arguments(parser)
    if type(variable) is Name and not more:
        return variable
    parser.at = at
    return None
