"""Readers of what an operand begins with: names, numbers, calls, derivatives, sigmas, norms, prefix signs."""

from __future__ import annotations

from ..syntax.nodes import NO_PARAMS, Apply, Name, Node, Number
from ..vocabulary import EXPECTATIONS, LOSSES, OPTIMA, PREFIXED, PREFIXED_TO_ROWS
from ._brackets import CLOSERS, angled, arguments, block, bracket, called
from ._characters import FRACTIONS, lowered
from ._derivatives import TERM_ENDS, nabla, partial, total
from ._lexer import Token, lex
from ._names import decompose
from ._pratt import BARS, Parser
from ._sigma import sigma, sigma_of
from ._signs import ELEMENTWISE, FUNCTION_LETTERS, POSTFIX, PRODUCT, SUM

_ENTRIES = frozenset("ijklmnpqrst")
_INDICATORS = ("𝟙", "I")
_PARTIAL = ("partial", "del")
_GRADIENT = "grad"
_FUNCTIONS = PREFIXED | PREFIXED_TO_ROWS
_LAYERED = ("(", "'")
"""What stands after the layer of a function, `tanh[1](Z)`."""


def name_or_call(parser: Parser, level: int) -> Node:
    """A name; a call where a bracket follows; `dL/dW` where that does; a sigma where it is `sum_i`."""
    start, word = parser.tokens[parser.at][2], parser.word(parser.at)
    if word and (sign := spelled_out(parser, word)):
        return OPERANDS[sign](parser, level)
    word = take_square(parser, word)
    node = parser.name()
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
    """Whether a name stands against a number below a bar, as the m of `1/2m (…)` does: it is not a function."""
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
    """A function with what it takes without brackets, `log p`, `tanh² z`, `min_W ‖…‖`; None if it takes nothing."""
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
    """`min_W f`, `argmin_x f`: of all that is added; None if no variable stands below, but an index of entries."""
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
    """Where a bracket holds `i = j` alone, after the sign of an indicator, that compares."""
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
    node = parser.name()
    return Name("@" + node.text, "@" + node.base, node.indices, parser.span(start))


def spelled_out(parser: Parser, word: str) -> str:
    """The sign that the word ahead stands for, `∇` or `∂`, which its token is then; "" where it is a name."""
    if parser.grammar.juxtaposition is None:
        return ""
    if word in _PARTIAL:
        return _partial(parser, word)
    return _gradient(parser, word) if word.startswith(_GRADIENT) else ""


def _partial(parser: Parser, word: str) -> str:
    """`partial L/partial w`: the same word stands after the bar of the term."""
    tokens, depth = parser.tokens, 0
    for at in range(parser.at + 1, len(tokens) - 2):
        kind = tokens[at][0]
        depth += (kind in CLOSERS) - (kind in CLOSERS.values())
        if depth < 0 or (depth == 0 and kind in TERM_ENDS):
            return ""
        if depth == 0 and kind == "/" and tokens[at + 1][1] == word and tokens[at + 2][0] == "name":
            for place in (parser.at, at + 1):
                tokens[place] = ("∂", *tokens[place][1:])
            return "∂"
    return ""


def _gradient(parser: Parser, word: str) -> str:
    """`grad L`, `grad_w L`: a name stands after the word, of a function where its variable stands below."""
    tokens, at = parser.tokens, parser.at
    _, _, start, end, spaced = tokens[at]
    kind, text, _, _, apart = tokens[at + 1]
    if kind != "name" or not apart or text.startswith(_GRADIENT):
        return ""
    below = word.removeprefix(_GRADIENT)
    if below:
        base = decompose(text)[0]
        if below[0] != "_" or below == "_" or (base not in LOSSES and base not in FUNCTION_LETTERS):
            return ""
        stem = start + len(_GRADIENT)
        tokens[at : at + 1] = [("∇", _GRADIENT, start, stem, spaced), ("sub", below, stem, end, False)]
    else:
        tokens[at] = ("∇", word, start, end, spaced)
    return "∇"


def take_square(parser: Parser, word: str) -> str:
    """Make the square brackets after a function round ones, where one argument stands in them; the function's word.

    What parts its arguments by `‖` is a divergence.
    """
    tokens, at = parser.tokens, parser.at
    function, _, inner = word.partition("[")
    if (function not in _FUNCTIONS and not _is_divergence(tokens, at + 1)) or parser.grammar.juxtaposition is None:
        return word
    if inner and inner[-1] == "]" and tokens[at + 1][0] not in _LAYERED:
        tokens[at : at + 1] = _apart(tokens[at], len(function))
    close = _closing(tokens, at + 1) if tokens[at + 1][0] == "[" else None
    if close is not None:
        for place, kind in ((at + 1, "("), (close, ")")):
            tokens[place] = (kind, *tokens[place][1:])
    return tokens[at][1]


def _is_divergence(tokens: list[Token], opening: int) -> bool:
    """Whether a bracket holds a single `‖`, and so no norm."""
    close = _closing(tokens, opening) if tokens[opening][0] == "[" else None
    return close is not None and [token[0] for token in tokens[opening:close]].count("‖") == 1


def _apart(token: Token, length: int) -> list[Token]:
    """A name with something in square brackets as the tokens that it is made of."""
    _, text, start, end, spaced = token
    begin = start + length
    inside = [
        (kind, word, first + begin + 1, last + begin + 1, blank)
        for kind, word, first, last, blank in lex(text[length + 1 : -1])[:-1]
    ]
    opening, closing = ("[", "[", begin, begin + 1, False), ("]", "]", end - 1, end, False)
    return [("name", text[:length], start, begin, spaced), opening, *inside, closing]


def _closing(tokens: list[Token], opening: int) -> int | None:
    """The place of the bracket that closes one; None if none does, or where several things stand between them."""
    depth = 0
    for place in range(opening, len(tokens)):
        kind = tokens[place][0]
        depth += (kind in "([{") - (kind in ")]}")
        if depth == 0:
            return place if kind == "]" and place > opening + 1 else None
        if depth == 1 and kind in (",", ";", ":"):
            return None
    return None


OPERANDS = {
    "name": name_or_call, "number": number, "string": string, "∂": partial, "∇": nabla, "Σ": sigma,
    "⟨": angled, "compare": angled, "‖": norm, "|": norm, "√": root, "(": bracket, "{": bracket, "[": block,
    "-": negated, "+": negated,
}  # fmt: skip
