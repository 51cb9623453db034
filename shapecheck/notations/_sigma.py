"""Readers of sums, `Σᵢ x`, `∑_{i=1}^{m} x`, and of a Σ that is a name, as in `U Σ V.T`."""

from __future__ import annotations

from ..syntax.nodes import Apply, Index, Name, Node
from ._brackets import arguments, called
from ._pratt import Parser
from ._signs import ELEMENTWISE
from ._superscripts import bound, bounds, index_below, is_postfix

TWICE = 8
"""How many letters of a formula that may be sums or factors are read both ways; what stands after is read twice."""


def sigma(parser: Parser, level: int) -> Node:
    """A sum; `Σ` is a name where it stands as a factor like any other.

    Where the letter may be either, the sum has a parameter `factor`, the term in which it is a name.
    """
    _, sign, start, end, _ = parser.tokens[parser.at]
    parser.at += 1
    if sign == "Σ" and (name := _name(parser, start, end)) is not None:
        return name
    at, troubles = parser.at, len(parser.troubles)
    factor = _as_factor(parser, start, end) if sign == "Σ" and _may_be_name(parser) else None
    stop = parser.at
    parser.at = at
    del parser.troubles[troubles:]
    whole = _as_sum(parser, start, end)
    if factor is None or type(whole) is not Apply or whole.op != "sigma" or parser.at != stop:
        return whole
    return Apply("sigma", whole.args, {**whole.params, "factor": factor}, whole.span)


def _may_be_name(parser: Parser) -> bool:
    """Whether the letter before may be a name: none of its bounds is written, and not too many were read both ways."""
    at = parser.at
    index_below(parser)
    bounded = parser.kind in ("sub", "sup") and not parser.tokens[parser.at][4]
    parser.at = at
    return parser.doubts < TWICE and not bounded


def _as_sum(parser: Parser, start: int, end: int) -> Node:
    if parser.kind in ("sub", "sup") and not parser.tokens[parser.at][4]:
        return sigma_of(parser, start, None)
    if parser.kind == "(":
        return _summed(parser, start, end)
    return sigma_of(parser, start, "")


def _name(parser: Parser, start: int, end: int) -> Name | None:
    """The letter just taken as a name, where it stands as no sum does: `U Σ`, `Σ⁻¹`, `|Σ|`, `Σ_k⁻¹`."""
    at = parser.at
    name = _letter(parser, start)
    is_bounded = parser.kind == "sub" and not parser.tokens[parser.at][4]
    if not is_bounded and (_is_factor(parser, at) or is_postfix(parser, alone=not name.indices)):
        return name
    parser.at = at
    return None


def _is_factor(parser: Parser, at: int) -> bool:
    """Whether the capital sigma before a place follows a factor, as in `U Σ V^T`, or has nothing to sum."""
    before = parser.tokens[at - 2][0] if at > 1 else ""
    ahead = [kind for kind, *_ in parser.tokens[max(0, at - 4) : at - 1]]
    divided = ahead[-2:-1] == ["/"] or (before == ")" and ahead[:1] == ["/"])
    follows = before in ("name", "transpose", ")", "]") and not divided and parser.at == at
    kind = parser.kind
    begins = parser.begins_operand and not parser.ends(kind)
    return follows or not (begins or kind in ("sub", "sup"))


def _letter(parser: Parser, start: int) -> Name:
    """The letter as a name, with what stands below it."""
    below = index_below(parser)
    indices = (Index("_", below),) if below else ()
    return Name(parser.source[start : parser.tokens[parser.at - 1][3]], "Σ", indices, parser.span(start))


def _as_factor(parser: Parser, start: int, end: int) -> Node:
    """The term in which the letter is a name."""
    name = _letter(parser, start)
    parser.doubts += 1
    if parser.kind == "(" and not name.indices:
        left: Node = called(parser, name, start, parser.tokens[parser.at][4], arguments(parser))
    else:
        left = name
    return parser.expression(ELEMENTWISE, parser.postfixed(left, start), start)


def _summed(parser: Parser, start: int, end: int) -> Node:
    """`Σ(x, axis=1)` is a call, `Σ(x) y` is a sum of the whole term."""
    begin = parser.tokens[parser.at][2]
    name = Name("Σ", "sum", (), parser.window.host(start, end))
    call = called(parser, name, start, False, arguments(parser))
    if len(call.args) != 2 or call.params:
        return call
    left = call.args[1]
    if type(left) is Apply:
        left = Apply(left.op, left.args, left.params, parser.span(begin), left.sign, closed=True)
    body = parser.expression(ELEMENTWISE, parser.postfixed(left, begin), begin)
    return Apply("sigma", (body,), {"index": "", "low": None, "high": None}, parser.span(start))


def sigma_of(parser: Parser, start: int, low: str | None) -> Node:
    """The bounds, where they are not read yet (`low` None), and the body."""
    if low is None:
        index, lower, upper = bounds(parser)
    else:
        index, lower = bound(parser, low)
        _, _, upper = bounds(parser)
    body = parser.expression(ELEMENTWISE)
    return Apply("sigma", (body,), {"index": index, "low": lower, "high": upper}, parser.span(start))
