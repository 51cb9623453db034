"""Shapes for names that nobody declares: matrices of the sizes that fit, as whoever writes `Z = W A` means them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise

from ..gradient import GRADIENT, REBOUND, Graph, graphs
from ..ops import holds_a, is_a
from ..sections import Include
from ..settings import Settings
from ..shapes.dims import prune
from ..syntax.nodes import Apply, Name, Node, Number, names_in
from ..text import Source
from ..values import NamedTuple, replace

ONE = "1"
"""In place of rows or columns: there is one, which broadcasts."""
Sides = tuple[str, str]


class Reduced(NamedTuple):
    """How a bias lies: the axis along which it is the same for all, and whether it keeps that as one of length 1."""

    axis: int
    keepdims: bool


COLUMN = Reduced(1, keepdims=True)


def length(source: Source, settings: Settings, include: Include | None) -> int:
    """How many formulas of a source are a forward pass: fewer where shapes are taken that do not fit."""
    return sum(len(graph.steps) for graph in graphs(source, settings, include))


def assuming(
    source: Source, settings: Settings, include: Include | None, *, partly: bool = False, upright: bool = False
) -> Settings:
    """The settings with a declaration for each name of a source whose shape nobody says, where they fit so.

    Where `partly` is not asked for, that is done only where nothing is said of any array. Small letters of mathematics
    may be columns, which stand `upright`.
    """
    found = graphs(source, settings, include)
    letters = _letters({part.text for graph in found for part in _names(graph)})
    shapes: dict[str, str] = {}
    for graph in found:
        shapes = {**assumed(graph, letters, partly, upright), **shapes}
    texts = tuple(f"{name}: {shape}" for name, shape in shapes.items())
    return replace(settings, shapes=(*settings.shapes, *texts), convention="none") if texts else settings


def assumed(graph: Graph, letters: Iterator[str], partly: bool, upright: bool = False) -> dict[str, str]:
    """Declarations of the inputs whose shapes are not known; none if these are not all plainly matrices."""
    unknown = [key for key in graph.inputs if graph.shapes.get(key) is None]
    others = [key for key in graph.inputs if graph.shapes.get(key)]
    if not unknown or (others and not partly):
        return {}
    single = unknown if upright and not graph.section.notation.is_code else ()
    fitting = _Fitting({**dict.fromkeys(filter(_is_small, single), COLUMN), **dict(_reduced(graph))})
    pairs = [(step.name, step.value) for step in graph.steps] + [(claim.name, claim.value) for claim in graph.claims]
    for name, value in pairs:
        sides = fitting.sides(value)
        if sides is not None and not holds_a(value, "total"):
            fitting.join(fitting.of(name), sides)
    if fitting.lost:
        return {}
    dims = _stated(graph, fitting)
    texts = {}
    for key in unknown if dims else ():
        name = Name(graph.names[key].text, graph.names[key].base, key=key)
        rows, columns = (fitting.root(side) for side in fitting.of(name))
        for side in (rows, columns):
            dims[side] = dims.get(side) or next(letters)
        texts[name.text] = _written(dims[rows], dims[columns], fitting.reduced.get(key))
    return texts


def _is_small(key: str) -> bool:
    return key[:1].islower()


def _stated(graph: Graph, fitting: _Fitting) -> dict[str, str]:
    """The dimensions that are known, by the sides that have them; nothing if two that must be equal are not."""
    found: dict[str, str] = {ONE: ONE}
    for key in graph.inputs:
        shape = graph.shapes.get(key)
        sides = fitting.of(Name(graph.names[key].text, graph.names[key].base, key=key))
        for side, dim in zip(sides[-len(shape) :] if shape else (), shape or (), strict=False):
            text = str(prune(dim))
            if ONE not in (side, text) and found.setdefault(fitting.root(side), text) != text:
                return {}
    return found


def _written(rows: str, columns: str, reduced: Reduced | None) -> str:
    if reduced is None or reduced.keepdims:
        return f"{rows} x {columns}"
    return f"({columns if reduced.axis == 0 else rows},)"


def _reduced(graph: Graph) -> Iterator[tuple[str, Reduced]]:
    """The variables whose gradients are sums along an axis, as those of biases are."""
    for claim in graph.claims:
        for node in _factors(claim.value):
            if is_a(node, "total") and node.params.get("axis") in (0, 1):
                yield claim.of, Reduced(node.params["axis"], bool(node.params.get("keepdims", False)))


def _factors(node: Node) -> Iterator[Node]:
    """What a value is, or what is multiplied there: a sum in one of its terms does not say what the whole is."""
    if is_a(node, "scaling"):
        for argument in node.args:
            yield from _factors(argument)
    else:
        yield node


def _names(graph: Graph) -> Iterator[Name]:
    return (part for step in graph.steps for part in names_in(step.value))


def _letters(used: set[str]) -> Iterator[str]:
    yield from (letter for letter in "nkmpqrd" if letter not in used)
    yield from (f"n_{number}" for number in count(1))


class _Fitting:
    """Which rows and columns must be equal, as a forest of their names; of biases one of both is 1."""

    def __init__(self, reduced: Mapping[str, Reduced]) -> None:
        self.reduced = reduced
        self._above: dict[str, str] = {}
        self.lost = False

    def of(self, name: Name) -> Sides:
        """The rows and columns of a name, of a gradient those of its variable."""
        key = (name.key or name.text).removeprefix(GRADIENT).partition(REBOUND)[0]
        rows, columns = f"rows of {key}", f"columns of {key}"
        along = self.reduced.get(key)
        return (ONE if along and along.axis == 0 else rows), (ONE if along and along.axis == 1 else columns)

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
        if first != second and ONE not in (first, second):
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
        if is_a(node, "product") and known:
            for left, right in pairwise(known):
                self._join(left[1], right[0])
            return known[0][0], known[-1][1]
        if is_a(node, "entrywise", "softmax") and known:
            for other in known[1:]:
                self.join(known[0], other)
            return _widest(known)
        self.lost = self.lost or (not is_a(node, "reduction") and node.op != "trace" and bool(known))
        return None


def _widest(known: Sequence[Sides]) -> Sides:
    """The sides of what broadcasts together."""
    rows, columns = (next((side for side in sides if side != ONE), ONE) for sides in zip(*known, strict=True))
    return rows, columns
