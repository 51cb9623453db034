"""Evaluate the claims of a work in one draw and one reading: right, wrong, or not to be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..evaluate import NoValue, array, evaluate
from ..gradient import Claim
from ..syntax.nodes import Node
from ._passes import GRADIENT, Work, names_in, variable_of
from ._readings import Reading
from ._relations import agree, is_zero, squeezed
from ._world import World


class Unverified(ValueError):
    """Why nothing is known of a claim."""


class Trial:
    """One draw of a work in one reading: every name has a value, gradients among them."""

    def __init__(self, work: Work, world: World, reading: Reading) -> None:
        self.work = work
        self.world = world
        self.reading = reading
        self._env = dict(world.values)
        self._gradients: dict[str, Any] = {}
        self._spoken: dict[str, Any] | None = None
        self._env |= {GRADIENT + key: self.gradient(key) for key in world.gradients}

    @property
    def env(self) -> Mapping[str, Any]:
        """The values of all names."""
        return self._env

    def scale(self, variable: str) -> float:
        """What the true gradient of a variable is multiplied by in this reading."""
        return self.reading.scale(self.work.shapes.get(variable), self.world)

    def gradient(self, variable: str) -> Any:
        """The gradient of a variable; raises Unverified where it has none."""
        if variable not in self._gradients:
            if variable not in self.world.gradients:
                raise Unverified(self._why_none(variable))
            self._gradients[variable] = self.scale(variable) * self._meant(variable)
        return self._gradients[variable]

    def _meant(self, variable: str) -> Any:
        """The gradient of a variable as the reading has it."""
        world = self.world
        if self.reading.outside and variable in self.work.forward.given and variable in world.outside:
            return world.outside[variable]
        if self.reading.before and variable in world.before:
            return world.before[variable]
        return world.gradients[variable]

    def _why_none(self, variable: str) -> str:
        if variable in self.world.values:
            return f"nothing that is computed here from {variable} leads to the loss"
        return f"no equation here says what {variable} does in the forward pass"

    def wanted(self, claim: Claim) -> Any:
        """What a claim has to be; raises Unverified where that is not known."""
        if claim.of in self.world.free:
            raise Unverified(f"there is no loss here, so that the gradient of {claim.of} may be anything")
        if not self.world.has_loss and not self._spoken_in(claim):
            raise Unverified("there is no loss here that could say so")
        found = self.gradient(claim.of) if self.world.has_loss else self._along(claim)
        if is_zero(found):
            raise Unverified(f"the gradient of {claim.of} is zero")
        return found

    def _spoken_in(self, claim: Claim) -> list[str]:
        """The variables whose gradients a claim is computed of."""
        return [variable for name in names_in(claim.value) if (variable := variable_of(name))]

    def _along(self, claim: Claim) -> Any:
        """The gradient by the equations that lead where those lead of whose gradients the claim is computed."""
        reach, nothing = self.world.reach, frozenset[str]()
        ends = nothing.union(*(reach.get(variable, nothing) for variable in self._spoken_in(claim)))
        parts = self.world.parts.get(claim.of, ())
        along = [part.value for part in parts if reach.get(part.step.key, nothing) & ends]
        if len(along) in (0, len(parts)):
            return self.gradient(claim.of)
        return self.scale(claim.of) * sum(along[1:], along[0])

    def given(self, claim: Claim) -> Any:
        """What a claim says; raises Unverified where it has no value."""
        anew = next((name.text for name in names_in(claim.value) if name.key in self.work.anew), "")
        if anew:
            raise Unverified(f"{anew} is made anew between the forward pass and this line")
        return self.value(claim.value)

    def value(self, tree: Node) -> Any:
        """The value of a tree, gradients being the true ones; raises Unverified where it has none."""
        try:
            found = array(evaluate(tree, self._env, self.world.sizes))
        except NoValue as error:
            raise Unverified(f"`{error}` has no value here") from error
        except (ValueError, TypeError, ArithmeticError) as error:
            raise Unverified("it cannot be evaluated") from error
        if not abs(found).max(initial=0.0) < float("inf"):
            raise Unverified("it has no finite value")
        return found

    def spoken(self, tree: Node) -> Any:
        """The value of a tree whose names are spelled as their author spells them."""
        if self._spoken is None:
            graph = self.work.graph
            names = [(name.text, GRADIENT + key) for key, name in graph.spellings.items()]
            names += [(name.text, key) for key, name in graph.names.items()]
            self._spoken = {text: self._env[key] for text, key in names if key in self._env}
        try:
            return array(evaluate(tree, self._spoken, self.world.sizes))
        except (NoValue, ValueError, TypeError, ArithmeticError) as error:
            raise Unverified("it cannot be evaluated") from error

    def is_right(self, claim: Claim) -> bool:
        """Whether a claim is the gradient; raises Unverified where that cannot be told."""
        wanted, given = self.wanted(claim), self.given(claim)
        if squeezed(given).shape != squeezed(wanted).shape:
            raise Unverified(f"it has not the shape that {claim.of} has in the forward pass")
        return agree(given, wanted)

    def blamed(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those claims that are wrong."""
        return [claim for claim in claims if self._is_wrong(claim)]

    def _is_wrong(self, claim: Claim) -> bool:
        try:
            return not self.is_right(claim)
        except Unverified:
            return False
