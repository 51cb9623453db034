"""Expressions of Python as trees: `Reader.node(expression)` gives the operations with their signs and spans."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from ...syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number, without
from ...text import Span
from ._calls import call, display
from ._names import NUMBERS, PARTS, RESULTS, Entity, Known, dotted, entity, key_text, simple
from ._source import Code

_OPERATIONS: Mapping[type[ast.operator], str] = {
    ast.Mult: "hadamard", ast.MatMult: "matmul", ast.Div: "divide", ast.FloorDiv: "divide", ast.Mod: "remainder",
    ast.Pow: "power", ast.BitAnd: "logical_and", ast.BitOr: "logical_or",
}  # fmt: skip
_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Mult: "*", ast.MatMult: "@", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.BitAnd: "&", ast.BitOr: "|",
}  # fmt: skip
_JOINED = frozenset(("hadamard", "matmul"))
_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip

_PLAIN = frozenset(("string", "neg", "tuple"))
"""The arguments in which nothing is computed."""

Followed = Callable[[ast.Call], "tuple[Entity, tuple[Node, ...]] | None"]
"""Follows a call of one of the file's own functions: the name of its result, and its arguments."""


class ExpressionReader:
    """Reads the expressions of one function."""

    def __init__(
        self, code: Code, known: Known, follow: Followed, note: Callable[[Entity], None] | None = None
    ) -> None:
        self.code = code
        self.known = known
        self.follow = follow
        self._note = note

    def node(self, node: ast.expr) -> Node:
        """An expression as a tree; what is not understood is of unknown shape."""
        read = _READERS.get(type(node))
        return read(self, node) if read else self.unknown(node)

    def unknown(self, node: ast.expr, *args: Node) -> Apply:
        """What has no known shape."""
        return Apply("unknown", args, NO_PARAMS, self.code.span(node))

    def name(self, node: ast.expr) -> Name | None:
        """An expression as a name that is read, None if it is not one."""
        found = entity(node, self.known)
        if found and self._note:
            self._note(found)
        return found and Name(self.code.source(node), found.base, found.indices, self.code.span(node))

    def target(self, node: ast.expr) -> Node:
        """What is assigned to: a name, a part of an array, several of them."""
        found = entity(node, self.known)
        if found:
            return Name(self.code.source(node), found.base, found.indices, self.code.span(node))
        if isinstance(node, ast.Tuple | ast.List):
            return Apply("tuple", tuple(map(self.target, node.elts)), NO_PARAMS, self.code.span(node))
        return self.node(node)

    def followed(self, call: ast.Call, result: Node, args: Iterable[Node]) -> Node:
        """A followed call: the name of its result, with those of its arguments that are computed."""
        assert type(result) is Name
        span, text = self.code.span(call), self.code.source(call)
        name = Name(text, result.base, result.indices, span)
        computed = tuple(arg for arg in args if type(arg) is Apply and arg.op not in _PLAIN)
        return Apply("called", (name, *computed), NO_PARAMS, span, self.code.source(call.func)) if computed else name

    def operand(self, node: ast.expr, low: int, high: int) -> Node:
        """An operand that stands, with its own brackets, between two offsets."""
        found = self.node(node)
        brackets = self.code.brackets(node, low, high)
        if brackets is None or type(found) is not Apply:
            return found
        return Apply(found.op, found.args, found.params, self.code.window.host(*brackets), found.sign, closed=True)


def _constant(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.Constant)
    span, value, text = reader.code.span(node), node.value, reader.code.source(node)
    if isinstance(value, bool) or value is None or value is ...:
        return Name(text, text, (), span)
    if isinstance(value, str):
        return Apply("string", (), {"text": value}, span)
    if isinstance(value, int):
        is_short = text.isdecimal() or abs(value) < 10**9
        return Number(text if text.isdecimal() else str(value), span) if is_short else reader.unknown(node)
    if isinstance(value, float):
        return Number(text.replace("_", ""), span)
    return reader.unknown(node)


