"""Derive the gradients of a forward pass as a textbook writes them: one line each, in backward order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from ..gradient import Gradient, Graph, NoGradient, Step, gradients, graphs, refuse_lost
from ..ops import is_a
from ..sections import Include
from ..settings import Settings
from ..simplify import Reader, recognised
from ..syntax.nodes import Apply, Name, Node, Number, is_op, names_in
from ..text import Source
from ..values import NamedTuple
from ._assumed import assuming
from ._assumed import length as length_of
from ._folding import DerivedLine, folded, length, names_of
from ._layers import inlined, layered
from ._names import GRADIENT
from ._parts import stacked
from ._prepared import prepared
from ._wanted import asked, distributions, wanted

__all__ = ["Derivation", "DerivedLine", "asking", "assuming", "derive", "length_of", "of_unfit", "undeclared"]


_BRIEF = 4
"""The number of names up to which a part of the forward pass is written where it is used once."""
_CONVENTIONAL = re.compile(r"(?<!\w)(?:[wWxXθ]|\\?theta)(?!\w)")
_DATA = frozenset("xXaAhH")


class Derivation(NamedTuple):
    """The gradients of one forward pass.

    cotangents  the gradients that are given from outside, as there is no loss
    missing     the names asked for that no variable has
    """

    graph: Graph
    lines: list[DerivedLine]
    cotangents: list[Name]
    missing: list[str]


def derive(
    source: Source,
    settings: Settings | None = None,
    include: Include | None = None,
    wrt: Collection[str] | None = None,
) -> list[Derivation]:
    """Derive the gradients of each forward pass in a source: of the variables in `wrt`, or of parameters and inputs.

    Raises NoGradient if an operation has none, or if an equation on the way is not understood.
    """
    found = graphs(source, settings or Settings(), include)
    if not any(graph.steps for graph in found):
        for graph in found:
            refuse_lost(graph)
    return [_derivation(one, wrt) for graph in found if graph.steps for one in prepared(graph, source)]


def of_unfit(source: Source, settings: Settings, include: Include | None) -> Iterator[Derivation]:
    """The gradients whose formulas by the author do not fit, with all others that the author names.

    Raises NoGradient where an operation has none.
    """
    for graph in graphs(source, settings, include):
        if graph.steps and graph.unfit:
            for one in prepared(graph, source):
                named = [key for key in one.names if key in one.spellings]
                yield _derivation(one, [one.names[key].text for key in named])


def asking(source: Source) -> Source:
    """The source with a gradient asked for: where one of its names stands a convention knows the shapes."""
    name = _CONVENTIONAL.search(source.text)
    return source if name is None else Source(f"{source.text}\nd{name[0]}\n", source.path)


def _derivation(written: Graph, wrt: Collection[str] | None) -> Derivation:
    keys, missing = asked(written, wrt) if wrt else (wanted(written), [])
    graph, values = layered(written)
    found = _swept(graph, keys)
    writing = _Writing(graph)
    lines = [DerivedLine(each.of, each.name, writing.simple(_whole(graph, each))) for each in found]
    kept = folded(lines, {*keys, *_results(graph, lines)}, writing.simple)
    kept = [*_needed(kept, graph, values), *in_order(graph, kept)]
    brief = {key: value for key, value in values.items() if all(line.name.key != key for line in kept)}
    kept = [line._replace(value=_written(line.value, graph, brief)) for line in kept]
    kept = _of_layer(graph, kept)
    given = _cotangents(graph, kept)
    begun = [
        DerivedLine(claim.of, name, claim.value) for name in given for claim in graph.claims if name.key[1:] == claim.of
    ]
    left = [name for name in given if all(line.name is not name for line in begun)]
    return Derivation(graph, [*begun, *kept], left, missing)


def _of_layer(graph: Graph, lines: list[DerivedLine]) -> list[DerivedLine]:
    """Where layers are letters the lines of layer l alone: those of its neighbours say the same again."""
    if graph.layer is None:
        return lines
    return [line for line in lines if f"[{graph.layer}]" in line.of] or lines


def _needed(lines: list[DerivedLine], graph: Graph, values: dict[str, Node]) -> list[DerivedLine]:
    """A line for each part of the forward pass that the gradients speak of, but for short ones that they do once."""
    spoken: Counter[str] = Counter()
    for line in lines:
        spoken.update(names_of(line.value))
    found: list[DerivedLine] = []
    for step in reversed(graph.steps):
        name = step.name.key
        times = spoken[name] if name in values else 0
        if times > 1 or (times and length(step.value) > _BRIEF):
            found.append(DerivedLine(name, step.name, step.value))
        # What takes the place of a name that is spoken of once is spoken of once too.
        spoken.update(names_of(step.value) if times else ())
    return found[::-1]


def _swept(graph: Graph, keys: list[str]) -> list[Gradient]:
    """The gradients; where there are none for want of shapes, NoGradient says which must be declared."""
    try:
        return gradients(graph, keys, per_example=True) if keys else []
    except NoGradient as error:
        raise undeclared(graph) or error from error


def undeclared(graph: Graph) -> NoGradient | None:
    """Which shapes must be declared before there are gradients; None if all are known."""
    open_ = [key for key in graph.inputs if graph.shapes.get(key) is None]
    unknown = [graph.names[key].text for key in open_]
    if not unknown or graph.lost.keys() & set(open_):
        return None
    what = f'the shape of {", ".join(unknown)} is not known; declare it, as in -s "{unknown[0]}: n x m"'
    return NoGradient(what, graph.steps[-1].span)


def _written(value: Node, graph: Graph, values: dict[str, Node]) -> Node:
    """A value in the names of the forward pass as it is written, its terms in order."""
    return stacked(gradients_first(inlined(value, values)), graph.shape_of)


def _results(graph: Graph, lines: list[DerivedLine]) -> list[str]:
    """The variables whose gradient is the name of a result, as in `dZ = Z`: that is worth a line."""
    defined = {step.name.key for step in graph.steps}
    return [line.of for line in lines if type(line.value) is Name and line.value.key in defined]


def _whole(graph: Graph, gradient: Gradient) -> Node:
    """The value; of an input with an example a row or column it is that of the mean, as of each parameter."""
    if graph.loss is None or graph.batch is None or gradient.of not in graph.inputs or not graph.is_batch(gradient.of):
        return gradient.value
    m = Name(graph.batch.text, graph.batch.text, key=graph.batch.text)
    return Apply("product", (Apply("divide", (Number("1"), m)), gradient.value))


def _cotangents(graph: Graph, lines: list[DerivedLine]) -> list[Name]:
    """The gradients that come from outside, as the lines name them; of another layer they come from its own lines."""
    if graph.layer is not None:
        return []
    spoken = (part for line in lines for part in names_in(line.value))
    return list(
        {part.key: part for part in spoken if part.key[1:] in graph.seeds and part.key[:1] == GRADIENT}.values()
    )


def _names(step: Step) -> Iterator[tuple[Node, Node]]:
    """The value of a step with its name; of a sum that has lost its axis also the one that keeps it."""
    value = step.value
    if type(value) is not Apply:
        return
    yield value, step.name
    axis = value.params.get("axis")
    if is_a(value, "reduction") and isinstance(axis, int) and not value.params.get("keepdims", False):
        keeping = Apply(value.op, value.args, {**value.params, "keepdims": True})
        yield keeping, Apply("expand_dims", (step.name,), {"axis": axis})


class _Writing:
    """The simplification of a graph's trees."""

    def __init__(self, graph: Graph) -> None:
        named = [pair for step in graph.steps for pair in _names(step)]
        self._reader = Reader(graph.shape_of, named, distributions(graph))

    def simple(self, node: Node) -> Node:
        """A tree as a textbook writes it."""
        return recognised(self._reader.simplified(node))


def in_order(graph: Graph, lines: Sequence[DerivedLine]) -> list[DerivedLine]:
    """The lines, in each run of inputs the parameters before the data and the earlier states."""
    found: list[DerivedLine] = []
    for is_input, group in groupby(lines, key=lambda line: line.of in graph.inputs):
        run = list(group)
        found += sorted(run, key=lambda line: _is_data(graph, line.of)) if is_input else run
    return found


def _is_data(graph: Graph, key: str) -> bool:
    name = graph.names[key]
    return (
        name.base in _DATA
        or graph.is_batch(key)
        or "prev" in name.text
        or any(index.kind == "<" or "t-1" in index.text for index in name.indices)
    )


def gradients_first(node: Node) -> Node:
    """A sum with the terms that hold gradients before the others: `1/m X.T dS + lam W`."""
    if type(node) is not Apply or node.op != "add":
        return node
    return Apply("add", tuple(sorted(node.args, key=lambda term: not _holds_gradient(term) or is_op(term, "neg"))))


def _holds_gradient(node: Node) -> bool:
    return any(part.key.startswith(GRADIENT) for part in names_in(node))
