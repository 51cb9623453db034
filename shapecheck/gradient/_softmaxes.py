"""Along which axis a softmax of a matrix goes that does not say it: as its result is used, else as examples lie."""

from __future__ import annotations

from collections.abc import Callable

from ..ops import is_a
from ..shapes.dims import ONE, Dim, is_single, prune
from ..syntax.dump import dump
from ..syntax.nodes import Apply, Name, Node, walk
from ..values import replace
from ..vocabulary import COUNTS
from ._graph import Graph

Choose = Callable[[Apply], int | None]


def with_axes(graph: Graph) -> Graph:
    """The graph in which each softmax of a matrix has its axis, as far as that is known."""
    found = {dump(node.args[0]): axis for node in open_softmaxes(graph) if (axis := _axis(graph, node)) is not None}
    return _filled(graph, lambda node: found.get(dump(node.args[0]))) if found else graph


def along_rows(graph: Graph) -> Graph:
    """The graph in which each softmax whose axis nothing tells goes along the rows."""
    return _filled(graph, lambda node: 1)


def open_softmaxes(graph: Graph) -> list[Apply]:
    """The softmaxes of matrices in the forward equations that do not say along which axis they go."""
    nodes = (node for step in graph.steps for node in walk(step.value))
    return [node for node in nodes if type(node) is Apply and _is_open(graph, node)]


def _is_open(graph: Graph, node: Apply) -> bool:
    if not is_a(node, "softmax") or node.params.get("axis") is not None:
        return False
    shape = graph.shape_of(node.args[0])
    return shape is not None and len(shape) == 2 and ONE not in map(prune, shape)


def _axis(graph: Graph, node: Apply) -> int | None:
    """The axis of a softmax: that which meets the other factor of a product, else the one that counts no examples."""
    met = _Uses(graph, node).met
    if met:
        return met.pop() if len(met) == 1 else None
    shape = [prune(dim) for dim in graph.shape_of(node.args[0]) or ()]
    counts = [axis for axis, dim in enumerate(shape) if isinstance(dim, Dim) and dim.text in COUNTS]
    examples = [shape.index(graph.batch)] if graph.batch in shape else counts
    if len(examples) == 1 and shape[0] is not shape[1]:
        return 1 - examples[0]
    layout = graph.section.table.layout
    return int(layout.convention.rows == "examples") if layout.speaks else None


class _Uses:
    """The axes along which the result of a softmax is multiplied by another matrix, going through the equations."""

    def __init__(self, graph: Graph, softmax: Apply) -> None:
        self._graph = graph
        self._softmax = softmax
        self._lying: dict[str, bool | None] = {}
        self.met: set[int] = set()
        for step in graph.steps:
            self._lying[step.name.key] = self._turned(step.value)

    def _turned(self, node: Node) -> bool | None:
        """Whether a tree is the result transposed, False if it lies as it is; None of all else."""
        if node is self._softmax:
            return False if node.op == "softmax" else None
        if type(node) is Name:
            return self._lying.get(node.key)
        if type(node) is not Apply:
            return None
        turned = [self._turned(argument) for argument in node.args]
        if node.op == "transpose":
            return None if turned[0] is None else not turned[0]
        if is_a(node, "product"):
            return self._product(node, turned)
        return next((each for each in turned if each is not None), None) if is_a(node, "entrywise") else None

    def _product(self, node: Apply, turned: list[bool | None]) -> bool | None:
        """What a product with it is: with numbers it lies as before, of another factor it meets the rows or columns."""
        arrays = [at for at, factor in enumerate(node.args) if not self._is_number(factor)]
        if len(arrays) < 2:
            return turned[arrays[0]] if arrays else None
        first, last = arrays[0], arrays[-1]
        for at, beside, columns in ((first, arrays[1], True), (last, arrays[-2], False)):
            own, other = turned[at], node.args[beside]
            if own is not None and not (type(other) is Apply and other.op == "ones"):
                self.met.add(int(columns is not own))
        return None

    def _is_number(self, node: Node) -> bool:
        shape = self._graph.shape_of(node)
        return is_single(shape)


def _filled(graph: Graph, choose: Choose) -> Graph:
    """The graph with an axis for each softmax that is open, in the claims too."""

    def filled(node: Node) -> Node:
        if type(node) is not Apply:
            return node
        args = tuple(map(filled, node.args))
        axis = choose(node) if _is_open(graph, node) else None
        if axis is None and all(new is old for new, old in zip(args, node.args, strict=True)):
            return node
        params = node.params if axis is None else {**node.params, "axis": axis}
        return Apply(node.op, args, params, node.span, node.sign, node.closed)

    steps = tuple(replace(step, value=filled(step.value)) for step in graph.steps)
    claims = tuple(replace(claim, value=filled(claim.value)) for claim in graph.claims)
    return replace(graph, steps=steps, claims=claims)
