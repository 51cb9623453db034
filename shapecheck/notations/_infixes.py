"""Readers of the signs between operands: sums, products of all kinds, coefficients, comparisons."""

from __future__ import annotations

from collections.abc import Callable

from ..syntax.nodes import NO_PARAMS, Apply, Node, Number, is_op
from ._ones import ones
from ._pratt import BARS, Parser
from ._signs import COMPARE, ELEMENTWISE, FUNCTION_LETTERS, POSTFIX, PRODUCT, SUM

_AFTER_COEFFICIENT = frozenset("·*@")
_MEASURES = frozenset(("call", "norm", "abs", "power", "superscript"))


def add(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`+ x` or `- x`; a subtracted term is negated."""
    sign, _, begin, _, _ = parser.tokens[parser.at]
    parser.at += 1
    right = parser.expression(ELEMENTWISE)
    if sign == "-":
        right = Apply("neg", (right,), NO_PARAMS, parser.span(begin))
    args = (*left.args, right) if joins and type(left) is Apply and left.op == "add" else (left, right)
    return Apply("add", args, NO_PARAMS, parser.span(start))


_CHAINED = {"*": "hadamard", "@": "matmul"}
_MATLAB = {"*": "matmul", ".*": "hadamard"}


def chain(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`* x` or `@ x`: as many factors as have the same sign are one product."""
    kind, text, _, _, _ = parser.tokens[parser.at]
    sign = taken_sign(parser)
    right = parser.expression(PRODUCT)
    op = _MATLAB.get(text, "hadamard") if parser.grammar.matlab and kind == "*" else _CHAINED[kind]
    same = joins and type(left) is Apply and left.op == op and left.sign.strip() == sign.strip()
    if same and type(left) is Apply:
        return Apply(op, (*left.args, right), NO_PARAMS, parser.span(start), left.sign)
    return Apply(op, (left, right), NO_PARAMS, parser.span(start), sign)


def dot(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`· x`, whichever product that is; `×₁ U` is a product along one axis of a tensor."""
    sign = taken_sign(parser)
    mode = sign[-1:] != " " and parser.kind == "sub"
    if mode:
        parser.at += 1
    right = parser.expression(POSTFIX)
    if mode:
        return Apply("unknown", (left, right), NO_PARAMS, parser.span(start), sign)
    return Apply("dot", (left, right), NO_PARAMS, parser.span(start), sign)


def _joined(op: str, level: int) -> Callable[[Parser, Node, int, bool, bool], Node]:
    """What stands on both sides of a sign, the right side of signs that bind as tightly as `level`."""

    def read(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
        sign = taken_sign(parser)
        right = parser.expression(level)
        return Apply(op, (left, right), NO_PARAMS, parser.span(start), sign)

    return read


paired = _joined("pairing", POSTFIX)
"""`A : B`, the inner product of matrices."""


def juxtaposed(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """A factor without a sign."""
    sign = " " if parser.tokens[parser.at][4] else ""
    is_bare = parser.kind == "number"
    right = parser.expression(POSTFIX)
    if is_bare and parser.kind != "/":
        right = ones(right)
    if head and is_op(right, "transpose"):
        left = ones(left)
    if joins and type(left) is Apply and left.op == "product" and not left.closed:
        return Apply("product", (*left.args, right), NO_PARAMS, parser.span(start), left.sign or sign)
    return Apply("product", (left, right), NO_PARAMS, parser.span(start), sign)


def divide(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`/ x`; what follows one number, or one factor below the bar, may multiply the fraction instead."""
    sign = taken_sign(parser)
    begin = parser.tokens[parser.at][2]
    coefficient = head and _is_single(left)
    may_end = parser.grammar.juxtaposition is not None and (coefficient or sign == sign.strip())
    right = _denominator(parser) if may_end else None
    if right is None:
        right = parser.expression(POSTFIX)
    if not (parser.grammar.juxtaposition and _ends_below(parser, left, right, coefficient, sign)):
        right = parser.expression(PRODUCT, right, begin)
    return Apply("divide", (left, right), NO_PARAMS, parser.span(start), sign)


def _ends_below(parser: Parser, left: Node, right: Node, coefficient: bool, sign: str) -> bool:
    """Whether only one operand stands below a fraction's bar, and what follows multiplies the fraction.

    So it is after a number, `n λ/2 wᵀw`; where the fraction is the first factor, `1/m dZ A.T`; and where blanks
    part it from the others, `c λ/m wᵀw`, but for what two rows or two norms make together, `x / xᵀ x`.
    """
    kind, _, _, _, spaced = parser.tokens[parser.at]
    if kind not in parser.grammar.operands and kind not in _AFTER_COEFFICIENT:
        return False
    if kind in BARS and not spaced and type(right) is Apply and right.op == "norm":
        return False
    if type(right) is Number or (coefficient and (_is_single(right) or (type(left) is Number and _is_measure(right)))):
        return True
    is_pair = is_op(right, "transpose") or kind in BARS
    return sign == sign.strip() and spaced and not is_pair


def _is_single(node: Node) -> bool:
    return type(node) is not Apply or node.closed


def _is_measure(node: Node) -> bool:
    """Whether a number is likely to be divided by this alone: `1/sqrt(d) Q K.T`, `1/‖x‖ x`, `1/σ^2 (x - μ)`."""
    return type(node) is Apply and node.op in _MEASURES


def _denominator(parser: Parser) -> Node | None:
    """A name before a bracket that is not its argument, as in `1/m (dZ A.T)`, `2/n(y - t)`."""
    if parser.kind != "name" or parser.tokens[parser.at + 1][0] != "(":
        return None
    word, spaced = parser.word(parser.at), parser.tokens[parser.at + 1][4]
    if word and not divides(word, spaced):
        return None
    return parser.name()


def divides(text: str, spaced: bool) -> bool:
    """Whether a name below a fraction's bar, before a bracket, is more likely a number than a function."""
    return text[0] not in FUNCTION_LETTERS and len(text) <= (2 if spaced else 1)


def compare(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`> x` and the like."""
    sign = taken_sign(parser)
    right = parser.expression(SUM)
    relation = "==" if sign.strip() == "=" else sign.strip()
    return Apply("compare", (left, right), {"sign": relation}, parser.span(start), sign)


def taken_sign(parser: Parser) -> str:
    """Take a sign; it is returned as its author wrote it, with its blanks."""
    _, _, start, end, spaced = parser.tokens[parser.at]
    parser.at += 1
    text = parser.source[start:end]
    return f"{' ' if spaced else ''}{text}{' ' if parser.tokens[parser.at][4] else ''}"


INFIXES = {
    "compare": (COMPARE, compare), "==": (COMPARE, compare),
    "+": (SUM, add), "-": (SUM, add),
    "*": (ELEMENTWISE, chain), "@": (ELEMENTWISE, chain), "/": (ELEMENTWISE, divide),
    "%": (ELEMENTWISE, _joined("remainder", PRODUCT)),
    "·": (PRODUCT, dot), "⊗": (PRODUCT, _joined("otimes", POSTFIX)), ":": (PRODUCT, paired),
    "\\": (ELEMENTWISE, _joined("left_divide", PRODUCT)),
}  # fmt: skip
