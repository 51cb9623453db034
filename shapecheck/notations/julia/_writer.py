"""Write a tree in Julia: functions of entries and signs with a dot, `dims=` for axes, square brackets for positions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...ops import ops
from ...syntax.nodes import NOWHERE, Apply, Node, args_of
from .._matlab_writer import MatlabWriter
from ._grammar import SPELLED


class JuliaWriter(MatlabWriter):
    """One writing in Julia."""

    brackets = ("[", "]")

    def write(self, node: Node) -> str:
        """The node as text, without brackets of its own."""
        if type(node) is Apply and node.span == NOWHERE and (form := _FORMS.get(node.op)):
            return form(self, node)
        return super().write(node)

    def _call(self, node: Apply, name: str) -> str:
        """A call, with a dot where it goes entry by entry."""
        text = super()._call(node, name)
        op = ops().get(node.op)
        function, bracket, rest = text.partition("(")
        return f"{function}.{bracket}{rest}" if op and op.is_a("entrywise") and function[-1:] != "." else text

    def _function(self, name: str) -> str:
        own = super()._function(name)
        return SPELLED.get(own, own)

    def _parameters(self, params: Mapping[str, Any], function: str) -> list[str]:
        """An axis counts from 1 and has a name, and what is summed stays anyway."""
        axis = params.get("axis")
        given = {name: value for name, value in params.items() if name != "axis"}
        named = [f"dims={axis + 1}"] if isinstance(axis, int) else []
        return [*super()._parameters(given, function), *named]

    def signed(self, term: Node, parent: Apply) -> str:
        """A term of a sum after another; with a dot a column goes beside a matrix."""
        return f"{'' if parent.params.get('whole') else '.'}{super().signed(term, parent)}"


def _block(writer: JuliaWriter, node: Apply) -> str:
    """Blocks between blanks."""
    items = iter(node.args)
    lengths = node.params.get("rows")
    if lengths is None:
        rows = [args_of(row, "row") for row in node.args]
    else:
        rows = [tuple(next(items) for _ in range(length)) for length in lengths]
    return f"[{'; '.join(' '.join(map(writer.write, row)) for row in rows)}]"


def _activation(writer: JuliaWriter, node: Apply) -> str:
    return f"{node.params['name']}{chr(39) * node.params.get('order', 0)}.({writer.write(node.args[0])})"


def _outer(writer: JuliaWriter, node: Apply) -> str:
    turned = Apply("matmul", (node.args[0], Apply("transpose", node.args[1:])))
    return writer.write(turned)


def _eye(writer: JuliaWriter, node: Apply) -> str:
    return "I"


def _compare(writer: JuliaWriter, node: Apply) -> str:
    sign = f" .{node.params.get('sign', '>')} "
    return sign.join(writer.inside(argument, node, position) for position, argument in enumerate(node.args))


def _zeros(writer: JuliaWriter, node: Apply) -> str:
    return f"zero({writer.write(node.args[0])})"


_FORMS: Mapping[str, Callable[[JuliaWriter, Apply], str]] = {
    "block": _block, "activation": _activation, "outer": _outer, "eye": _eye, "compare": _compare, "zeros_like": _zeros,
}  # fmt: skip
