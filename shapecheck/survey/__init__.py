"""Survey a file's names before any formula is read: which occur, which are assigned, what their indices mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..symbols import ERRORS, NONE_DECLARED, Declared, Marks, Reading, Symbol, is_time, shifted_letter
from ..syntax.nodes import Index
from ..values import dataclass
from ..vocabulary import SELDOM_LOSSES
from ._adjoints import BEFORE, adjoints, is_before
from ._arrays import arrays
from ._marks import PRIME, at_step, function_of, index_text, indexed, note_declared, primed
from ._names import LeftSide, Names, Spelled, timed
from ._steps import signals, times
from ._trees import is_log, names_of_trees, note_names, spelled, targets_in

__all__ = [
    "BEFORE", "PRIME", "Names", "Spelled", "Survey", "at_step", "function_of", "index_text", "indexed",
    "is_before", "is_log", "names_of_trees", "note_declared", "note_names", "primed", "spelled", "survey", "targets_in",
    "timed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file's names say before any formula is read.

    `bases` are the bases of all names, those of gradients without their d; `indexed` the bases that carry a layer
    somewhere, `reading` how indices are read, `gradients` the bases of which a gradient stands, `layers` the letters
    that stand in layers, `losses` the letters of which a derivative is taken, `counts` the keys of what numbers are
    divided by (`1/N`) and of what scales an identity (`σ² I`), `declared` what is declared. `used` holds the keys of
    the names that stand somewhere, `assigned` those of the names left of a relation.
    """

    bases: frozenset[str]
    indexed: frozenset[str]
    gradients: frozenset[str]
    layers: frozenset[str]
    reading: Reading
    losses: frozenset[str]
    used: frozenset[str]
    assigned: frozenset[str]
    counts: frozenset[str]
    declared: Declared = NONE_DECLARED


def survey(names: Names, declared: Declared = NONE_DECLARED, sizes: Iterable[str] = ()) -> Survey:
    """What the names of a file say, where these are the sizes that are stated in it."""
    reading = _reading(names, declared)
    _spell(names, reading)
    if numbers := _numbers(names, reading, sizes):
        reading.take_numbers(numbers)
        _spell(names, reading)
    if steps := times(names, declared):
        reading.take_times(steps)
        _spell(names, reading)
    coded = {base for base, _ in names.coded}
    if stepping := frozenset(base for base, others in timed(names) if not others) - coded:
        reading.take_stepping(stepping)
        _spell(names, reading)
    if found := adjoints(names, reading):
        reading.take_adjoints(found)
        _spell(names, reading)
    reading.marks = _marks(names, reading)
    assigned = {_assigned(reading, target).key for target in names.targets}
    assigned |= {reading.symbol(base + PRIME, indices).key for base, indices in names.primed}
    assigned |= {reading.symbol(*name).key for name, _ in signals(names) if name in names.defined}
    derived = {reading.symbol(base, indices).base for base, indices in names.derived}
    symbols = reading.by_key.values()
    gradients = {symbol.of for symbol in symbols if symbol.of}
    layered = [symbol for symbol in symbols if symbol.layer is not None]
    bases = {symbol.base for symbol in symbols}
    return Survey(
        bases=frozenset(bases | {symbol.of for symbol in symbols if symbol.of and symbol.base not in ERRORS}),
        indexed=frozenset({symbol.base for symbol in layered} | {symbol.of for symbol in layered if symbol.of}),
        gradients=frozenset(derived | gradients),
        layers=frozenset(letter for layer in {symbol.layer for symbol in layered} if layer for letter in layer.symbols),
        reading=reading,
        losses=_losses(names),
        used=frozenset(reading.by_key),
        assigned=frozenset(assigned),
        counts=frozenset([reading.symbol(base, indices).key for base, indices in names.counts]),
        declared=declared,
    )


def _marks(names: Names, reading: Reading) -> Marks:
    """What the names have after them."""
    raised = {*names.derived, *(target.name for target in names.targets)}
    above = {(base, indices) for base, indices in raised if indices and indices[-1].kind == "["}
    of_time = names.timed - names.coded
    given = names.defined | {name for name, _ in signals(names)}
    of_forms = (names.applied, given, names.listed, names.primed, above, of_time, names.parted, names.factors)
    return Marks(*[frozenset([reading.symbol(*name).key for name in each]) for each in of_forms])


def _spell(names: Names, reading: Reading) -> None:
    """Read all names."""
    for base, indices in names.spelled:
        reading.symbol(base, indices)


def _numbers(names: Names, reading: Reading, sizes: Iterable[str]) -> frozenset[str]:
    """The bases of numbers, which are never gradients: a `d_k` that is a size, or is assigned a number alone."""
    assigned = {reading.symbol(*name).base for name in names.numbers}
    return frozenset({*assigned, *sizes} - {reading.symbol(*name).base for name in names.computed})


def _losses(names: Names) -> frozenset[str]:
    """The letters of the losses: a C that an equation gives is an array, where something else is the loss."""
    given = {target.name[0] for target in names.targets if not target.is_derivative} & SELDOM_LOSSES
    return frozenset(names.losses - given if names.losses - SELDOM_LOSSES else names.losses)


def _assigned(reading: Reading, target: LeftSide) -> Symbol:
    """The symbol that a left side assigns: for `∂L/∂W` the gradient of W."""
    symbol = reading.symbol(*target.name)
    return reading.gradient(symbol) if target.is_derivative else symbol


def _reading(names: Names, declared: Declared) -> Reading:
    """How the file's indices are read: any letter that stands with a number added is a layer, as l and L are.

    L is the highest number on a Z or an A, unless there are weights of a later layer, whose results have other names.
    """
    indexed = [(base, indices) for base, indices in names.spelled if indices]
    lettered = {index for _, indices in indexed for index in indices if not index.text.isdecimal()}
    shifted = {shifted_letter(index) for index in lettered if index.kind in "[(_<"}
    layers = (frozenset({"l", "L"} | shifted) - {""}) | declared.letters
    reading = Reading(layers, None, declared, _with_entries(indexed), frozenset(_own(names.coded)), arrays(names))
    reading.is_timed = any(map(is_time, lettered))
    last = _highest(reading, indexed, ("Z", "A"))
    return reading.until(last) if last and last >= _highest(reading, indexed, ("W", "b")) else reading


def _own(coded: set[Spelled]) -> Iterator[tuple[str, Index]]:
    """The indices that are part of a name of code, each with its base; a time, as in `x_t`, beside an `x` alone."""
    for base, indices in coded:
        yield from ((base, index) for index in indices if not is_time(index) or (base, ()) in coded)


def _with_entries(names: Iterable[Spelled]) -> frozenset[str]:
    """The bases below which two digits are a row and a column, as in `a_{11} + a_{21}`: all their numbers are such."""
    below: dict[str, set[str]] = {}
    for base, indices in names:
        below.setdefault(base, set()).update(text for kind, text in indices if kind == "_" and text.isdecimal())
    return frozenset(
        base
        for base, texts in below.items()
        if len(texts) > 1 and all(len(text) == 2 and "0" not in text for text in texts)
    )


def _highest(reading: Reading, names: list[Spelled], bases: tuple[str, ...]) -> int:
    """The highest number of a layer on one of some bases, or on its gradient; 0 if there is none."""
    layers = [reading.symbol(base, indices).layer for base, indices in names if base.lstrip("d") in bases]
    return max([layer.value or 0 for layer in layers if layer is not None], default=0)
