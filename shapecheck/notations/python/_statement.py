"""Read one statement anew: `statement(text, start, like)`, under the names of the statement that it replaces."""

from __future__ import annotations

import ast

from ...syntax.nodes import Apply, Equation, Name, Node, walk
from ...text import Piece, Window
from ._expressions import ExpressionReader
from ._names import Known
from ._source import Code, is_too_deep, read

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}


def statement(text: str, start: int, like: Equation) -> Equation | None:
    """The assignment or expression that a text at an offset of the host says; None where it is none.

    Names, list entries and followed calls mean what they mean in `like`.
    """
    expression = not like.sign
    shift = 1 if expression else 0
    code = read(Window((Piece(f"({text}\n)" if expression else text, start - shift),), "python"))
    if not isinstance(code, Code) or len(code.body) != 1:
        return None
    node = code.body[0]
    if any(is_too_deep(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)):
        return None
    return _read(_Again(code, like), node, code)


class _Again(ExpressionReader):
    """A reader that takes what is spelled as in an earlier tree for what it was there."""

    def __init__(self, code: Code, like: Equation) -> None:
        super().__init__(code, Known({}, frozenset(), frozenset(), {}, ()), lambda call: None)
        nodes = list(walk(*like.members))
        calls = [node for node in nodes if type(node) is Apply and node.op == "called"]
        results = {id(node.args[0]) for node in calls}
        self._names = {_plain(node.text): node for node in nodes if type(node) is Name and id(node) not in results}
        self._called = {text: node.args[0] for node in calls for text in (node.sign, _plain(_text(node.args[0])))}

    def node(self, node: ast.expr) -> Node:
        """An expression as a tree, under the names of the earlier one."""
        known = self._names.get(_plain(self.code.source(node)))
        span = self.code.span(node)
        if known:
            return Name(known.text, known.base, known.indices, span)
        function = self.code.source(node.func) if isinstance(node, ast.Call) else ""
        result = self._called.get(_plain(self.code.source(node))) or self._called.get(function)
        if result and isinstance(node, ast.Call):
            args = [self.node(each) for each in (*node.args, *(keyword.value for keyword in node.keywords))]
            return self.followed(node, result, args)
        return super().node(node)


def _text(node: Node) -> str:
    return node.text if type(node) is Name else ""


def _plain(text: str) -> str:
    return "".join(text.split())


def _read(reader: ExpressionReader, node: ast.stmt, code: Code) -> Equation | None:
    span = code.span(node)
    match node:
        case ast.Assign(targets=targets, value=value):
            return Equation((*map(reader.node, targets), reader.node(value)), "=", span)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return Equation((reader.node(target), reader.node(value)), "=", span)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in _SIGNS:
            read_value = reader.operand(value, code.end(target), code.end(node))
            return Equation((reader.node(target), read_value), _SIGNS[type(op)], span)
        case ast.Expr(value=value):
            return Equation((reader.node(value),), "", code.span(value))
    return None
