"""A loss that is written example by example, `Σ_i y(i) log a(i)`, over all of them: `sum(Y * log(A))`."""

from __future__ import annotations

from ..gradient import Graph, Step
from ..ops import is_a
from ..shapes.dims import Shape
from ..syntax.nodes import Apply, Name, Node, names_in, walk
from ..values import replace

_EXAMPLE = "(i)"


def whole(graph: Graph) -> Graph:
    """The graph with its last sum over examples as a sum over arrays; itself where that cannot be told."""
    if not graph.steps or not _is_sum_over_examples(graph.steps[-1].value):
        return graph
    last = graph.steps[-1]
    examples = {part.key: part for part in names_in(last.value) if part.key.endswith(_EXAMPLE)}
    arrays = {key: _array(graph, name) for key, name in examples.items()}
    shape = next((graph.shapes[name.key] for name in arrays.values() if name.key in graph.shapes), None)
    if shape is None:
        return graph
    return _with_loss(graph, last, _over_all(last.value, arrays), list(arrays.values()), shape)


def _with_loss(graph: Graph, last: Step, value: Node, arrays: list[Name], shape: Shape) -> Graph:
    names, shapes = dict(graph.names), dict(graph.shapes)
    for name in arrays:
        names.setdefault(name.key, name)
        shapes.setdefault(name.key, shape)
    shapes[last.name.key] = ()
    steps = (*graph.steps[:-1], replace(last, value=value))
    return replace(graph, steps=steps, names=names, shapes=shapes, loss=last.name.key, seeds=())


def _is_sum_over_examples(node: Node) -> bool:
    sums = (part for part in walk(node) if is_a(part, "total"))
    return any(_is_example(below) for below in walk(*sums))


def _is_example(node: Node) -> bool:
    return type(node) is Name and node.key.endswith(_EXAMPLE)


def _array(graph: Graph, example: Name) -> Name:
    """The array that an example is a column of: `A[2]` for `a[2](i)`."""
    key = example.key.removesuffix(_EXAMPLE)
    capital = key[:1].upper() + key[1:]
    found = key if key in graph.shapes else capital
    written = graph.names.get(found)
    text, base = (written.text, written.base) if written is not None else (found, found)
    return Name(text, base, written.indices if written is not None else (), key=found)


def _over_all(node: Node, arrays: dict[str, Name]) -> Node:
    if type(node) is Name:
        return arrays.get(node.key, node)
    if type(node) is not Apply:
        return node
    args = tuple(_over_all(argument, arrays) for argument in node.args)
    if is_a(node, "total") and node.op != "mean" and not node.params.get("keepdims"):
        return Apply("sum", args)
    inside = any(_is_example(part) for part in walk(node))
    if node.op == "transpose" and inside:
        return args[0]
    factors = [argument for argument in node.args if any(_is_example(part) for part in walk(argument))]
    if is_a(node, "multiplication", "contraction") and len(factors) > 1:
        return Apply("hadamard", args)
    return Apply(node.op, args, node.params, node.span, node.sign, node.closed)