def _named(reader: ExpressionReader, node: ast.expr) -> Node:
    return reader.name(node) or reader.unknown(node)


def _attribute(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.Attribute)
    module, _, last = dotted(node, reader.known).rpartition(".")
    span = reader.code.span(node)
    if module and last in NUMBERS:
        return Number(NUMBERS[last], span)
    is_result = node.attr in RESULTS and isinstance(node.value, ast.Call)
    if node.attr not in PARTS and not is_result:
        return reader.name(node) or reader.unknown(node, reader.node(node.value))
    inner = reader.operand(node.value, reader.code.start(node), reader.code.end(node))
    if node.attr == "T":
        return Apply("transpose", (inner,), NO_PARAMS, span, ".T")
    return Apply("attribute", (inner,), {"name": node.attr}, span)


def _subscript(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.Subscript)
    named, span = reader.name(node), reader.code.span(node)
    if named:
        return named
    array = reader.operand(node.value, reader.code.start(node), reader.code.end(node))
    entry = _entry(reader, array, simple(node.slice) or key_text(node.slice), span)
    if entry:
        return entry
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return Apply("slice", (array, *(_item(reader, item) for item in items)), NO_PARAMS, span)


def _entry(reader: ExpressionReader, array: Node, key: str, span: Span) -> Node | None:
    """`f(X)[0]`: an entry of what a followed call returns."""
    whole = without(array, "called")
    if type(whole) is not Name or not key:
        return None
    for kind in '["':
        found = Entity(whole.base, (*whole.indices, Index(kind, key)))
        if found in reader.known.entries:
            name = Name(whole.text, found.base, found.indices, span)
            return (
                Apply("called", (name, *array.args[1:]), NO_PARAMS, span, array.sign) if type(array) is Apply else name
            )
    return None


def _item(reader: ExpressionReader, node: ast.expr) -> Node:
    if not isinstance(node, ast.Slice):
        return reader.node(node)
    bounds = {"start": node.lower, "stop": node.upper, "step": node.step}
    params: dict[str, Any] = {part: bound and reader.node(bound) for part, bound in bounds.items()}
    return Apply("range", (), params, reader.code.span(node))


def _binary(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.BinOp)
    code, kind = reader.code, type(node.op)
    start, end = code.start(node), code.end(node)
    left = reader.operand(node.left, start, code.start(node.right))
    right = reader.operand(node.right, code.end(node.left), end)
    span = code.span(node)
    op = _OPERATIONS.get(kind)
    if op is None:
        return _sum(reader, node, left, right) if kind in (ast.Add, ast.Sub) else reader.unknown(node, left, right)
    sign = _sign(reader, node, _SIGNS[kind])
    if op in _JOINED and type(left) is Apply and left.op == op and not left.closed and left.sign.strip() in ("*", "@"):
        return Apply(op, (*left.args, right), NO_PARAMS, span, left.sign)
    return Apply(op, (left, right), NO_PARAMS, span, "**" if op == "power" else sign)


def _between(reader: ExpressionReader, node: ast.BinOp, sign: str) -> int:
    """Where the sign of an operation stands."""
    start, end = reader.code.end(node.left), reader.code.start(node.right)
    gap = reader.code.text[start:end]
    while "#" in gap:
        begin = gap.index("#")
        stop = gap.find("\n", begin)
        gap = gap[:begin] + " " * ((len(gap) if stop < 0 else stop) - begin) + gap[stop if stop >= 0 else len(gap) :]
    return start + max(gap.find(sign), 0)


def _sign(reader: ExpressionReader, node: ast.BinOp, sign: str) -> str:
    """A sign as its author wrote it, with its blanks."""
    place, text = _between(reader, node, sign), reader.code.text
    before, after = text[place - 1 : place], text[place + len(sign) : place + len(sign) + 1]
    return f"{' ' * before.isspace()}{sign}{' ' * after.isspace()}"


