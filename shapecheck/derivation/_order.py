"""The order of lines and of terms: parameters before the data, what comes back before what is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..gradient import Graph
from ..syntax.nodes import Apply, Node, is_op, names_in
from ._folding import DerivedLine
from ._names import GRADIENT

_DATA = frozenset("xXaAhH")


def in_order(graph: Graph, lines: Sequence[DerivedLine]) -> list[DerivedLine]:
    """The lines, in each run of inputs the parameters before the data and the earlier states."""
    found: list[DerivedLine] = []
    for is_input, group in groupby(lines, key=lambda line: line.of in graph.inputs):
        run = list(group)
        found += sorted(run, key=lambda line: _is_data(graph, line.of)) if is_input else run
    return found


def _is_data(graph: Graph, key: str) -> bool:
    name = graph.names[key]
    return (
        name.base in _DATA
        or graph.is_batch(key)
        or "prev" in name.text
        or any(index.kind == "<" or "t-1" in index.text for index in name.indices)
    )


def gradients_first(node: Node) -> Node:
    """A sum with the terms that hold gradients before the others: `1/m X.T dS + lam W`."""
    if type(node) is not Apply or node.op != "add":
        return node
    return Apply("add", tuple(sorted(node.args, key=lambda term: not _holds_gradient(term) or is_op(term, "neg"))))


def _holds_gradient(node: Node) -> bool:
    return any(part.key.startswith(GRADIENT) for part in names_in(node))
