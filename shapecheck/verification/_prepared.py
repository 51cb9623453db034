"""Make a graph ready to be evaluated: what is said twice or begins a sum is left out, and `g'` is that of the layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..gradient import REBOUND, Claim, Graph, Step, is_zero
from ..ops import ops
from ..simplify import recognised
from ..syntax.nodes import Apply, Name, Node, keys_in, walk, with_args
from ..values import replace
from ._activations import activation_of

_GENERIC = re.compile(r"(?:f|g|h|φ|ϕ|ψ|ρ|act)\W*\w?\W*\Z|\\(?:phi|varphi|psi|rho)\b")
EXAMPLE = "(i)"


def prepared(graph: Graph) -> Graph:
    """The graph with its claims and steps as they are judged."""
    steps = tuple(replace(step, value=recognised(step.value)) for step in _without_examples(graph.steps))
    rebound = {claim.of for claim in graph.claims if REBOUND in claim.name.key}
    claims = [claim for claim in graph.claims if claim.of in rebound or not is_zero(claim.value)]
    functions = dict(_activations(steps))
    ready = tuple(replace(claim, value=_settled(claim.value, functions)) for claim in _summed(claims))
    loss = graph.loss if any(step.name.key == graph.loss for step in steps) else None
    return replace(graph, steps=steps, claims=ready, loss=loss)


def _without_examples(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps without those that say of one example what others say of all."""
    whole = tuple(step for step in steps if not any(EXAMPLE in key for key in keys_in(step.name, step.value)))
    return whole or tuple(steps)


def _summed(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, those that add to a gradient (`+=`) as the sum of all at the last of them."""
    adding = {claim.of for claim in claims if claim.sign == "+="}
    for place, claim in enumerate(claims):
        same = [other for other in claims if other.of == claim.of]
        if claim.of not in adding or len(same) == 1:
            yield claim
        elif all(later.of != claim.of for later in claims[place + 1 :]):
            yield replace(claim, value=Apply("add", tuple(other.value for other in same)))


def _activations(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """The known activation that is applied to each variable."""
    for step in steps:
        for node in walk(step.value):
            if type(node) is Apply and f"{node.op}_prime" in ops() and type(node.args[0]) is Name:
                yield node.args[0].key, node.op


def _settled(node: Node, functions: dict[str, str]) -> Node:
    """The tree with the derivative of a general g as that of the activation that the forward pass has there."""
    if type(node) is not Apply:
        return node
    argument = node.args[0] if node.args else None
    if node.op == "activation" and type(argument) is Name and _GENERIC.match(str(node.params.get("name", ""))):
        known = functions.get(argument.key)
        if known is not None and activation_of(node) != known:
            op = f"{known}_prime" if node.params.get("order") else known
            return Apply(op, node.args, {}, node.span, node.sign, node.closed)
    return with_args(node, (_settled(argument, functions) for argument in node.args))
