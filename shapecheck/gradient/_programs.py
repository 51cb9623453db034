"""Which functions of a program belong together: one that goes forward, and one that goes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ..sections import Section
from ..syntax.nodes import names_in
from ._build import Builder
from ._examples import whole
from ._graph import GRADIENT, REBOUND, Graph
from ._layers import instantiated, unrolled
from ._record import Record
from ._softmaxes import with_axes

Function = tuple[str, list[Record]]


def build(records: Sequence[Record], section: Section) -> list[Graph]:
    """The graphs of a section: in a program one for each function, or pair of functions; else one."""
    parts = [(name, list(group)) for name, group in groupby(records, key=lambda record: record.function)]
    if (len(parts) > 1 and section.notation.is_program) or any(name for name, _ in parts):
        return list(_paired(parts, section))
    return _graphs([_built(section, records)])


def _graphs(builders: Iterable[Builder]) -> list[Graph]:
    read = [
        builder.graph() if builder.code else with_axes(builder.graph())
        for builder in builders
        if builder.says_something
    ]
    found = [graph for each in read for graph in instantiated(whole(each))]
    return [unrolled(graph, times) if (times := graph.section.unrolled) else graph for graph in found]


def _built(section: Section, forward: Sequence[Record], backward: Sequence[Record] = ()) -> Builder:
    code = bool(forward) and all(record.section.notation.is_code for record in forward)
    builder = Builder(section, code)
    for record in forward:
        builder.add(record)
    builder.returning = True
    for record in backward:
        builder.add(record)
    return builder


def _paired(parts: list[Function], section: Section) -> list[Graph]:
    """Each function with claims beside the one that defines most of what they are of."""
    alone = [_built(section, records) for _, records in parts]
    found: dict[int, Builder] = dict(enumerate(alone))
    for place, (name, records) in enumerate(parts):
        if not alone[place].claims:
            continue
        scores = [
            (_fit(builder, alone[place]), _is_kin(name, parts[at][0]), _is_named_after(name, parts[at][0]))
            for at, builder in enumerate(alone)
        ]
        own = _fit(alone[place], alone[place])
        best = max(range(len(parts)), key=lambda at: (scores[at], at == place))
        if best != place and scores[best][0] > own:
            costs = [at for at in range(len(parts)) if at not in (place, best) and _goes_on(alone[at], alone[best])]
            forward = [record for at in (best, *costs[:1]) for record in parts[at][1]]
            found[place] = _built(section, forward, records)
            for at in (best, *costs[:1]):
                found.pop(at, None)
    return _graphs(found.values())


def _fit(forward: Builder, backward: Builder) -> int:
    """How many of the variables whose gradients are claimed, or spoken of, stand in the steps of a function."""
    known = {key.partition("@")[0] for key in forward.known} if forward.steps else set()
    trees = [claim.value for claim in backward.claims]
    spoken = {name.key for name in names_in(*trees) if name.key[:1] == GRADIENT}
    variables = {claim.of for claim in backward.claims} | {key[1:].partition(REBOUND)[0] for key in spoken}
    return len({key.partition("@")[0] for key in variables} & known)


def _goes_on(builder: Builder, forward: Builder) -> bool:
    """Whether a function computes a loss of what another gives."""
    graph = builder.graph() if builder.steps and not builder.claims else None
    return graph is not None and graph.loss is not None and any(key in forward.steps for key in graph.inputs)


def _is_named_after(name: str, other: str) -> bool:
    """Whether a function is called after another: `relu_backward` after `relu`."""
    own, first = name.rpartition(".")[2], other.rpartition(".")[2]
    return bool(first) and first != own and first in own


def _is_kin(name: str, other: str) -> bool:
    return name.rpartition(".")[0] == other.rpartition(".")[0]
