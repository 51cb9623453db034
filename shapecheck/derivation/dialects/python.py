"""numpy: its functions, and before the lines the sizes that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...gradient import Graph
from ...shapes.dims import Dim, prune
from .._names import Identifiers
from .._numpy import Numpy
from .._wanted import variable
from ._dialect import Dialect, Spell


def _head(graph: Graph, lines: Sequence[str], name: Spell) -> Iterator[str]:
    """The imports, and the dimensions that the lines speak of, taken from the arrays of the forward pass."""
    if any("math." in line for line in lines):
        yield "import math"
    given = {name(variable(graph, key)) for key in graph.names if key not in _dims(graph)}
    spoken = {word for line in lines for word in re.findall(r"[^\W\d]\w*", line)}
    for size in sorted((spoken & _dims(graph)) - given):
        place = _place_of(graph, size, name)
        if place is not None:
            yield f"{size} = {place}"


def _dims(graph: Graph) -> set[str]:
    return {
        symbol
        for shape in graph.shapes.values()
        for dim in map(prune, shape or ())
        if isinstance(dim, Dim)
        for symbol in dim.symbols
    }


def _place_of(graph: Graph, size: str, name: Spell) -> str | None:
    """The part of an array's shape that is a dimension."""
    for key in (*graph.inputs, *(step.name.key for step in graph.steps)):
        for axis, dim in enumerate(map(prune, graph.shapes.get(key) or ())):
            if isinstance(dim, Dim) and dim.text == size:
                return f"{name(variable(graph, key))}.shape[{axis}]"
    return None


dialect = Dialect(
    lambda shape_of, name: Numpy(shape_of, name).tree, lambda spelling: Identifiers(), "numpy", head=_head
)
