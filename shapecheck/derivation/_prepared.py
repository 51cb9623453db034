"""A graph as it is derived: one for each scalar at its end, with the names of functions and gradients."""

from __future__ import annotations

from collections.abc import Iterator

from ..gradient import Graph, Step, in_full
from ..ops import is_a
from ..shapes.dims import Shape, is_single
from ..simplify import recognised
from ..syntax.nodes import Apply, Name, Node, keys_in, names_in, walk, with_args
from ..text import Source
from ..values import replace
from ._layers import inlined
from ._reading import batch

_EXAMPLE = "(i)"


def prepared(graph: Graph, source: Source) -> Iterator[Graph]:
    """The graphs to derive; where there is no loss each scalar that nothing uses is one."""
    graph = _whole_loss(graph)
    exponentials = {step.name.key: step.value for step in graph.steps if _is_exponential(step.value)}
    steps = tuple(
        replace(step, value=_recognised(step.value, exponentials)) for step in graph.steps if not _is_given(graph, step)
    )
    whole = replace(graph, steps=steps, spellings={of: in_full(name, source) for of, name in graph.spellings.items()})
    ends = _ends(whole)
    scalars = [key for key in ends if is_single(graph.shapes.get(key))]
    several = len({claim.above for claim in whole.claims}.intersection(scalars)) > 1
    if (whole.loss is not None and not several) or len(scalars) < len(ends):
        yield replace(whole, batch=batch(whole))
        return
    for key in scalars:
        one = _part(whole, key, source) if len(scalars) > 1 else replace(whole, loss=key, seeds=())
        yield replace(one, batch=batch(one))


def _is_given(graph: Graph, step: Step) -> bool:
    """Whether a step takes a parameter out of where it is kept, or makes one: what follows begins with it."""
    if not graph.shapes.get(step.name.key):
        return False
    if type(step.value) is Name:
        return step.value.key in graph.inputs
    return not any(graph.shapes.get(part.key) != () for part in names_in(step.value))


def _is_exponential(node: Node) -> bool:
    """Whether a value is the numerator or the denominator of a softmax, computed before it."""
    return type(node) is Apply and node.op in ("exp", "sum")


def _recognised(value: Node, exponentials: dict[str, Node]) -> Node:
    """The value with the functions that are written out as such, a softmax also where it is computed in steps."""
    if type(value) is Apply and value.op == "divide":
        whole = recognised(inlined(inlined(value, exponentials), exponentials))
        if type(whole) is Apply and whole.op == "softmax":
            return whole
    return recognised(value)


def _ends(graph: Graph) -> list[str]:
    """The results that no step uses."""
    used = {key for step in graph.steps for key in keys_in(step.value)}
    return [step.name.key for step in graph.steps if step.name.key not in used]


def _part(graph: Graph, loss: str, source: Source) -> Graph:
    """What leads to one of several scalars, with the gradients that are its own."""
    steps: list[Step] = []
    needed = {loss}
    for step in reversed(graph.steps):
        if step.name.key in needed:
            steps.insert(0, step)
            needed.update(keys_in(step.value))
    claims = tuple(claim for claim in graph.claims if claim.above == loss)
    names = {claim.of: in_full(claim.name, source) for claim in claims}
    return replace(graph, steps=tuple(steps), claims=claims, spellings=names, loss=loss, seeds=())


def _whole_loss(graph: Graph) -> Graph:
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
    return with_args(node, args)
