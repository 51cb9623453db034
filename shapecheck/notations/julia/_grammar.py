"""The tables of Julia, where they differ from MATLAB's: names are names and nothing else, functions have its names."""

from __future__ import annotations

from ...syntax.nodes import NO_PARAMS, Apply, Name, Node, Number, args_of, names_in
from .._brackets import arguments, block, called, sliced
from .._infixes import INFIXES, add, paired
from .._operands import OPERANDS
from .._postfixes import POSTFIXES, matlab_quote
from .._pratt import Grammar, Parser
from .._signs import ELEMENTWISE, POSTFIX, PRODUCT, SUM
from ._lexer import lex

FUNCTIONS = {
    "maximum": "max", "minimum": "min", "adjoint": "transpose", "permutedims": "transpose", "tr": "trace",
    "diagm": "diag", "Diagonal": "diag", "zero": "zeros_like", "similar": "zeros_like", "abs2": "square",
    "logsoftmax": "log_softmax", "ifelse": "where", "clamp": "clip", "dot": "vdot",
}  # fmt: skip
"""Functions by their names in Julia, and what they are called here."""
SPELLED = {name: own for own, name in FUNCTIONS.items() if own not in ("adjoint", "similar", "dot", "Diagonal")}
_MADE = frozenset(("zeros", "ones", "rand", "randn", "fill", "trues", "falses"))
_TYPES = frozenset(("Float16", "Float32", "Float64", "Int", "Int32", "Int64", "Bool"))
_OVER = frozenset(("sum", "mean", "prod", "maximum", "minimum", "any", "all"))
"""What takes a function before its array: `sum(abs2, x)`."""
_COLUMN = Number("1")


def _name(parser: Parser, level: int) -> Node:
    """A name; a call where a bracket stands directly after it."""
    start = parser.tokens[parser.at][2]
    node = parser.name()
    following = parser.tokens[parser.at]
    return _call(parser, node, start) if following[0] == "(" and not following[4] else node


def _call(parser: Parser, function: Name, start: int) -> Node:
    """A call, of what the function is called here; arrays of one dimension that it makes are columns."""
    args, params, ranged, before = arguments(parser)
    if ranged:
        return parser.not_understood(start, "a range as an argument")
    if function.text in _OVER and len(args) == 2 and type(args[0]) is Name:
        args = (Apply("call", (_known(args[0]), args[1]), NO_PARAMS, parser.span(start)),)
    if function.text in ("hcat", "vcat") and not params and not any(_is_splat(arg) for arg in args):
        rows = (args,) if function.text == "hcat" else tuple((arg,) for arg in args)
        return Apply("block", tuple(Apply("row", row) for row in rows), NO_PARAMS, parser.span(start), "", True)
    if function.text in _MADE:
        value = args[:1] if function.text == "fill" else ()
        sizes = args[len(value) :]
        sizes = sizes[1:] if sizes and type(sizes[0]) is Name and sizes[0].text in _TYPES else sizes
        args = (*value, *sizes, *((_COLUMN,) if len(sizes) == 1 and not _is_tuple(sizes[0]) else ()))
    return called(parser, _known(function), start, False, (args, params, False, before))


def _known(function: Name) -> Name:
    """A function, of what it is called here."""
    base = FUNCTIONS.get(function.text)
    return Name(function.text, base, (), function.span) if base else function


def _is_splat(node: Node) -> bool:
    return any(part.text in ("...", "…") for part in names_in(node))


def _is_tuple(node: Node) -> bool:
    """Whether an argument may be several sizes, as `size(x)` is."""
    return type(node) is Apply and node.op in ("tuple", "call")


def _block(parser: Parser, level: int) -> Node:
    """`[a b; c d]`; numbers between commas are a column, other things a list, which is not an array of numbers."""
    start, opening = parser.tokens[parser.at][2], parser.at
    node = block(parser, level)
    inside = parser.tokens[opening + 1 : parser.at - 1]
    if any(text in ("for", "...", "…") for _, text, *_ in inside):
        return parser.not_understood(start, "a comprehension")
    depth, commas = 0, 0
    for kind, *_ in inside:
        depth += (kind in "([{") - (kind in ")]}")
        commas += kind == "," and not depth
    if not commas or type(node) is not Apply:
        return node
    items = [item for row in node.args for item in args_of(row, "row")]
    if not all(type(item) is Number or (type(item) is Apply and item.op == "neg") for item in items):
        return Apply("unknown", tuple(items), {"name": "list"}, parser.span(start))
    return Apply("block", tuple(Apply("row", (item,)) for item in items), NO_PARAMS, parser.span(start), "", True)


def _sum(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`A + B`, of arrays of one shape; `A .+ b` goes entry by entry."""
    told = NO_PARAMS if parser.tokens[parser.at][1][0] == "." else {"whole": True}
    joins = joins and type(left) is Apply and left.params == told
    node = add(parser, left, start, head, joins)
    return Apply("add", node.args, told, node.span) if type(node) is Apply else node


def _range(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`1:n` outside of a bracket that holds positions."""
    parser.at += 1
    parser.expression(ELEMENTWISE)
    return Apply("unknown", (), {"name": "range"}, parser.span(start))


def _juxtaposed(parser: Parser, left: Node, start: int, head: bool, joins: bool) -> Node:
    """`2x`, `x'y`: a product that binds more tightly than any with a sign."""
    parser.at += 1
    return Apply("product", (left, parser.expression(POSTFIX)), NO_PARAMS, parser.span(start))


def _bracketed(parser: Parser, level: int) -> Node:
    """A bracket, in which the name of a variable is itself."""
    node = OPERANDS["("](parser, level)
    if type(node) is Apply and node.op == "product" and len(node.args) == 1:
        (inner,) = node.args
        return inner if type(inner) is not Apply else _closed(inner, node)
    return node


def _closed(inner: Apply, outer: Apply) -> Apply:
    return Apply(inner.op, inner.args, inner.params, outer.span, inner.sign, True)


_KINDS = ("number", "string", "√", "-", "+", "{")
operands = {**{kind: OPERANDS[kind] for kind in _KINDS}, "name": _name, "(": _bracketed, "[": _block}
infixes = {
    **{sign: rule for sign, rule in INFIXES.items() if sign not in ("·", "@", ":")},
    "+": (SUM, _sum), "-": (SUM, _sum), "·": (ELEMENTWISE, paired), "juxtaposed": (PRODUCT, _juxtaposed),
    ":": (SUM, _range),
}  # fmt: skip
postfixes = {
    **{kind: POSTFIXES[kind] for kind in ("sup", "sub", "**", "^", "attribute")},
    "'": matlab_quote,
    "[": sliced,
}
grammar = Grammar(operands, postfixes, infixes, None, matlab=True, lex=lex, tidy=lambda parser: None)
