"""Calls as trees: functions, methods of arrays, and arrays written out (`np.array([[1, 2]])`)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Protocol

from ...ops import by_call, by_method
from ...syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, Number
from ._names import Entity, Known, dotted, entity, text_of
from ._numbers import SHAPED
from ._source import Code

_ARRAYS = frozenset(("array", "asarray", "asmatrix", "tensor", "Tensor", "FloatTensor", "matrix"))
_GENERATORS = frozenset(("rng", "random_state", "rs", "gen", "generator", "default_rng", "RandomState"))
MOST = 64
_WHOLE = (ast.Name, ast.Attribute, ast.Starred)


class Reads(Protocol):
    """A reader of expressions."""

    @property
    def code(self) -> Code: ...
    @property
    def known(self) -> Known: ...
    def node(self, node: ast.expr) -> Node: ...
    def name(self, node: ast.expr) -> Name | None: ...
    def operand(self, node: ast.expr, low: int, high: int) -> Node: ...
    def unknown(self, node: ast.expr, *args: Node) -> Apply: ...


def call(reader: Reads, node: ast.Call) -> Node:
    """A function before its arguments, or a method after its array."""
    if (number := _number(reader, node)) is not None:
        return number
    args = tuple(_arguments(reader, node))
    if len(args) == 1 and isinstance(node.args[0], _WHOLE) and _takes_shape(node.func):
        args = (_whole(reader, node.args[0], args[0]),)
    if any(keyword.arg is None for keyword in node.keywords):
        return reader.unknown(node, *args)
    keywords = {str(keyword.arg): reader.node(keyword.value) for keyword in node.keywords}
    params = {"keywords": keywords} if keywords else {}
    span = reader.code.span(node)
    function = node.func
    if isinstance(function, ast.Attribute) and not dotted(function, reader.known):
        if _is_method(function):
            array = reader.operand(function.value, reader.code.start(function), reader.code.end(function))
            return Apply("method", (array, *args), {"method": function.attr, **params}, span)
        known = _own(reader, function)
        if known:
            return Apply("call", (known, *args), params or NO_PARAMS, span)
    name = reader.name(function)
    if name and name.base == "range":
        name = Name(name.text, "np.arange", (), name.span)
    return Apply("call", (name, *args), params or NO_PARAMS, span) if name else reader.unknown(node, *args)


def _number(reader: Reads, node: ast.Call) -> Node | None:
    """The number that `float("-inf")` is; None of any other call."""
    match node:
        case ast.Call(func=ast.Name("float"), args=[ast.Constant(value=str(text))], keywords=[]):
            span = reader.code.span(node)
            try:
                value = float(text)
            except ValueError:
                return reader.unknown(node)
            number = Number(repr(abs(value)), span)
            return Apply("neg", (number,), NO_PARAMS, span) if value < 0 else number
    return None


def _arguments(reader: Reads, node: ast.Call) -> Iterator[Node]:
    """The arguments without a name, each with the brackets that its author put around it."""
    code, args = reader.code, node.args
    low = code.end(node.func)
    low = code.text.find("(", low) + 1 or low
    for place, each in enumerate(args):
        high = code.start(args[place + 1]) if place + 1 < len(args) else code.end(node) - 1
        if node.keywords and place + 1 == len(args):
            high = min(high, code.text.find("=", code.end(each)))
        yield reader.operand(each, low, max(high, code.end(each)))
        low = code.end(each)


def _takes_shape(function: ast.expr) -> bool:
    """Whether a function takes a shape as its only argument."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in SHAPED or name in ("randn", "rand", "reshape")


def _whole(reader: Reads, written: ast.expr, read: Node) -> Node:
    """A name that stands for a whole shape: as what is known of its entries, else nobody knows how many it has."""
    found = entity(written.value if isinstance(written, ast.Starred) else written, reader.known)
    if found is None:
        return read
    parts = _parts(reader, found)
    if not parts:
        return Apply("unknown", (read,), NO_PARAMS, read.span) if text_of(written).endswith(("shape", "dims")) else read
    names = tuple(Name(read.text if type(read) is Name else "", part.base, part.indices, read.span) for part in parts)
    return Apply("tuple", names, NO_PARAMS, read.span)


def _parts(reader: Reads, whole: Entity) -> list[Entity]:
    """The entries of a name, in order."""
    found = [whole.at(Index(kind, str(place))) for kind in '["' for place in range(MOST)]
    return [each for each in found if each in reader.known.entries]


def _is_method(function: ast.Attribute) -> bool:
    """Whether an attribute is a method of an array, not one of an object that is handed arrays."""
    return function.attr in by_method() and not (
        isinstance(function.value, ast.Name) and function.value.id in ("self", "cls")
    )


def _own(reader: Reads, function: ast.Attribute) -> Name | None:
    """`self.sigmoid`, `utils.relu`: a known function under its own name."""
    drawn = f"np.random.{function.attr}"
    if _is_generator(function.value) and drawn in by_call():
        return Name(reader.code.source(function), drawn, (), reader.code.span(function))
    if not isinstance(function.value, ast.Name) and not _is_generator(function.value):
        return None
    if function.attr not in by_call() and function.attr.lower() not in by_call():
        return None
    return Name(reader.code.source(function), function.attr, (), reader.code.span(function))


def _is_generator(owner: ast.expr) -> bool:
    """Whether something draws random numbers: `rng`, `self.rng`, `np.random.default_rng(0)`."""
    name = text_of(owner.func if isinstance(owner, ast.Call) else owner).rpartition(".")[2]
    return name.strip("_") in _GENERATORS


def display(reader: Reads, node: ast.Call) -> Node | None:
    """An array that is written out: numbers by their shape, else its rows, stacked; None for any other call."""
    if dotted(node.func, reader.known).rpartition(".")[2] not in _ARRAYS or len(node.args) != 1:
        return None
    written = node.args[0]
    if not isinstance(written, ast.List | ast.Tuple) or not written.elts:
        return None
    shape = _shape(written)
    sign, span = reader.code.source(node.func), reader.code.span(node)
    if shape is not None:
        return Apply("zeros", (), {"shape": shape}, span, sign)
    if len(written.elts) > MOST:
        return reader.unknown(node)
    return _stacked(reader, written, node, sign)


def _shape(node: ast.expr) -> tuple[int, ...] | None:
    """The shape of nested lists of numbers, None if they hold anything else or are ragged."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Constant):
        return () if isinstance(node.value, int | float) else None
    if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
        return None
    first = _shape(node.elts[0])
    if first is None or any(_shape(row) != first for row in node.elts[1:]):
        return None
    return (len(node.elts), *first)


def _stacked(reader: Reads, rows: ast.expr, whole: ast.expr, sign: str) -> Node:
    if not isinstance(rows, ast.List | ast.Tuple) or not 0 < len(rows.elts) <= MOST:
        return reader.node(rows)
    if any(isinstance(row, ast.Starred) for row in rows.elts):
        return reader.unknown(whole)
    items = tuple(_stacked(reader, row, row, sign) for row in rows.elts)
    return Apply("stack", items, {"axis": 0}, reader.code.span(whole), sign)


def returns_several(read: Apply) -> bool:
    """Whether a call is of a function that takes a matrix apart: `U, S, Vt = np.linalg.svd(X)`."""
    function = read.args[0] if read.op == "call" else None
    if type(function) is not Name:
        return False
    module, _, own = function.base.rpartition(".")
    calls = by_call()
    op = calls.get(function.base) or calls.get(f"{module.partition('.')[0]}.{own}") or calls.get(own)
    return op is not None and "part" in op.parameters
