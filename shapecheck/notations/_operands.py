"""Readers of what an operand begins with: names, numbers, calls, derivatives, sigmas, norms, prefix signs."""

from __future__ import annotations

from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ..vocabulary import EXPECTATIONS, OPTIMA, PREFIXED, PREFIXED_TO_ROWS
from ._brackets import CLOSERS, angled, arguments, block, bracket, called
from ._characters import FRACTIONS, lowered
from ._derivatives import nabla, partial, total
from ._pratt import BARS, Parser
from ._sigma import sigma, sigma_of
from ._signs import ELEMENTWISE, POSTFIX, PRODUCT, SUM
from ._single import single_name
from ._spelled import spelled_out
from ._square import take_square

_ENTRIES = frozenset("ijklmnpqrst")
_INDICATORS = ("𝟙", "I")


def name_or_call(parser: Parser, level: int) -> Node:
    """A name; a call where a bracket follows; `dL/dW` where that does; a sigma where it is `sum_i`."""
    start, word = parser.tokens[parser.at][2], parser.word(parser.at)
    if word and (sign := spelled_out(parser, word)):
        return OPERANDS[sign](parser, level)
    word = take_square(parser, word)
    node = single_name(parser)
    following = parser.tokens[parser.at]
    if word in _INDICATORS and _is_condition(parser):
        return _indicator(parser, start)
    if node.text[0] == "d" and (derived := total(parser, node, start)) is not None:
        return derived
    if word and (applied := applied_to(parser, node, start)) is not None:
        return applied
    if node.base == "indicator":
        take_equality(parser)
    if following[0] == "(" and not (following[4] and _is_count(parser, start)):
        return _called(parser, node, start, word)
    if word and node.base == "sum" and node.indices and node.indices[0].kind == "_":
        return sigma_of(parser, start, node.indices[0].text)
    return node


def _is_count(parser: Parser, start: int) -> bool:
    """Whether a name stands against a number below a bar, as the m of `1/2m (…)` does: it is no function."""
    before, below = parser.tokens[parser.at - 2 : parser.at - 1], parser.tokens[parser.at - 3 : parser.at - 2]
    is_number = bool(before) and before[0][0] == "number" and before[0][3] == start
    return is_number and bool(below) and below[0][0] == "/"


def _called(parser: Parser, function: Name, start: int, word: str) -> Apply:
    """A call; with square brackets an expectation, `𝔼[x]`, or the entries of an array of that name."""
    _, text, _, _, spaced = parser.tokens[parser.at]
    call = called(parser, function, start, spaced, arguments(parser))
    if text == "[" and function.base in EXPECTATIONS and len(call.args) > 1:
        expected = Apply("expectation", call.args[1:2], NO_PARAMS, call.span, "E", True)
        return expected if word else Apply("slice", call.args, NO_PARAMS, call.span)
    return call


def applied_to(parser: Parser, function: Name, start: int) -> Node | None:
    """A function with what it takes without brackets, `log p`, `tanh² z`, `min_W ‖…‖`; None where it takes nothing."""
    if function.base in OPTIMA:
        return _optimum(parser, function, start)
    rows = function.base in PREFIXED_TO_ROWS
    if function.indices or not (rows or function.base in PREFIXED):
        return None
    kind, text, _, _, spaced = parser.tokens[parser.at]
    exponent = None
    if kind == "sup" and parser.tokens[parser.at + 1][4] and text.strip("^{}").isdigit():
        parser.at += 1
        exponent = Number(lowered(text.strip("^{}")), parser.window.host(*parser.tokens[parser.at - 1][2:4]))
        kind, _, _, _, spaced = parser.tokens[parser.at]
    is_apart = spaced or kind in BARS or parser.source[parser.tokens[parser.at - 1][3] - 1] == "}"
    if not is_apart or not _takes(parser, kind):
        return None
    argument = parser.expression(PRODUCT if rows else POSTFIX)
    call = Apply("call", (function, argument), NO_PARAMS, parser.span(start), " ")
    return call if exponent is None else Apply("power", (call, exponent), NO_PARAMS, parser.span(start), "^")


def _takes(parser: Parser, kind: str) -> bool:
    """Whether a token begins what a function without brackets is of."""
    begins = kind in parser.grammar.operands and kind not in ("+", "-", "(", "compare") and not parser.ends(kind)
    return begins and parser.grammar.juxtaposition is not None


def _optimum(parser: Parser, name: Name, start: int) -> Node | None:
    """`min_W f`, `argmin_x f`: of all that is added; None where no variable stands below, but an index of entries."""
    below = name.indices[0].text if len(name.indices) == 1 and name.indices[0].kind == "_" else ""
    variable, kind = below.split(",")[0], parser.kind
    if len(variable) != 1 or variable in _ENTRIES or not (kind in ("(", "-") or _takes(parser, kind)):
        return None
    inner = parser.expression(SUM)
    if not name.base.startswith("arg"):
        return Apply("optimum", (inner,), NO_PARAMS, parser.span(start), name.text)
    return Apply("best", (inner, Name(variable, variable)), NO_PARAMS, parser.span(start), name.text)


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
    take_equality(parser)
    kinds = [kind for kind, *_ in parser.tokens[parser.at :]]
    return CLOSERS[opening] in kinds and "compare" in kinds[: kinds.index(CLOSERS[opening])]


def take_equality(parser: Parser) -> None:
    """Where a bracket holds `i = j` alone, behind the sign of an indicator, that compares."""
    tokens = parser.tokens[parser.at : parser.at + 5]
    kinds = [kind for kind, *_ in tokens]
    if len(kinds) == 5 and kinds[1::2] == ["name", "name"] and kinds[2] in ("=", "==") and kinds[0] in CLOSERS:
        parser.tokens[parser.at + 2] = ("compare", "==", *tokens[2][2:])


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
    "⟨": angled, "compare": angled, "‖": norm, "|": norm, "√": root, "(": bracket, "{": bracket, "[": block,
    "-": negated, "+": negated,
}  # fmt: skip
