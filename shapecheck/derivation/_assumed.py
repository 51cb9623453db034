"""Shapes for names that nobody declares: matrices of the sizes that fit, as whoever writes `Z = W A` means them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise

from ..gradient import Graph, graphs
from ..sections import Include
from ..settings import Settings
from ..syntax.nodes import Apply, Name, Node, Number, walk
from ..text import Source
from ..values import replace

_PRODUCTS = frozenset(("product", "matmul", "np_dot"))
_ENTRYWISE = frozenset(
    "add subtract hadamard neg activation sigmoid tanh relu exp log sqrt power square abs maximum softmax".split()
)
Sides = tuple[str, str]


def length(source: Source, settings: Settings, include: Include | None) -> int:
    """How many formulas of a source are a forward pass: fewer where shapes are taken that do not fit."""
    return sum(len(graph.steps) for graph in graphs(source, settings, include))


def assuming(source: Source, settings: Settings, include: Include | None) -> Settings:
    """The settings with a declaration for each name of a source whose shape nobody says, where they fit so."""
    found = graphs(source, settings, include)
    shapes = tuple(text for graph in found for text in assumed(graph)) if len(found) == 1 else ()
    return replace(settings, shapes=(*settings.shapes, *shapes), convention="none") if shapes else settings


def assumed(graph: Graph) -> list[str]:
    """Declarations of the inputs whose shapes are not known; none where these are not all plainly matrices."""
    unknown = [key for key in graph.inputs if graph.shapes.get(key) is None]
    if not unknown or len(unknown) < len([key for key in graph.inputs if graph.shapes.get(key) != ()]):
        return []
    fitting = _Fitting()
    for step in graph.steps:
        sides = fitting.sides(step.value)
        if sides is not None:
            fitting.join(fitting.of(step.name), sides)
    if fitting.lost:
        return []
    used = {part.text for step in graph.steps for part in walk(step.value) if type(part) is Name}
    letters = _letters(used)
    dims: dict[str, str] = {}
    texts = []
    for key in unknown:
        name = Name(graph.names[key].text, graph.names[key].base, key=key)
        rows, columns = (fitting.root(side) for side in fitting.of(name))
        for side in (rows, columns):
            dims[side] = dims.get(side) or next(letters)
        texts.append(f"{name.text}: {dims[rows]} x {dims[columns]}")
    return texts


def _letters(used: set[str]) -> Iterator[str]:
    yield from (letter for letter in "nkmpqrd" if letter not in used)
    yield from (f"n_{number}" for number in count(1))


class _Fitting:
    """Which rows and columns must be equal, as a forest of their names."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self.lost = False

    def of(self, name: Name) -> Sides:
        """The rows and columns of a name."""
        key = name.key or name.text
        return f"rows of {key}", f"columns of {key}"

    def root(self, side: str) -> str:
        """The side that stands for all that are equal to one."""
        while side in self._above:
            side = self._above[side]
        return side

    def join(self, left: Sides, right: Sides) -> None:
        """Make two shapes one."""
        for one, other in zip(left, right, strict=True):
            self._join(one, other)

    def _join(self, one: str, other: str) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[second] = first

    def sides(self, node: Node) -> Sides | None:
        """The rows and columns of a tree; None of a number."""
        if type(node) is Name:
            return self.of(node)
        if type(node) is Number:
            return None
        assert type(node) is Apply
        known = [sides for sides in map(self.sides, node.args) if sides is not None]
        if node.op == "transpose" and known:
            return known[0][::-1]
        if node.op in _PRODUCTS and known:
            for left, right in pairwise(known):
                self._join(left[1], right[0])
            return known[0][0], known[-1][1]
        if node.op in _ENTRYWISE and known:
            for other in known[1:]:
                self.join(known[0], other)
            return known[0]
        self.lost = self.lost or (node.op not in ("sum", "norm", "trace") and bool(known))
        return None
