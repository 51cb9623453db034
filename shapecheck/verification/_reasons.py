"""Why a gradient cannot be compared with the true one, as far as the equations say."""

from __future__ import annotations

from ..gradient import Claim, Graph
from ..syntax.nodes import keys_in
from ._passes import Work, written
from ._unwritten import lost_loss
from ._world import World


def why_none(variable: str, work: Work, world: World) -> str:
    """Why a variable has no gradient."""
    graph = work.graph
    if variable in world.values:
        return f"{called(graph, variable)} does not reach the loss in the equations here"
    if unknown := _without_shape(graph, variable):
        return unknown
    return f"no forward equation here uses {called(graph, variable)}"


def why_free(claim: Claim, work: Work, is_free: bool) -> str:
    """Why a gradient may be anything."""
    if reason := lost_loss(work.graph, (claim,)) or _without_shape(work.graph, work.graph.loss or ""):
        return reason
    if is_free:
        return f"there is no loss here, so the gradient of {called(work.graph, claim.of)} could be anything"
    return "there is no loss here to compare with"


def called(graph: Graph, variable: str) -> str:
    """A variable as its author spells it."""
    name = graph.names.get(variable)
    return written(name) if name is not None else variable


def _without_shape(graph: Graph, variable: str) -> str:
    """What a variable is computed of, or is itself, and cannot be drawn: its shape is not known."""
    steps = {step.name.key: step.value for step in graph.steps}
    waiting, seen = [variable], set[str]()
    while waiting:
        key = waiting.pop()
        if key in graph.inputs and graph.shapes.get(key) is None:
            return f"the shape of {called(graph, key)} is not known"
        if key in steps and key not in seen:
            seen.add(key)
            waiting += keys_in(steps[key])
    return ""
