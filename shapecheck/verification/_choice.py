"""Choose how a work is evaluated: the domains of its data, and what its gradients belong to, so that few are blamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..evaluate import silently
from ..syntax.nodes import Apply, Node, walk
from ._passes import Work, names_in, variable_of
from ._readings import AS_IT_STANDS, Reading, readings
from ._trial import Trial
from ._world import world

_LOGARITHMS = frozenset(("log", "log_softmax", "log_sum_exp"))


class Chosen(NamedTuple):
    """Two draws of a work, in the reading that blames the fewest lines."""

    trial: Trial
    other: Trial


def chosen(work: Work, seed: int) -> Chosen:
    """The draws under which the fewest claims are wrong; raises NoWorld where the forward pass has no values."""
    wanted = {claim.of for claim in work.claims}
    wanted |= {variable_of(name) for claim in work.claims for name in names_in(claim.value)}
    best: tuple[tuple[int, int], Mapping[str, str], Trial] | None = None
    with silently():
        for domains in _domains(work):
            drawn = world(work.forward, domains, wanted, seed)
            for reading in readings(work):
                trial = Trial(work, drawn, reading)
                blamed = len(trial.blamed(work.voting))
                cost = (blamed, _strangeness(reading, work, bool(blamed)))
                if best is None or cost < best[0]:
                    best = (cost, domains, trial)
                if not best[0][0]:
                    break
            if best is not None and not best[0][0]:
                break
        assert best is not None
        _, domains, trial = best
        if not trial.blamed(work.claims):
            return Chosen(trial, trial)
        other = world(work.forward, domains, wanted, seed + 1, unlike=trial.world.sizes)
        return Chosen(trial, Trial(work, other, trial.reading))


def _strangeness(reading: Reading, work: Work, is_wrong: bool) -> int:
    """How unlikely a reading is among those that blame as many: without a loss a 1/m is rather forgotten than spare."""
    if reading.before or reading.outside:
        return 2
    return int((reading is AS_IT_STANDS) == (is_wrong and not work.forward.loss))


def _domains(work: Work) -> Iterator[Mapping[str, str]]:
    """The numbers that targets may hold: shares, and where there is a softmax first such as sum to 1."""
    targets = _targets(work)
    if targets:
        for axis in _softmax_axes(work):
            yield dict.fromkeys(targets, "rows" if axis in (1, -1) else "columns")
    yield dict.fromkeys(targets, "share")


def _softmax_axes(work: Work) -> list[object]:
    """The axes along which a softmax is taken; of one that is written out those of the sums."""
    nodes = [node for node in _nodes(work) if type(node) is Apply]
    found = [node.params.get("axis") for node in nodes if node.op in _SOFTMAXES]
    if not found and any(node.op == "exp" for node in nodes):
        found = [node.params["axis"] for node in nodes if node.op == "sum" and node.params.get("axis") is not None]
    return list(dict.fromkeys(found))


_SOFTMAXES = frozenset(("softmax", "log_softmax", "log_sum_exp"))


def _nodes(work: Work) -> Iterator[Node]:
    return (node for step in work.forward.steps for node in walk(step.value))


def _targets(work: Work) -> set[str]:
    """The data that are multiplied by a logarithm: probabilities."""
    logarithms: set[str] = set()
    found: set[str] = set()
    for step in work.forward.steps:
        if _has_logarithm(step.value, logarithms):
            logarithms.add(step.key)
        for node in walk(step.value):
            if type(node) is Apply and node.op in ("hadamard", "product", "matmul", "np_dot", "dot", "star"):
                loud = [argument for argument in node.args if _has_logarithm(argument, logarithms)]
                quiet = [argument for argument in node.args if argument not in loud] if loud else []
                found |= {name.key for argument in quiet for name in names_in(argument)}
    return {key for key in found if work.forward.inputs.get(key)}


def _has_logarithm(tree: Node, names: set[str]) -> bool:
    nodes = list(walk(tree))
    return any(type(node) is Apply and node.op in _LOGARITHMS for node in nodes) or any(
        name.key in names for name in names_in(tree)
    )
