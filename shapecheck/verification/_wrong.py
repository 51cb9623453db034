"""Find what is wrong with a claim that is not the gradient: a factor, a missing path, or a slip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..evaluate import array
from ..gradient import GRADIENT, Claim
from ..syntax.nodes import NOWHERE, Apply, Name, Node, names_in, replace, without
from ..values import NamedTuple
from ._activations import derivatives
from ._backward import pulled_back
from ._derived import everywhere
from ._factors import Factor, named
from ._passes import PassStep, Work
from ._relations import agree, parts, ratio
from ._slips import Slip, Surroundings, slips
from ._trial import Trial, Unverified
from ._world import Contribution

CLOSE = 1e-6
"""How closely ratios must agree for a constant factor; differences of 1e-5 steps are this accurate."""


class OffByFactor(NamedTuple):
    """The claim is the gradient times a constant."""

    factor: Factor


class MissesPath(NamedTuple):
    """The claim adds up some of the gradient's parts; the equations of the others, and their values in each trial.

    The parts are those of equations, or of the `places` of the variable in them.
    """

    through: tuple[PassStep, ...]
    values: tuple[tuple[Any, ...], ...]
    places: int = 0


class Other(NamedTuple):
    """The claim is not the gradient; the slip, if one explains it."""

    slip: Slip | None


Wrong = OffByFactor | MissesPath | Other


def wrong(claim: Claim, work: Work, trials: Sequence[Trial]) -> Wrong:
    """What is wrong with a claim, consistently in all trials."""
    given = [trial.given(claim) for trial in trials]
    wanted = [trial.wanted(claim) for trial in trials]
    is_apart = claim.is_of_array or claim.sides
    found = _factor(given, wanted, trials) or (None if is_apart else _path(claim, given, trials))
    return found or Other(_slip(claim, work, trials) or _term(claim, wanted, trials))


def _factor(given: Sequence[Any], wanted: Sequence[Any], trials: Sequence[Trial]) -> OffByFactor | None:
    ratios = [each for pair in zip(given, wanted, strict=True) if (each := ratio(*pair)) is not None]
    if len(ratios) < len(trials):
        return None
    found = named(ratios, [_numbers(trial) for trial in trials])
    is_constant = max(ratios) - min(ratios) <= CLOSE * abs(ratios[0])
    if found is None and is_constant and max(array(value).size for value in wanted) > 1:
        found = Factor(f"{ratios[0]:.4g}", f"{1 / ratios[0]:.4g}")
    return OffByFactor(found) if found else None


def _numbers(trial: Trial) -> dict[str, float]:
    """What the dimensions and the scalars of a trial are."""
    scalars = {key: float(value) for key, value in trial.world.values.items() if array(value).shape == ()}
    inputs = {key: scalars[key] for key in trial.work.forward.inputs if key in scalars}
    return {**{name: float(size) for name, size in trial.world.sizes.items()}, **inputs}


def _path(claim: Claim, given: Sequence[Any], trials: Sequence[Trial]) -> MissesPath | None:
    """The paths that are left out: equations first, then each place of the name in them."""
    for split in (_by_step, _by_place):
        try:
            divided = [split(claim.of, trial) for trial in trials]
        except ValueError:
            continue
        chosen = [parts(value, [part.value for part in each]) for value, each in zip(given, divided, strict=True)]
        if None not in chosen and len(set(chosen)) == 1 and chosen[0] is not None:
            left = [place for place in range(len(divided[0])) if place not in chosen[0]]
            steps = {divided[0][place].step.key: divided[0][place].step for place in left}
            values = tuple(tuple(each[place].value for place in left) for each in divided)
            return MissesPath(tuple(steps.values()), values, len(divided[0]) if split is _by_place else 0)
    return None


def _by_step(variable: str, trial: Trial) -> list[Contribution]:
    scale = trial.scale(variable)
    return [part._replace(value=trial.laid(scale * part.value)) for part in trial.world.parts.get(variable, ())]


def _by_place(variable: str, trial: Trial) -> list[Contribution]:
    """The parts of a gradient, one for each place at which its variable stands."""
    return [
        _at(place, part, variable, trial)
        for part in trial.world.parts.get(variable, ())
        for place in (name for name in names_in(part.step.value) if name.key == variable)
    ]


def _at(place: Name, part: Contribution, variable: str, trial: Trial) -> Contribution:
    own = Name(place.text, place.base, place.indices, place.span, f"{variable} here")
    tree = replace(part.step.value, place, own)
    values = {**trial.world.values, own.key: trial.world.values[variable]}
    upstream = trial.world.gradients[part.step.key]
    found = pulled_back(tree, own.key, values, trial.world.sizes, upstream)
    return Contribution(part.step, trial.laid(trial.scale(variable) * found))


def _slip(claim: Claim, work: Work, trials: Sequence[Trial]) -> Slip | None:
    around = (
        _ALONE
        if claim.sides
        else Surroundings(
            list(_names(claim, work, trials[0])),
            list(derivatives((step.name, step.value) for step in work.forward.steps)),
            _lengths(trials[0]),
        )
    )
    return next((slip for slip in slips(claim.value, around) if _mends(slip.tree, claim, trials)), None)


_ALONE = Surroundings((), (), lambda _: None)
"""Of what is claimed of each entry, slips that need no array."""


def _names(claim: Claim, work: Work, trial: Trial) -> Iterator[Name]:
    """The names that may stand in a claim, its own not among them."""
    graph = work.graph
    for key, name in graph.spellings.items():
        if key != claim.of and GRADIENT + key in trial.env:
            yield Name(name.text, name.base, name.indices, NOWHERE, GRADIENT + key)
    for key, name in graph.names.items():
        if key in trial.world.values:
            yield Name(name.text, name.base, name.indices, NOWHERE, key)


def _lengths(trial: Trial) -> Callable[[Node], tuple[int, ...] | None]:
    """The lengths of the axes of a tree's value, those of names by their keys."""
    known: dict[int, tuple[Node, tuple[int, ...] | None]] = {}

    def lengths(node: Node) -> tuple[int, ...] | None:
        if id(node) not in known:
            try:
                known[id(node)] = node, array(trial.value(node)).shape
            except Unverified:
                known[id(node)] = node, None
        return known[id(node)][1]

    return lengths


def _mends(tree: Node, claim: Claim, trials: Iterable[Trial]) -> bool:
    """Whether a tree is the gradient in every trial; what has no value is none."""
    return everywhere(trials, lambda trial: agree(trial.value(tree), trial.wanted(claim)))


def _term(claim: Claim, wanted: Sequence[Any], trials: Sequence[Trial]) -> Slip | None:
    """A term of the claim that is a multiple of what it should be."""
    if type(claim.value) is not Apply or claim.value.op != "add":
        return None
    for place, term in enumerate(claim.value.args):
        others = [other for at, other in enumerate(claim.value.args) if at != place]
        try:
            ratios = [_needed(term, others, value, trial) for value, trial in zip(wanted, trials, strict=True)]
        except Unverified:
            continue
        known = [found for found in ratios if found is not None]
        factor = named(known, [_numbers(trial) for trial in trials]) if len(known) == len(trials) else None
        if factor is not None:
            bare = without(term, "neg")
            return Slip((bare, f" is {factor.text} times what it should be"), claim.value)
    return None


def _needed(term: Node, others: Iterable[Node], wanted: Any, trial: Trial) -> float | None:
    rest = sum((array(trial.value(other)) for other in others), array(0.0))
    return ratio(trial.value(term), array(wanted) - rest)
