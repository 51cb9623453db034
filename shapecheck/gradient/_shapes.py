"""The shapes of trees that a sweep builds, by the rules of the operations."""

from __future__ import annotations

from collections.abc import Mapping

from ..infer.engine import Engine
from ..sections import Section
from ..shapes.dims import AnyDim, Dim, Shape, Var, prune, symbol
from ..shapes.solve import Solver
from ..syntax.nodes import Name, Node


class Shapes(Engine):
    """Shapes by the graph's variables: a gradient has that of its variable, a dimension is a number."""

    def __init__(self, variables: Mapping[str, Shape | None], section: Section) -> None:
        super().__init__(section.table, section.survey.reading, Solver(section.statements.solver.mathematics))
        self.variables = variables
        self.sizes = {name for shape in variables.values() for dim in shape or () for name in _symbols(dim)}
        self.known = self.shapes  # type: ignore[assignment]
        self._alive: list[Node] = []

    def of(self, node: Node) -> Shape | None:
        """The shape of a tree; it is kept, so that no other node takes its id."""
        self._alive.append(node)
        shape = self.shape(node)
        return shape if shape is None else tuple(map(prune, shape))

    def _name(self, name: Name) -> Shape | None:
        key = name.key.removeprefix("∂")
        if key in self.variables:
            return self.variables[key]
        return () if key in self.sizes else super()._name(name)

    def dimension(self, node: Node) -> Dim | Var:
        """The dimension that an expression stands for."""
        if isinstance(node, Name) and node.key in self.sizes and node.key not in self.variables:
            return symbol(node.key)
        return super().dimension(node)


def _symbols(dim: AnyDim) -> tuple[str, ...]:
    dim = prune(dim)
    return dim.symbols if isinstance(dim, Dim) else ()
