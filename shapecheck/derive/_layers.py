"""Give a name to what stands within an activation: `f = sigmoid(Wf h + bf)` goes back through `dzf`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..gradient import Graph, Step
from ..shapes.dims import Shape
from ..syntax.nodes import NO_PARAMS, Apply, Index, Name, Node, walk

_PRODUCTS = frozenset(("product", "matmul", "np_dot"))
_ACTIVATIONS = frozenset(
    "activation sigmoid tanh relu leaky_relu elu softplus gelu silu softsign softmax log_softmax".split()
)
_OF_RESULTS = {"a": "z", "A": "Z"}


def layered(graph: Graph) -> tuple[Graph, dict[str, Node]]:
    """The graph with a step for each product within an activation, and the values of the new variables."""
    steps: list[Step] = []
    values: dict[str, Node] = {}
    shapes: dict[str, Shape | None] = dict(graph.shapes)
    names = dict(graph.names)
    for step in graph.steps:
        value = step.value
        for inner in list(_within(value)):
            name = _new_name(step.name, names)
            shapes[name.key], names[name.key], values[name.key] = graph.shape_of(inner), name, inner
            steps.append(replace(step, name=name, value=inner))
            value = _with(value, inner, name)
        steps.append(replace(step, value=value))
    return (replace(graph, steps=tuple(steps), shapes=shapes, names=names), values) if values else (graph, values)


def _within(node: Node) -> Iterator[Node]:
    """The arguments of activations that hold a product of matrices."""
    if type(node) is not Apply:
        return
    argument = node.args[0] if node.args else None
    if node.op in _ACTIVATIONS and type(argument) is Apply:
        if any(type(part) is Apply and part.op in _PRODUCTS for part in walk(argument)):
            yield argument
        return
    for each in node.args:
        yield from _within(each)


def _with(node: Node, old: Node, new: Node) -> Node:
    """The tree with a node itself replaced, all signs and places staying."""
    if node is old:
        return new
    if type(node) is not Apply:
        return node
    args = tuple(_with(argument, old, new) for argument in node.args)
    if all(after is before for after, before in zip(args, node.args, strict=True)):
        return node
    return Apply(node.op, args, node.params, node.span, node.sign, node.closed)


def _new_name(result: Name, taken: dict[str, Name]) -> Name:
    """`Z1` for `A1`, `zf` for `f`: a name that nothing has yet."""
    used = {name.text for name in taken.values()} | set(taken)
    for base, text in _candidates(result):
        if text not in used:
            return Name(text, base, _indices(result, base), key=text)
    raise AssertionError


def _indices(result: Name, base: str) -> tuple[Index, ...]:
    return result.indices if base in _OF_RESULTS.values() else ()


def _candidates(result: Name) -> Iterator[tuple[str, str]]:
    other = _OF_RESULTS.get(result.base)
    if other is not None and result.text.startswith(result.base):
        yield other, other + result.text[len(result.base) :]
    yield "z", f"z{result.text}"
    number = 1
    while True:
        yield "z", f"z{result.text}_{number}"
        number += 1


def inlined(node: Node, values: dict[str, Node]) -> Node:
    """A tree with the new variables replaced by their values."""
    if type(node) is Name:
        return values.get(node.key, node)
    if type(node) is not Apply:
        return node
    return Apply(node.op, tuple(inlined(each, values) for each in node.args), node.params or NO_PARAMS, sign=node.sign)
