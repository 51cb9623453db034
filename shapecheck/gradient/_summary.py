"""What a graph's steps are about: their order, the loss, its mean, and where gradients come from without a loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..sections import Section
from ..shapes.dims import ONE, Dim, Shape, prune
from ..syntax.nodes import Apply, Name, Node, walk
from ._graph import GRADIENT, Claim, Step

LOSSES = frozenset(("J", "L", "E", "C", "ℓ", "ℒ", "loss", "cost", "Loss", "Cost", "error"))
Shapes = Mapping[str, Shape | None]


class Mean(NamedTuple):
    """The dimension over which a loss is a mean, and its length as it is written."""

    dim: Dim
    length: Node


def ordered(steps: Mapping[str, Step]) -> tuple[Step, ...]:
    """The steps so that each comes behind those that it uses, else in the order in which they stand."""
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


def loss(steps: tuple[Step, ...], shapes: Shapes, section: Section) -> str | None:
    """The loss: what a directive names, else the last scalar with the name of one."""
    directives = [each for each in section.part.stated.directives if each.name == "loss"]
    stated = [word for each in directives for word in each.rest.split()]
    for step in reversed(steps):
        key, letter = step.name.key, step.name.base.strip("\\{}").removeprefix("mathcal{")
        named = step.name.text in stated or key in stated if stated else letter in LOSSES
        if named and all(dim is ONE for dim in shapes.get(key) or ()):
            return key
    return None


def batch(steps: tuple[Step, ...], end: str | None, claims: tuple[Claim, ...], shapes: Shapes) -> Mean | None:
    """The dimension over which the loss is a mean: by a quotient in it such as `1/m`, else by one in a claim."""
    trees = [step.value for step in steps if step.name.key == end] + [claim.value for claim in claims]
    defined = {step.name.key: step.value for step in steps}
    dims = {dim.text: dim for shape in shapes.values() for dim in shape or () if isinstance(dim, Dim)}
    for node in (node for tree in trees for node in walk(tree)):
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
    begun = [claim.of for claim in claims if not any(_is_gradient(node) for node in walk(claim.value))]
    defined = [step.name.key for step in steps]
    used = {node.key for step in steps for node in walk(step.value) if type(node) is Name}
    ends = [key for key in defined if key not in used]
    return tuple(key for key in dict.fromkeys(begun) if key in defined) or tuple(ends)


def _is_gradient(node: Node) -> bool:
    return type(node) is Name and node.key.startswith(GRADIENT)
