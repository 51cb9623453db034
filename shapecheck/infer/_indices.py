"""What an index runs over: in `Σ_j W_ij x_j` j counts the columns of W and the rows of x, which have to be as many."""

from __future__ import annotations

from collections.abc import Iterator

from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, prune
from ..symbols import make
from ..syntax.nodes import Apply, Equation, Name, Node, names_in
from ..values import NamedTuple
from .engine import Engine
from .facts import Fact


class IndexRange(NamedTuple):
    """Where an index runs: the entry in which it stands, the shape of the whole array, and the axis."""

    name: Name
    shape: Shape
    axis: int


def index_facts(engine: Engine, equation: Equation) -> Iterator[Fact]:
    """A fact for each index that runs over different sizes of two declared arrays; a Σ begins with one of its own.

    Only beside the entries of a matrix: an `x_i` of a vector may else be the i-th of several.
    """
    names = list(names_in(*equation.members))
    if not any(len(list(_runs(engine, name))) > 1 for name in names):
        return
    free: dict[str, IndexRange] = {}
    for member in equation.members:
        yield from _in(engine, member, free)


def _in(engine: Engine, node: Node, runs: dict[str, IndexRange]) -> Iterator[Fact]:
    if type(node) is Name:
        for letter, run in _runs(engine, node):
            before = runs.setdefault(letter, run)
            dims = prune(before.shape[before.axis]), prune(run.shape[run.axis])
            if not engine.solver.unify(*dims):
                at = run if len(run.shape) - (ONE in run.shape) > 1 else before
                clash = Clash("index", (0, 1), (before.axis, run.axis), dims)
                operands, shapes = (before.name, run.name), (before.shape, run.shape)
                yield Fact("index", at.name, operands, shapes, clash, {"letter": letter})
    elif type(node) is Apply:
        bound = node.params.get("index") if node.op in ("sigma", "sum_over") else None
        inner = {letter: run for letter, run in runs.items() if letter != bound} if bound else runs
        for argument in node.args:
            yield from _in(engine, argument, inner)
        if bound:
            runs.update({letter: run for letter, run in inner.items() if letter != bound and letter not in runs})


def _runs(engine: Engine, name: Name) -> Iterator[tuple[str, IndexRange]]:
    """The letters of an entry, each with the axis that it counts; none if there are not as many as axes."""
    symbol = engine.reading.by_key.get(name.key)
    if symbol is not None and symbol.of and engine.table.is_gradient(symbol):
        symbol = engine.table.variable(symbol)
    texts = [text.split(",") if "," in text else list(text) for kind, text in name.indices if kind == "_"]
    if symbol is None or not symbol.component or len(texts) != 1:
        return
    entry = engine.table.own(make(symbol.base, symbol.layer, symbol.example))
    if entry is None:
        return
    axes = [axis for axis, dim in enumerate(entry.shape) if prune(dim) is not ONE]
    places = zip(texts[0], axes, strict=True) if len(axes) == len(texts[0]) else ()
    yield from ((text, IndexRange(name, entry.shape, axis)) for text, axis in places if text.isalpha())
