"""What a graph's steps are about: their order, the loss, its mean, and where gradients come from without a loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..sections import Section
from ..shapes.dims import Dim, Shape, is_single, prune
from ..syntax.nodes import Apply, Name, Node, keys_in, walk
from ..values import NamedTuple
from ..vocabulary import LOSSES
from ._graph import GRADIENT, Claim, Step

Shapes = Mapping[str, Shape | None]


class Mean(NamedTuple):
    """The dimension over which a loss is a mean, and its length as it is written."""

    dim: Dim
    length: Node


def ordered(steps: Mapping[str, Step]) -> tuple[Step, ...]:
    """The steps so that each comes after those that it uses, else in the order in which they stand."""
    found: dict[str, Step] = {}
    open_: set[str] = set()

    def visit(key: str) -> None:
        if key in found or key in open_ or key not in steps:
            return
        open_.add(key)
        for node in walk(steps[key].value):
            if type(node) is Name:
                visit(node.key)
        found[key] = steps[key]

    for key in steps:
        visit(key)
    return tuple(found.values())


def loss(steps: Sequence[Step], shapes: Shapes, section: Section, claims: Sequence[Claim]) -> str | None:
    """The loss: what a directive names, else the last number that the claims differentiate.

    Where they do not say what they are of, it is the last number with the name of a loss, or the only end of the
    forward pass if that is a number and nobody speaks of a gradient of its own.
    """
    directives = [each for each in section.part.stated.directives if each.name == "loss"]
    stated = [word for each in directives for word in each.rest.split()]
    differentiated = {claim.above for claim in claims}
    numbers = [step for step in steps if is_single(shapes.get(step.name.key) or ())]
    choices: Sequence[Callable[[Step], bool]] = (
        lambda step: step.name.text in stated or step.name.key in stated,
        lambda step: step.name.key in differentiated,
        lambda step: is_loss(step.name),
        lambda step: _is_end(step, steps, shapes, claims),
    )
    for fits in choices[:1] if stated else choices[1:]:
        found = next((step.name.key for step in reversed(numbers) if fits(step)), None)
        if found is not None:
            return found
    return None


def is_loss(name: Name) -> bool:
    """Whether a name is one that losses have."""
    return name.base.strip("\\{}").removeprefix("mathcal{") in LOSSES


def _is_end(step: Step, steps: Sequence[Step], shapes: Shapes, claims: Sequence[Claim]) -> bool:
    """Whether all that is computed leads to a step, and nobody names its gradient, which would come from outside."""
    used = {key for other in steps for key in keys_in(other.value)}
    ends = [other.name.key for other in steps if other.name.key not in used and shapes.get(other.name.key) is not None]
    trees = [tree for claim in claims for tree in (claim.name, claim.value)]
    spoken = {*keys_in(*trees)}
    return bool(claims) and ends == [step.name.key] and GRADIENT + step.name.key not in spoken


def batch(steps: tuple[Step, ...], end: str | None, claims: tuple[Claim, ...], shapes: Shapes) -> Mean | None:
    """The dimension over which the loss is a mean: by a quotient in it such as `1/m`, else by one in a claim."""
    trees = [step.value for step in steps if step.name.key == end] + [claim.value for claim in claims]
    defined = {step.name.key: step.value for step in steps}
    dims = {dim.text: dim for shape in shapes.values() for dim in shape or () if isinstance(dim, Dim)}
    for node in walk(*trees):
        if type(node) is Apply and node.op == "divide" and type(node.args[1]) is Name:
            below = node.args[1]
            dim = _length(defined.get(below.key), shapes) or dims.get(below.key)
            if dim is not None:
                return Mean(dim, Name(below.text, below.base, below.indices, key=below.key))
        if type(node) is Apply and node.op == "divide" and (found := _length(node.args[1], shapes)):
            return Mean(found, node.args[1])
    return None


def _length(node: Node | None, shapes: Shapes) -> Dim | None:
    """The dimension that `X.shape[1]` is."""
    if type(node) is not Apply or node.op != "dimension" or type(node.args[0]) is not Name:
        return None
    shape, axis = shapes.get(node.args[0].key), node.params["axis"]
    dim = prune(shape[axis]) if shape and -len(shape) <= axis < len(shape) else None
    return dim if isinstance(dim, Dim) else None


def seeds(steps: tuple[Step, ...], claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """Where gradients come in from outside without a loss: what the author begins with, else what nothing uses."""
    begun = [each.of for each in claims if not (each.is_of_array or any(map(_is_gradient, walk(each.value))))]
    defined = [step.name.key for step in steps]
    used = {key for step in steps for key in keys_in(step.value)}
    ends = [key for key in defined if key not in used]
    return tuple(key for key in dict.fromkeys(begun) if key in defined) or tuple(ends)


def _is_gradient(node: Node) -> bool:
    return type(node) is Name and node.key.startswith(GRADIENT)
