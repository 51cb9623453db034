"""What the gradients of a file belong to: the mean over the examples, the sum, or dZ to this and dW to that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..gradient._sweep import DATA
from ..ops import is_a
from ..shapes.dims import Dim, Shape, prune
from ..syntax.nodes import Name, Node, Number, is_op, keys_in, names_in, walk, without
from ..values import NamedTuple
from ._passes import Work, is_explicit, variable_of
from ._world import World


class ExamplePowers(NamedTuple):
    """The powers of the number of examples by which the gradients of a file are multiplied, in words too.

    `each` is that of a variable with an axis of examples, `whole` that of one without, as the weights are. With
    `before` the gradient of `i = sigmoid(W x)` is that of what the activation is applied to; with `outside` one that is
    given is only what comes from outside.
    """

    words: str = ""
    examples: str = ""
    each: int = 0
    whole: int = 0
    before: bool = False
    outside: bool = False

    def scale(self, shape: Shape | None, world: World) -> float:
        """What the true gradient of a variable of that shape is multiplied by."""
        known = {self.examples: int(self.examples)} if self.examples.isdecimal() else {}
        count = {**known, **world.sizes}.get(self.examples)
        if shape is None or count is None:
            return 1.0
        return float(count) ** (self.each if has_axis(shape, self.examples) else self.whole)

    def changes(self, shape: Shape | None) -> bool:
        """Whether the true gradient of a variable of that shape is multiplied by something."""
        return bool(shape is not None and (self.each if has_axis(shape, self.examples) else self.whole))


AS_IT_STANDS = ExamplePowers()


def _explicit(work: Work) -> Iterator[Shape | None]:
    """The shapes of the variables whose gradients are spelled `∂J/∂W`, J being known: these are what they say.

    Without the loss they are of the same one where the gradients that they are computed of are spelled so too.
    """
    for claim in work.claims:
        names = [name for name in names_in(claim.value) if variable_of(name)]
        if is_explicit(claim.name) and (work.forward.loss or (names and all(map(is_explicit, names)))):
            yield work.shapes.get(claim.of)


def readings(work: Work) -> Iterator[ExamplePowers]:
    """The readings of a file, the first being preferred where two blame equally few lines."""
    explicit = list(_explicit(work))
    usual = [reading for reading in _of_examples(work) if not any(map(reading.changes, explicit))]
    yield from usual
    before = f"{OF_GATES} are those of the pre-activation"
    outside = "a given gradient is the upstream part alone"
    for reading in usual:
        for words, flags in (
            ((before,), (True, False)),
            ((outside,), (False, True)),
            ((before, outside), (True, True)),
        ):
            said = "; ".join(filter(None, (reading.words, *words)))
            yield reading._replace(words=said, before=flags[0], outside=flags[1])


OF_GATES = "the gradients of names such as i = sigmoid(W x)"


def _of_examples(work: Work) -> Iterator[ExamplePowers]:
    yield AS_IT_STANDS
    for dim in _examples(work):
        habit = f"dZ, dA and similar are gradients of the sum over the {dim} examples, dW and db of the mean"
        if work.forward.loss:
            yield ExamplePowers(habit, dim, 1, 0)
            yield ExamplePowers(
                f"all gradients are of {dim} times the loss, the sum over the {dim} examples", dim, 1, 1
            )
        else:
            yield ExamplePowers(habit, dim, 0, -1)


def _examples(work: Work) -> list[str]:
    """The dimensions that may count the examples: axes of what is computed, by which something is divided."""
    data = {text for step in work.forward.steps for text in _axes(work.shapes.get(step.key))}
    data &= {text for shape in work.forward.inputs.values() for text in _axes(shape)}
    trees = [step.value for step in work.forward.steps] if work.forward.loss else [c.value for c in work.claims]
    means = any(is_op(node, "mean") for node in walk(*trees))
    named = {key for tree in trees for key in keys_in(tree)}
    named |= {node.text for node in walk(*trees) if type(node) is Number}
    found = sorted(text for text in data if means or text in named or _is_asked(trees))
    weights = {text for key in _weights(work) for text in _axes(work.shapes.get(key))}
    return [text for text in found if text not in weights] or found


def _weights(work: Work) -> set[str]:
    """What goes in, is multiplied as a matrix, and has a gradient here: it knows no number of examples."""
    products = [node for step in work.forward.steps for node in walk(step.value) if is_a(node, "contraction")]
    factors = {name.key for node in products for each in node.args for name in _factor(each)}
    data = {key for key in factors if (name := work.graph.names.get(key)) is not None and name.base in DATA}
    claimed = {claim.of for claim in work.claims if not claim.is_of_array}
    return (factors & claimed & set(work.forward.inputs)) - data


def _factor(node: Node) -> Iterator[Name]:
    """The name that a factor is, or its transpose."""
    inner = without(node, "transpose")
    if type(inner) is Name:
        yield inner


def _is_asked(trees: Iterable[Node]) -> bool:
    """Whether the length of an array is asked for, as in `X.shape[0]`."""
    return any(is_op(node, "dimension") for node in walk(*trees))


FEWEST = 4
"""The least number of examples if it is given as a number."""


def _axes(shape: Shape | None) -> Iterator[str]:
    """The dimensions of a shape that are a name alone, or a number that may count examples."""
    for dim in map(prune, shape or ()):
        if type(dim) is Dim and (dim.text in dim.symbols or (dim.value or 0) > FEWEST):
            yield dim.text


def has_axis(shape: Shape, dim: str) -> bool:
    """Whether a shape has an axis of that name."""
    return dim in _axes(shape)
