"""The dimensions that expressions stand for, as in `np.zeros((n, 2 * m))`."""

from __future__ import annotations

from typing import Any

from ..ops import is_a
from ..shapes.dims import Dim, Shape, Var, number, prune
from ..symbols import Reading
from ..syntax.nodes import Apply, Name, Node, Number
from ..table import HIDDEN, Table


class Dimensions:
    """What knows the dimensions of a statement; the shapes of its nodes are told by who derives from it."""

    __slots__ = ()
    table: Table
    reading: Reading

    def shape(self, node: Node) -> Shape | None:
        """The shape of a node, None if it is unknown."""
        raise NotImplementedError

    def dimensions(self, value: Any) -> Any:
        """A parameter whose nodes are dimensions: nodes become dimensions, tuples are gone through."""
        if isinstance(value, tuple):
            return self._spread(value)
        if isinstance(value, Apply) and value.op == "shape_of":
            shape = self.shape(value.args[0])
            return shape if shape is None else shape[slice(*value.params.get("bounds", (None,)))]
        return self.dimension(value) if isinstance(value, Name | Number | Apply) else value

    def _spread(self, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """Several parameters, `*shape` among them as its entries; None if nobody knows how many those are."""
        found: list[Any] = []
        for value in values:
            if isinstance(value, Apply) and value.op == "star":
                entries = self.dimensions(value.args[0])
                if not isinstance(entries, tuple):
                    return None
                found.extend(entries)
            else:
                found.append(self.dimensions(value))
        return tuple(found)

    def dimension(self, node: Node) -> Dim | Var:
        """The dimension that an expression stands for; an unknown one where it is none."""
        if isinstance(node, Number):
            return number(int(node.text)) if node.text.isdecimal() else Var()
        if isinstance(node, Name):
            symbol = self.reading.by_key.get(node.key)
            is_number = symbol and (symbol.base[:1] != HIDDEN or symbol.key in self.table.identities.held)
            return prune(self.table.dimension(symbol)) if symbol and is_number else Var()
        if node.op == "dimension" or (node.op == "extent" and not self._is_supposed(node.args[0])):
            shape, axis = self.shape(node.args[0]), node.params.get("axis", 0)
            return prune(shape[axis]) if shape is not None and -len(shape) <= axis < len(shape) else Var()
        return self._arithmetic(node)

    def _is_supposed(self, array: Node) -> bool:
        """Whether only a convention tells the shape of a name: code may take the length of a list of labels."""
        symbol = self.reading.by_key.get(array.key) if isinstance(array, Name) else None
        entry = symbol and self.table.look_up(symbol)
        return entry is not None and entry.origin.kind == "convention"

    def _arithmetic(self, node: Apply) -> Dim | Var:
        if node.op == "join":
            found = {self.dimension(argument) for argument in node.args}
            return found.pop() if len(found) == 1 else Var()
        parts = [self.dimension(argument) for argument in node.args] if is_a(node, "arithmetic") else []
        total, *rest = parts or [Var()]
        if node.op == "neg" and isinstance(total, Dim):
            return number(0) - total
        for part in rest:
            if not (isinstance(total, Dim) and isinstance(part, Dim)):
                return Var()
            if node.op == "divide":
                total = total // part if part.terms else Var()
            elif is_a(node, "sum"):
                total = total + part if node.op == "add" else total - part
            else:
                total = total * part
        return total
