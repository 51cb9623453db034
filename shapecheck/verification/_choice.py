"""Choose how a work is evaluated: the domains of its data, and what its gradients belong to, so that few are blamed."""

from __future__ import annotations

from collections.abc import Iterator

from ..evaluate import silently
from ..syntax.nodes import names_in
from ..values import NamedTuple
from ._domains import Domains, domains, narrower
from ._passes import Work, variable_of
from ._readings import AS_IT_STANDS, ExamplePowers, readings
from ._relations import agree
from ._trial import Trial, Unverified
from ._world import NoWorld, World, world

Cost = tuple[int, int, int]


class Chosen(NamedTuple):
    """Two draws of a work, in the reading that blames the fewest lines, and the domains of their data."""

    trial: Trial
    other: Trial
    domains: Domains


def chosen(work: Work, seed: int) -> Chosen:
    """The draws under which the fewest claims are wrong; raises NoWorld where the forward pass has no values."""
    with silently():
        _, trial, held = min(_trials(work, seed), key=lambda each: each[0])
        if not trial.blamed(work.claims):
            return Chosen(trial, trial, held)
        return Chosen(trial, Trial(work, _unlike(trial, held, seed + 1), trial.reading), held)


def _unlike(trial: Trial, held: Domains, seed: int) -> World:
    """Another draw, with other sizes."""
    why: NoWorld | None = None
    for narrow in narrower(trial.work):
        try:
            return world(trial.work, {**narrow, **held}, wanted(trial.work), seed, unlike=trial.world.sizes)
        except NoWorld as error:
            why = why or error
    raise why or NoWorld("nothing to evaluate")


def wanted(work: Work) -> set[str]:
    """The variables whose gradients count."""
    found = {claim.of for claim in work.claims if not claim.is_of_array}
    return found | {variable_of(name) for claim in work.claims for name in names_in(claim.value)}


def _trials(work: Work, seed: int) -> Iterator[tuple[Cost, Trial, Domains]]:
    """The readings of a work, each with its cost, up to one that blames nothing."""
    for held, drawn in _worlds(work, seed):
        for reading in readings(work):
            trial = Trial(work, drawn, reading)
            if reading.before and not trial.shows_before:
                continue
            cost = _cost(trial, reading, work)
            yield cost, trial, held
            if not cost[0]:
                return


def _worlds(work: Work, seed: int) -> Iterator[tuple[Domains, World]]:
    """A draw for each choice of domains, of the first group of choices in which the forward pass has values."""
    why: NoWorld | None = None
    for group in domains(work):
        found = False
        for held in group:
            try:
                drawn = world(work, held, wanted(work), seed)
            except NoWorld as error:
                why = why or error
                continue
            found = True
            yield held, drawn
        if found:
            return
    raise why or NoWorld("nothing to evaluate")


def _cost(trial: Trial, reading: ExamplePowers, work: Work) -> Cost:
    """How many claims are wrong, by how many of them not by their sign alone, and how strange the reading is."""
    blamed = trial.blamed(work.voting)
    crude = 0
    for claim in blamed:
        try:
            crude += not agree(trial.given(claim), -trial.wanted(claim))
        except Unverified:
            crude += 1
    return len(blamed), crude, _strangeness(reading, work, bool(blamed))


def _strangeness(reading: ExamplePowers, work: Work, is_wrong: bool) -> int:
    """How unlikely a reading is among those that blame as many: without a loss a 1/m is rather forgotten than spare."""
    if reading.before or reading.outside:
        return 2
    return int((reading is AS_IT_STANDS) == (is_wrong and not work.forward.loss))
