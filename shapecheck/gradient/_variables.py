"""Which variable a name is where it stands, and trees in which every name says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeGuard

from ..infer import Checked
from ..notations._ones import is_ones
from ..sections import Section
from ..shapes.dims import ONE, prune
from ..symbols import TIME
from ..syntax.nodes import NOWHERE, Apply, Index, Name, Node, Number, names_in, walk

Rename: TypeAlias = Callable[[Name], Node]


def moment(name: Name) -> str:
    """The key of a name with the time at which it stands: `h<t-1>`, and `h<0>` where the 0 of `h[0]` is not a layer."""
    times = [index.text for index in name.indices if index.kind == "<" or index.text[:1] in TIME]
    times += [number for kind, number in name.indices if kind == "[" and number.isdigit() and "[" not in name.key]
    return name.key + "".join(f"<{time}>" for time in times)


def is_transpose_of(value: Node, name: Name) -> bool:
    """Whether a value is a name's transpose alone, as in `S = Sᵀ`."""
    return type(value) is Apply and value.op == "transpose" and holds(value, name) and type(value.args[0]) is Name


def holds(value: Node, name: Name) -> bool:
    """Whether a name stands in a value, at the same moment."""
    return any(moment(node) == moment(name) for node in names_in(value))


def rewritten(node: Node, checked: Checked, rename: Rename, section: Section) -> Node:
    """A tree of a section's statement in the readings that hold, its names being the graph's variables.

    What nobody wrote, as in the body of a function that is called, has no span.
    """
    return _Rewriter(checked, rename, section).node(node)


class _Rewriter:
    def __init__(self, checked: Checked, rename: Rename, section: Section) -> None:
        self.checked = checked
        self.mathematics = section.statements.solver.mathematics
        self.rename = rename
        self.silent = checked.equation.span == NOWHERE

    def node(self, node: Node) -> Node:
        if type(node) is Name:
            return self.name(node)
        if type(node) is Number:
            return Number(node.text, self.span(node))
        assert type(node) is Apply
        op = self.checked.readings.get(id(node), node.op)
        if op == "called":
            return self.node(node.args[0])
        if op == "dot" or (op == "matmul" and self._scales(node)):
            op = "product"
        if op == "power" and self._is_constant(node.args[0], "e") and not node.args[0].indices:
            return Apply("exp", (self.node(node.args[1]),), span=self.span(node))
        if op == "diag" and self.mathematics:
            return self.diagonal(node)
        if op == "sigma":
            return Apply("sum", tuple(map(self.node, node.args)), span=self.span(node))
        params = {key: self.value(value) for key, value in node.params.items()}
        if "items" in params and params["items"] is not None:
            params["items"] = tuple(map(_as_place, params["items"]))
        return Apply(op, tuple(map(self.node, node.args)), params, self.span(node), node.sign, node.closed)

    def _is_constant(self, node: Node, base: str) -> TypeGuard[Name]:
        """Whether a name is the constant of that letter, and no name of the author's."""
        return type(node) is Name and node.base == base and self.checked.readings.get(id(node)) == "constant"

    def diagonal(self, node: Apply) -> Node:
        """In mathematics, where vectors are columns or rows: the matrix with one on its diagonal, or a matrix's own."""
        shape = self.checked.shapes.get(id(node.args[0])) or ()
        is_vector = len(shape) == 2 and ONE in map(prune, shape)
        op = "diagonal_matrix" if is_vector else "diag" if len(shape) != 2 or node.params else "diagonal_column"
        return Apply(op, (self.node(node.args[0]),), node.params, self.span(node))

    def _scales(self, node: Apply) -> bool:
        """Whether one of the factors is a number, as the product of MATLAB has it."""
        return any(self.checked.shapes.get(id(factor)) == () for factor in node.args)

    def span(self, node: Node) -> Any:
        return NOWHERE if self.silent else node.span

    def name(self, name: Name) -> Node:
        shape = self.checked.shapes.get(id(name))
        if self._is_constant(name, "I") and shape and len(shape) == 2 and len(name.indices) < 2:
            return Apply("eye", (), {"n": shape[0]}, self.span(name))
        if shape and is_ones(name):
            return Apply("ones", (), {"shape": tuple(map(prune, shape))}, self.span(name))
        found = self.rename(name)
        if type(found) is Name and self.silent:
            return Name(found.text, found.base, found.indices, NOWHERE, found.key)
        return found

    def value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self.value, value))
        return self.node(value) if isinstance(value, Name | Number | Apply) else value


def _as_place(item: Any) -> Any:
    """An entry of a list of places, `targets[t]`, as the name of one place."""
    if type(item) is not Apply or item.op != "slice" or type(item.args[0]) is not Name:
        return item
    of, at = item.args[0], item.params["items"]
    if len(at) != 1 or type(at[0]) is not Name:
        return item
    text, indices = f"{of.text}[{at[0].text}]", (*of.indices, Index("<", at[0].text))
    return Name(text, of.base, indices, item.span, f"{of.key}<{at[0].key}>")


def written_as(node: Node) -> list[str]:
    """The names and operations of a tree in order."""
    return [part.op if isinstance(part, Apply) else getattr(part, "key", part.text) for part in walk(node)]
