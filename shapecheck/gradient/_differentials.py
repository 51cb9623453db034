"""Formulas for differentials, what small changes come to: `d(X⁻¹) = -X⁻¹ dX X⁻¹`, `df = tr(A dX)` of `f = tr(A X)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..syntax.nodes import Apply, Name, Node, keys_in, names_in
from ..values import replace
from ..vocabulary import LOSSES
from ._graph import GRADIENT, Claim, Step


def changed_in(target: Node) -> Node | None:
    """What a left side is the differential of; None if it is not one."""
    return target.args[0] if type(target) is Apply and target.op == "differential" else None


def differential(claim: Claim, above: str) -> Claim:
    """A claim as one for the differential of a variable, by the changes that it speaks of."""
    name = claim.name
    own = Name(name.text, name.base, name.indices, name.span, f"{GRADIENT}{above}/")
    return replace(claim, of=above, above=above, name=own, along=spoken_in(claim))


def spoken_in(claim: Claim) -> tuple[str, ...]:
    """The variables of whose changes, or gradients, a claim speaks."""
    names = (node for node in names_in(claim.value) if node.key.startswith(GRADIENT))
    return tuple(dict.fromkeys(name.key.removeprefix(GRADIENT) for name in names))


def with_differentials(claims: Sequence[Claim], steps: Mapping[str, Step]) -> list[Claim]:
    """The claims, those that go forward as differentials: each speaks only of what its variable is computed of.

    Where one of them goes back, or a loss follows, all are gradients.
    """
    speaking = [claim for claim in claims if spoken_in(claim) and not claim.along]
    if not speaking or not all(_goes_forward(claim, steps) for claim in speaking):
        return list(claims)
    return [differential(claim, claim.of) if claim in speaking else claim for claim in claims]


def _goes_forward(claim: Claim, steps: Mapping[str, Step]) -> bool:
    above = _above(claim.of, steps)
    is_layer = "[" in claim.of or not claim.name.text.startswith("d")
    return not (is_layer or _leads_to_loss(claim.of, steps)) and above.issuperset(spoken_in(claim))


def _leads_to_loss(key: str, steps: Mapping[str, Step]) -> bool:
    others = (step for step in steps.values() if step.name.key != key and step.name.base in LOSSES)
    return any(key in _above(step.name.key, steps) for step in others)


def _above(key: str, steps: Mapping[str, Step]) -> set[str]:
    """All of which a variable is computed."""
    found: set[str] = set()
    waiting = [key]
    while waiting:
        step = steps.get(waiting.pop())
        new = set(keys_in(step.value)) - found if step is not None else set()
        found |= new
        waiting += new
    return found
