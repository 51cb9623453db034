"""A graph as it is derived: one for each scalar at its end, with the names of functions and gradients."""

from __future__ import annotations

from collections.abc import Iterator

from ..gradient import Graph, Step, in_full
from ..shapes.dims import is_single
from ..simplify import recognised
from ..syntax.nodes import Apply, Name, Node, keys_in, names_in
from ..text import Source
from ..values import replace
from ._layers import inlined
from ._reading import batch


def prepared(graph: Graph, source: Source) -> Iterator[Graph]:
    """The graphs to derive; where there is no loss each scalar that nothing uses is one."""
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
