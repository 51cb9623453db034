"""Gradients of a number that do not say by what: `∇L = …`, `∇f = …`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ..shapes.dims import Shape, is_single, long_dims
from ..symbols import SECOND, is_nabla
from ..syntax.nodes import Name, Node, keys_in, name_of
from ..values import replace
from ._graph import GRADIENT, Claim, Step

NOT_SAID = "the variable of the gradient is missing; write it as a subscript, as in `∇_x f`"
ShapeOf = Callable[[Node], Shape | None]


def by(claim: Claim, variable: str) -> Claim:
    """A claim for the gradient of a number as one for its gradient by a variable."""
    name = claim.name
    if claim.twice:
        key = f"{GRADIENT}{claim.above}/{GRADIENT}{variable}/{GRADIENT}{variable}"
        own = Name(name.text, name.base, name.indices, name.span, key)
        return replace(claim, of=variable, twice=variable, name=own, why="", among=())
    own = Name(name.text, name.base, name.indices, name.span, GRADIENT + variable)
    return replace(claim, of=variable, above=claim.above or claim.of, name=own, why="", among=())


def with_variable(
    claim: Claim, steps: Mapping[str, Step], arguments: Mapping[str, Collection[str]], shape_of: ShapeOf
) -> Claim:
    """A claim with the variable of its gradient: the only one of its shape that the number is computed of.

    Where that is a function of `arguments`, it is one of these. Any other claim is as it was.
    """
    if claim.twice == SECOND:
        return _second(claim, steps, arguments, shape_of)
    name, shape = claim.name, shape_of(claim.value)
    if not is_nabla(name.text, name.base) or claim.of not in steps or shape is None:
        return claim
    own = shape_of(steps[claim.of].name)
    if own is not None and not is_single(own):
        return claim
    if is_single(shape) and any(claim.of in keys_in(step.value) for step in steps.values()):
        return claim
    variables = arguments.get(claim.of) or _variables(claim.of, steps)
    fitting = [key for key in variables if _alike(shape_of(name_of(key)), shape)]
    return _by_one(replace(claim, above=claim.of), fitting)


def _second(
    claim: Claim, steps: Mapping[str, Step], arguments: Mapping[str, Collection[str]], shape_of: ShapeOf
) -> Claim:
    """A second derivative by a vector of which the matrix has a row, and a column, for each entry."""
    shape = shape_of(claim.value)
    if claim.above not in steps or shape is None:
        return replace(claim, why=NOT_SAID)
    variables = arguments.get(claim.above) or _variables(claim.above, steps)
    shapes = ((key, shape_of(name_of(key))) for key in variables)
    return _by_one(claim, [key for key, own in shapes if own is not None and 2 * long_dims(own) == long_dims(shape)])


def _by_one(claim: Claim, variables: Collection[str]) -> Claim:
    """The claim by the only variable of some; else by one among them that is to be found."""
    if len(variables) == 1:
        return by(claim, next(iter(variables)))
    return replace(claim, among=tuple(variables), why=NOT_SAID)


def _variables(key: str, steps: Mapping[str, Step]) -> list[str]:
    """All of which a number is computed, in order."""
    found: dict[str, None] = {}
    waiting = keys_in(steps[key].value)
    while waiting:
        at = waiting.pop(0)
        if at not in found:
            found[at] = None
            waiting += keys_in(steps[at].value) if at in steps else []
    return list(found)


def _alike(one: Shape | None, other: Shape) -> bool:
    """Whether two shapes are one up to axes of length 1."""
    return one is not None and long_dims(one) == long_dims(other)
