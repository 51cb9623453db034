"""What the name of a gradient holds each time that code binds it anew: `dh = dout @ W2.T`, then `dh = dh * (h > 0)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..gradient import REBOUND, Claim
from ..values import NamedTuple
from ._relations import agree

ON_THE_WAY = ""
"""What is not a gradient yet: what is done to it next makes it one."""
Value = Callable[[Claim, Any], Any]
"""The value of a claim, given what its name held before; None if it has none."""
Targets = Sequence[tuple[str, Any]]


class Held(NamedTuple):
    """What a name holds after each of some claims, as `meant` says: the gradient of which variable, and its value.

    `blamed` counts the claims that are wrong then, `ways` those that are on the way, `again` those that give a gradient
    which the name holds already.
    """

    blamed: int = 0
    ways: int = 0
    again: int = 0
    meant: tuple[tuple[str, Any], ...] = ()


def chains(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The claims that bind the gradient of one variable anew, after the one that they begin with."""
    for variable in dict.fromkeys(claim.of for claim in claims if REBOUND in claim.name.key):
        own = [claim for claim in claims if claim.of == variable and not claim.is_of_array]
        start = max((at for at, claim in enumerate(own) if REBOUND not in claim.name.key), default=None)
        first = [own[start]] if start is not None else []
        yield [*first, *(claim for claim in own if REBOUND in claim.name.key)]


def held(chain: Sequence[Claim], targets: Targets, value: Value) -> Held:
    """What a name holds after each claim of a chain: that under which the fewest are wrong, and most of them gradients.

    `targets` are the gradients that it may hold, by the variable they are of, that of its own first.
    """
    states = [Held()]
    for place, claim in enumerate(chain):
        is_last = place == len(chain) - 1
        following = [after for state in states for after in _after(state, claim, targets, value, is_last)]
        states = [min(group, key=_cost) for group in _by_meaning(following)]
    return min(states, key=_cost)


def _after(state: Held, claim: Claim, targets: Targets, value: Value, is_last: bool) -> Iterator[Held]:
    """What a name may hold after one more claim."""
    given = value(claim, state.meant[-1][1] if state.meant else targets[0][1])
    for of, wanted in targets:
        is_wrong = given is None or not agree(given, wanted)
        is_again = any(of == before for before, _ in state.meant)
        yield Held(state.blamed + is_wrong, state.ways, state.again + is_again, (*state.meant, (of, wanted)))
    if given is not None and not is_last:
        yield Held(state.blamed, state.ways + 1, state.again, (*state.meant, (ON_THE_WAY, given)))


def _by_meaning(states: Sequence[Held]) -> Iterator[list[Held]]:
    for of in dict.fromkeys(state.meant[-1][0] for state in states):
        yield [state for state in states if state.meant[-1][0] == of]


def _cost(state: Held) -> tuple[int, int, int]:
    return state.blamed, state.ways, state.again
