"""Of which loss the gradients in between are: of the sum over the examples, or of the mean.

Courses write `dZ = A - Y` and `dW = 1/m dZ A.T`: the first of the sum, the second of the mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..gradient import Graph
from ..ops import is_a
from ..shapes.dims import ONE, Dim, prune
from ..syntax.nodes import Apply, Node, keys_in, walk
from ._wanted import losses


def batch(graph: Graph) -> Dim | None:
    """The dimension over which the loss is a mean, where the gradients in between are of the sum.

    None also where the author's own gradients in between carry the factor of the mean.
    """
    dims = list(dict.fromkeys(_means(graph) if graph.loss is not None else _meant(graph)))
    if len(dims) != 1:
        return None
    own = [claim.value for claim in graph.claims if _holds(graph, claim.of, dims[0]) and claim.of not in graph.inputs]
    return None if dims[0].text in keys_in(*own) else dims[0]


def _means(graph: Graph) -> Iterator[Dim]:
    """The dimensions over which parts of the loss are means: by a divisor `m` or `2 m`, or by a mean's axis."""
    for step in losses(graph):
        for term in _parts(step.value):
            names = {*keys_in(term)}
            for node in walk(term):
                dim = _divisor(graph, node) if type(node) is Apply else None
                if dim is not None and any(_holds(graph, key, dim) for key in names):
                    yield dim


def _meant(graph: Graph) -> Iterator[Dim]:
    """Without a loss, the dimensions that the author's own gradients of parameters are divided by."""
    for claim in graph.claims:
        for node in walk(claim.written):
            dim = _divisor(graph, node) if type(node) is Apply else None
            if dim is not None and claim.of in graph.inputs and not _holds(graph, claim.of, dim):
                yield dim


def _parts(node: Node) -> Iterator[Node]:
    """The terms of a sum."""
    if is_a(node, "sum"):
        for argument in node.args:
            yield from _parts(argument)
    else:
        yield node


def _divisor(graph: Graph, node: Apply) -> Dim | None:
    dims = {dim.text: dim for shape in graph.shapes.values() for dim in map(prune, shape or ()) if isinstance(dim, Dim)}
    if node.op == "divide":
        names = keys_in(node.args[1])
        return dims.get(names[0]) if len(names) == 1 else None
    if node.op != "mean":
        return None
    shape = [prune(dim) for dim in graph.shape_of(node.args[0]) or ()]
    axis = node.params.get("axis")
    summed = (
        [shape[axis]] if isinstance(axis, int) and -len(shape) <= axis < len(shape) else shape if axis is None else []
    )
    long = [dim for dim in summed if dim is not ONE]
    return long[0] if len(long) == 1 and isinstance(long[0], Dim) else None


def _holds(graph: Graph, key: str, batch: Dim) -> bool:
    return any(prune(dim) is batch for dim in graph.shapes.get(key) or ())
