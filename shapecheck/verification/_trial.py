"""Evaluate claims on one draw and in one reading: right, wrong, or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from ..evaluate import NoValue, array, evaluate
from ..gradient import EACH, GRADIENT, TURNED, Claim
from ..syntax.nodes import Apply, Name, Node, names_in, walk
from ._activations import activation_of, unknown_function
from ._entries import each_entry, of_sides
from ._jacobians import by_columns, forms, laid_out
from ._passes import Work, variable_of
from ._readings import ExamplePowers
from ._reasons import called, why_free, why_none
from ._rebound import ON_THE_WAY, chains, held
from ._relations import agree, in_letters, is_zero, ratio, squeezed
from ._world import World

BEFORE = " before"
NOTHING: Mapping[str, Any] = {}


class Unverified(ValueError):
    """Raised with the reason why a claim cannot be verified."""


class Trial:
    """One draw of a work in one reading: every name has a value, gradients among them."""

    def __init__(self, work: Work, world: World, reading: ExamplePowers) -> None:
        self.work = work
        self.world = world
        self.reading = reading
        self._env = dict(world.values)
        self._gradients: dict[str, Any] = {}
        self._spoken: dict[str, Any] | None = None
        self._env |= {GRADIENT + key: self.gradient(key) for key in world.gradients}
        self._held: dict[str, tuple[str, Any]] = {}
        for row in chains(work.claims):
            self._held |= self._rebound(row)
            self._env |= {key: value for key, (_, value) in self._held.items()}
        self._env |= {GRADIENT + key: value for key, value in world.changes.items()}
        self._env |= {key: value for claim in work.claims for key, value in self._slopes(claim)}

    def _slopes(self, claim: Claim) -> Iterator[tuple[str, Any]]:
        """The derivatives of arrays of which a claim is computed, but for those that are tensors."""
        for key, pair in claim.slopes.items():
            if pair in self.world.derivatives:
                above, below = (array(self.world.values[name]) for name in pair)
                with suppress(ValueError):
                    found = array(self.world.derivatives[pair][0])
                    yield key, laid_out(found, above, below, turned=key.startswith(TURNED))

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
                raise Unverified(why_none(variable, self.work, self.world))
            self._gradients[variable] = self.laid(self.scale(variable) * self._meant(variable))
        return self._gradients[variable]

    def laid(self, gradient: Any) -> Any:
        """A gradient as its author lays it out: transposed in numerator layout."""
        return array(gradient).T if self.work.graph.section.table.numerator_layout else gradient

    def turns(self, claim: Claim) -> bool:
        """Whether a claim is for a gradient that its author lays out as its transpose."""
        is_turned = self.work.graph.section.table.numerator_layout and not (claim.is_of_array or claim.along)
        return is_turned and array(self.wanted(claim)).size > 1

    def _meant(self, variable: str) -> Any:
        """The gradient of a variable as the reading has it."""
        world = self.world
        if self.reading.outside and variable in self.work.forward.given and variable in world.outside:
            return world.outside[variable]
        if self.reading.before and variable in world.before:
            return world.before[variable]
        return world.gradients[variable]

    def _rebound(self, row: Sequence[Claim]) -> dict[str, tuple[str, Any]]:
        """What a name holds that code binds anew, by the keys of these gradients: of what it is one, and its value."""
        of = row[0].of
        if of not in self.world.gradients:
            return {}
        targets = [(of, self.gradient(of)), *self._before(of)]
        meant = held(row, targets, self._from).meant
        return dict(zip((claim.name.key for claim in row), meant, strict=True))

    def _before(self, variable: str) -> Iterator[tuple[str, Any]]:
        """The gradient of what the activation is applied to that gives a variable."""
        step = next((step for step in self.work.forward.steps if step.key == variable), None)
        if step is None or not activation_of(step.value) or type(step.value) is not Apply:
            return
        inside = step.value.args[0]
        if type(inside) is Name and inside.key in self.world.gradients:
            yield inside.key, self.gradient(inside.key)
        elif variable in self.world.before:
            yield variable + BEFORE, self.laid(self.scale(variable) * self.world.before[variable])

    def _from(self, claim: Claim, array: Any) -> Any:
        """The value of a claim where its name held an array before; None if it has none."""
        names = {name.key: array for name in names_in(claim.value) if variable_of(name) == claim.of}
        try:
            return self.value(claim.value, names)
        except Unverified:
            return None

    @property
    def shows_before(self) -> bool:
        """Whether a claim is the gradient of what an activation is applied to, under the name of its result."""
        own = [claim for claim in self.work.claims if claim.of in self.world.before and not claim.is_of_array]
        return any(not self._is_wrong(claim) for claim in own)

    def meant_by(self, claim: Claim) -> str:
        """The variable whose gradient a claim gives its name; with ` before` what its activation is applied to."""
        return str(self._held.get(claim.name.key, (claim.of, None))[0])

    def is_on_the_way(self, claim: Claim) -> bool:
        """Whether what a claim gives its name is changed further down, and no gradient before that."""
        return self.meant_by(claim) == ON_THE_WAY

    def wanted(self, claim: Claim) -> Any:
        """The expected value of a claim; raises Unverified if that is not known."""
        if claim.along:
            return self._differential(claim)
        if claim.is_of_array:
            return self._of_entries(claim) if claim.sides else self._derivative(claim)
        is_free = claim.of in self.world.free
        if is_free or not (self.world.has_loss or self._spoken_in(claim)):
            raise Unverified(why_free(claim, self.work, is_free))
        if claim.name.key in self._held:
            return self._held[claim.name.key][1]
        found = self.gradient(claim.of) if self.world.has_loss else self._along(claim)
        if is_zero(found):
            raise Unverified(f"the gradient of {called(self.work.graph, claim.of)} is zero")
        if claim.turned:
            return array(self.laid(found)).T
        return of_sides(self.laid(found), claim.sides, self.world.values) if claim.sides else found

    def _differential(self, claim: Claim) -> Any:
        """What the changes of which a claim speaks come to."""
        world = self.world
        if not all(pair in world.derivatives for pair in claim.pairs):
            raise Unverified("no equation here defines what is differentiated")
        self._refuse_unknown_functions(claim)
        changes = [array(world.changes[key]).reshape(-1) for key in claim.along]
        slopes = [world.derivatives[pair][0] for pair in claim.pairs]
        parts = [slope @ change for slope, change in zip(slopes, changes, strict=True)]
        return sum(parts[1:], parts[0]).reshape(array(world.values[claim.above]).shape)

    def _derivative(self, claim: Claim) -> Any:
        """The derivative of an array in the form in which a claim gives it, else in the first that has its shape."""
        world, pair = self.world, claim.pair
        if pair not in world.derivatives:
            raise Unverified("no equation here defines what is differentiated")
        above, below = (array(world.values[key]) for key in pair[-2:])
        found = [by_columns(array(each), below) if claim.by_columns else each for each in world.derivatives[pair]]
        below = below.reshape(-1, 1) if claim.by_columns else below
        wanted = [form for each in found for form in forms(each, above, below, is_row=claim.turned)]
        if not wanted:
            raise Unverified("a derivative of a matrix by a matrix has more than two axes, but this is a matrix")
        self._refuse_unknown_functions(claim)
        given = self.given(claim)
        alike = [form for form in wanted if squeezed(form).shape == squeezed(given).shape]
        multiple = (form for form in alike if ratio(given, form) is not None)
        return next(chain((form for form in alike if agree(form, given)), multiple, alike, wanted))

    def _of_entries(self, claim: Claim) -> Any:
        """The derivative of entries by entries, as a claim that says what each is has it."""
        if claim.pair not in self.world.derivatives:
            raise Unverified("no equation here defines what is differentiated")
        self._refuse_unknown_functions(claim)
        return of_sides(self.world.derivatives[claim.pair][0], claim.sides, self.world.values)

    def _refuse_unknown_functions(self, claim: Claim) -> None:
        """Raise Unverified where a function is differentiated that nobody knows, and whose `g'` no claim speaks of."""
        differentiated = next(step.value for step in self.work.forward.steps if step.key == claim.above)
        names = {unknown_function(node) for node in walk(differentiated)} - {""}
        spoken = {
            unknown_function(node) for node in walk(claim.value) if type(node) is Apply and node.params.get("order")
        }
        if names - spoken:
            raise Unverified(f"nothing here defines {min(names - spoken)}")

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
        return self.laid(self.scale(claim.of) * sum(along[1:], along[0]))

    def given(self, claim: Claim) -> Any:
        """The value of a claim; raises Unverified if it has none."""
        anew = next((name.text for name in names_in(claim.value) if name.key in self.work.anew), "")
        if anew:
            raise Unverified(f"{anew} is reassigned between the forward pass and this line")
        for key, pair in claim.slopes.items():
            if key not in self._env:
                names = " by ".join(called(self.work.graph, each) for each in pair)
                raise Unverified(f"the derivative of {names} in it is not a matrix")
        return self.value(claim.value)

    def value(self, tree: Node, held: Mapping[str, Any] = NOTHING) -> Any:
        """The value of a tree with true gradients, except those `held`; raises Unverified if there is none."""
        try:
            values = {**self._env, **held}
            if type(tree) is Apply and tree.op == EACH:
                found = array(each_entry(tree, values, self.world.sizes))
            else:
                found = array(evaluate(tree, values, self.world.sizes))
        except NoValue as error:
            without = (each for name in names_in(tree) if name.key not in self._env and (each := variable_of(name)))
            why = next((why_none(each, self.work, self.world) for each in without), f"`{error}` has no value here")
            raise Unverified(why) from error
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise Unverified("it cannot be evaluated") from error
        if not abs(found).max(initial=0.0) < float("inf"):
            raise Unverified("its value is not finite")
        return found

    def spoken(self, tree: Node) -> Any:
        """The value of a tree whose names are spelled as their author spells them."""
        if self._spoken is None:
            graph = self.work.graph
            names = [(name.text, GRADIENT + key) for key, name in graph.spellings.items()]
            names += [(name.text, key) for key, name in graph.names.items()]
            self._spoken = {text: self._env[key] for text, key in names if key in self._env}
            self._spoken |= {key: value for key, value in self._env.items() if key.startswith(GRADIENT)}
        try:
            return array(evaluate(tree, self._spoken, self.world.sizes))
        except (NoValue, ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise Unverified("it cannot be evaluated") from error

    def is_right(self, claim: Claim) -> bool:
        """Whether a claim is the gradient; raises Unverified if that cannot be decided."""
        wanted, given = self.wanted(claim), self.given(claim)
        if squeezed(given).shape != squeezed(wanted).shape:
            raise Unverified(self._why_misfit(claim, given, wanted))
        return agree(given, wanted) or self._is_right_turned(claim, wanted)

    def _why_misfit(self, claim: Claim, given: Any, wanted: Any) -> str:
        """That a claim has not the shape that it should have, with both shapes in letters."""
        is_, should_be = (in_letters(array(value).shape, self.world.sizes) for value in (given, wanted))
        of = "the derivative" if claim.is_of_array else f"{called(self.work.graph, claim.of)} in the forward pass"
        return f"it is {is_}, but {of} is {should_be}"

    def _is_right_turned(self, claim: Claim, wanted: Any) -> bool:
        """Whether a claim is right with its derivatives of arrays in the other layout, where these are square."""
        turned = {key: self._env[key].T for key in claim.slopes if array(self._env[key]).ndim == 2}
        if any(array(value).shape != array(self._env[key]).shape for key, value in turned.items()):
            return False
        return bool(turned) and agree(self.value(claim.value, turned), wanted)

    def blamed(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those claims that are wrong."""
        return [claim for claim in claims if self._is_wrong(claim)]

    def _is_wrong(self, claim: Claim) -> bool:
        try:
            return not (self.is_on_the_way(claim) or self.is_right(claim))
        except Unverified:
            return False