def _sum(reader: ExpressionReader, node: ast.BinOp, left: Node, right: Node) -> Node:
    """A sum; a subtracted term is negated, its span holding the sign."""
    if isinstance(node.op, ast.Sub):
        end = right.span.end
        start = _between(reader, node, "-")
        right = Apply("neg", (right,), NO_PARAMS, Span(reader.code.window.host(start, start + 1).start, end))
    joins = type(left) is Apply and left.op == "add" and not left.closed and left.sign == ""
    args = (*left.args, right) if joins and type(left) is Apply else (left, right)
    return Apply("add", args, NO_PARAMS, reader.code.span(node))


def _unary(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.UnaryOp)
    inner = reader.operand(node.operand, reader.code.start(node), reader.code.end(node))
    span = reader.code.span(node)
    match node.op:
        case ast.USub():
            return Apply("neg", (inner,), NO_PARAMS, span)
        case ast.UAdd():
            return inner
        case ast.Invert():
            return Apply("logical_not", (inner,), NO_PARAMS, span, "~")
    return Apply("scalar", (), NO_PARAMS, span)


def _compare(reader: ExpressionReader, node: ast.expr) -> Node:
    """`Z > 0`; a chain is read from left to right."""
    assert isinstance(node, ast.Compare)
    code = reader.code
    operands = [node.left, *node.comparators]
    if any(type(op) not in _COMPARISONS for op in node.ops):
        return Apply("scalar", (), NO_PARAMS, code.span(node))
    lows = [code.start(node), *map(code.end, operands[:-1])]
    highs = [*map(code.start, operands[1:]), code.end(node)]
    read = [reader.operand(*each) for each in zip(operands, lows, highs, strict=True)]
    found = read[0]
    for op, (before, after) in zip(node.ops, pairwise(read), strict=True):
        span = Span(read[0].span.start, after.span.end)
        sign = _COMPARISONS[type(op)]
        left = before if found is read[0] else found
        found = Apply("compare", (left, after), {"sign": sign}, span, f" {sign} ")
    return found


def _either(reader: ExpressionReader, node: ast.expr) -> Node:
    """`a or b`: one of them."""
    assert isinstance(node, ast.BoolOp)
    return Apply("join", tuple(map(reader.node, node.values)), NO_PARAMS, reader.code.span(node))


def _conditional(reader: ExpressionReader, node: ast.expr) -> Node:
    """`a if test else b`: one of them."""
    assert isinstance(node, ast.IfExp)
    test = reader.code.source(node.test)
    return Apply("join", (reader.node(node.body), reader.node(node.orelse)), {"test": test}, reader.code.span(node))


def _tuple(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.Tuple | ast.List)
    return Apply("tuple", tuple(map(reader.node, node.elts)), NO_PARAMS, reader.code.span(node))


def _starred(reader: ExpressionReader, node: ast.expr) -> Node:
    assert isinstance(node, ast.Starred)
    return Apply("star", (reader.node(node.value),), NO_PARAMS, reader.code.span(node))


def _call(reader: ExpressionReader, node: ast.expr) -> Node:
    """A call: of the file's own function, of an array made of a display, or any other."""
    assert isinstance(node, ast.Call)
    followed = reader.follow(node)
    if followed is None:
        return display(reader, node) or call(reader, node)
    result, args = followed
    return reader.followed(node, Name("", result.base, result.indices), args)


def _inner(reader: ExpressionReader, node: ast.expr) -> Node:
    """`(name := value)`: the value."""
    assert isinstance(node, ast.NamedExpr)
    return reader.node(node.value)


_READERS: Mapping[type[ast.expr], Callable[[ExpressionReader, Any], Node]] = {
    ast.Constant: _constant, ast.Name: _named, ast.Attribute: _attribute, ast.Subscript: _subscript,
    ast.BinOp: _binary, ast.UnaryOp: _unary, ast.Compare: _compare, ast.BoolOp: _either, ast.IfExp: _conditional,
    ast.Tuple: _tuple, ast.List: _tuple, ast.Starred: _starred, ast.Call: _call, ast.NamedExpr: _inner,
}  # fmt: skip
