"""A settled tree as a textbook would typeset it: functions upright, a scalar beside its factor without a sign."""

from __future__ import annotations

from collections.abc import Mapping

from ..notations.latex._spelling import letters
from ..ops import ops
from ..shapes.dims import Shape
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number

_COMMANDS = frozenset("tanh sinh cosh exp log sin cos det max min arctan".split())
_CALLED = {"trace": "tr", **{op: op for op in ("diag", "softmax", "sum", "mean", "max", "min", "det", "vec", "rank")}}
_SPELLED = frozenset(("abs", "neg", "sqrt", "square", "power", "divide", "reciprocal", "same"))


class Typeset:
    """The typesetting of one statement; `shapes` tells which of its factors are scalars."""

    def __init__(self, shapes: Mapping[int, Shape | None]) -> None:
        self._shapes = shapes

    def node(self, node: Node) -> Node:
        """The node as it is to be written."""
        if type(node) is not Apply:
            return node
        args = tuple(map(self.node, node.args))
        if node.op == "hadamard" and any(self._shapes.get(id(argument)) == () for argument in node.args):
            return Apply("product", _flat(args), node.params, NOWHERE)
        if node.op == "activation":
            name = letters(str(node.params["name"]).rpartition(".")[2])
            return Apply(node.op, args, {**node.params, "name": name}, NOWHERE)
        if node.op == "sqrt":
            return Apply("call", (Name("\\sqrt", "sqrt"), *args))
        called = _function(node.op)
        if called is None or len(args) != 1:
            return Apply(node.op, args, node.params, node.span, node.sign, node.closed)
        return Apply("call", (Name(called, node.op), *args), {"keywords": _keywords(node)})


def _flat(args: tuple[Node, ...]) -> tuple[Node, ...]:
    """The factors of a product, those of products among them."""
    found: list[Node] = []
    for each in args:
        found.extend(each.args if type(each) is Apply and each.op == "product" else (each,))
    return tuple(found)


def _function(op: str) -> str | None:
    """The command that a function is written with, None where it has a sign of its own."""
    found = ops().get(op)
    entrywise = found is not None and found.signature == "()->()" and op not in _SPELLED
    if op not in _CALLED and not entrywise:
        return None
    name = _CALLED.get(op, op)
    return f"\\{name}" if name in _COMMANDS else f"\\operatorname{{{name}}}"


def _keywords(node: Apply) -> Mapping[str, Node]:
    """The axis of a reduction."""
    axis = node.params.get("axis")
    return {"axis": Number(str(axis))} if type(axis) is int else {}
