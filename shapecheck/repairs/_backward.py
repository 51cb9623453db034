"""The gradients that follow from those in a formula: after `Z2 = W2 A1 + b2` of A1 `W2.T dZ2`, of W2 `dZ2 A1.T`.

The layers are those of the file, or the convention's where nobody writes them down. Scalar factors are left aside:
whether the gradients are those of a sum or of a mean is their author's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeGuard

from ..ops import is_a
from ..sections import Section
from ..shapes.dims import Shape, prune
from ..symbols import Symbol, layer_text
from ..syntax.nodes import Apply, Index, Name, Node, keys_in, without
from ..values import NamedTuple
from ._layers import Layer, layer_of
from ._repair import joined, transposed

MOST = 3
"""Through how many activations a gradient is followed: a single formula does not span more."""
_BEFORE = {"A": "Z", "a": "z"}
"""What an activation is applied to, where nobody says it."""
_TARGETS = frozenset("yY")

Shapes = Mapping[int, "Shape | None"]


class _Step(NamedTuple):
    """A gradient that is known, of what it is the gradient, and the factors that are left."""

    found: Node
    of: Symbol
    rest: list[Node]


class Backward:
    """The way back through the layers of a section, each of which is looked up once."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._layers: dict[str, Layer | None] = {}

    def variable(self, key: str) -> Symbol | None:
        """The symbol of what a name is the gradient of."""
        table = self._section.table
        symbol = self._section.survey.reading.by_key.get(key)
        return table.variable(symbol) if symbol is not None and table.is_gradient(symbol) else None

    def gradients(self, side: Node, to: Symbol, shapes: Shapes) -> Iterator[Node]:
        """The gradients of a variable that can be made of the factors of a side; that of a bias is a sum."""
        factors = [factor for factor in _factors(side) if shapes.get(id(factor)) != ()]
        for start in self._starts(factors):
            if start.of.key != to.key:
                yield from self._from(start, to.key, MOST, shapes)

    def _starts(self, factors: list[Node]) -> Iterator[_Step]:
        """The gradients among some factors; `A - Y` is that of the last layer's Z, as courses have it."""
        for factor in factors:
            of = self.variable(factor.key) if type(factor) is Name else self._of_difference(factor)
            if of is not None:
                yield _Step(factor, of, [each for each in factors if each is not factor])

    def _of_difference(self, node: Node) -> Symbol | None:
        if type(node) is not Apply or node.op != "add" or len(node.args) != 2:
            return None
        first, second = node.args
        target = without(second, "neg")
        if type(first) is not Name or type(target) is not Name or target.base not in _TARGETS:
            return None
        activation = self._section.survey.reading.by_key.get(first.key)
        return self._inner(activation) if activation is not None else None

    def _from(self, step: _Step, to: str, left: int, shapes: Shapes) -> Iterator[Node]:
        """The gradients that follow from that of an array: of a layer, or of an activation."""
        layer = self._layer(step.of)
        if layer is None:
            yield from self._through_activation(step, to, left, shapes)
            return
        parts = [*layer.factors, *([layer.bias] if layer.bias else [])]
        for part in parts:
            tree = layer.gradient(part, step.found, "product")
            below = self._section.survey.reading.by_key.get(part.key)
            if tree is not None and part.key == to:
                yield tree
            elif tree is not None and below is not None and part is not layer.bias:
                used = {*keys_in(tree)}
                yield from self._through_activation(_Step(tree, below, _without(step.rest, used)), to, left, shapes)

    def _through_activation(self, step: _Step, to: str, left: int, shapes: Shapes) -> Iterator[Node]:
        """The gradients that follow from that of an activation: its derivative is whatever else is a factor."""
        inner = self._inner(step.of)
        if inner is None or not left or not step.rest:
            return
        lies = self._lies(inner, shapes)
        if inner.key == to:
            yield joined("hadamard", step.found, *map(lies, step.rest))
            return
        layer = self._layer(inner)
        if layer is not None:
            derivative = _without(step.rest, {part.key for part in layer.factors})
            if not derivative:
                return
            others = [node for node in step.rest if all(node is not each for each in derivative)]
            onward = joined("hadamard", step.found, *map(lies, derivative))
            yield from self._from(_Step(onward, inner, others), to, left - 1, shapes)

    def _lies(self, symbol: Symbol, shapes: Shapes) -> Callable[[Node], Node]:
        """What lays a factor as an array lies, where it is that array's shape transposed."""
        entry = self._section.table.look_up(symbol)
        wanted = tuple(map(prune, entry.shape)) if entry else None

        def lies(node: Node) -> Node:
            shape = tuple(map(prune, shapes.get(id(node)) or ()))
            return transposed(node) if wanted and shape == wanted[::-1] != wanted else node

        return lies

    def _layer(self, symbol: Symbol) -> Layer | None:
        if symbol.key not in self._layers:
            self._layers[symbol.key] = layer_of(_named(symbol), self._section)
        return self._layers[symbol.key]

    def _inner(self, activation: Symbol) -> Symbol | None:
        """What an activation is applied to."""
        reading = self._section.survey.reading
        applied = self._section.table.applied.get(activation.key)
        if applied is not None:
            return reading.by_key.get(applied[0])
        base = _BEFORE.get(activation.base)
        return reading.symbol(base, _indices(activation)) if base else None


def _factors(node: Node) -> Iterator[Node]:
    """The factors of rows within rows, without their transposes, a sum of them being taken apart."""
    while type(node) is Apply and (node.op == "neg" or is_a(node, "transposition") or is_sum(node)):
        node = node.args[0]
    if is_a(node, "multiplication", "quotient"):
        for argument in node.args:
            yield from _factors(argument)
    else:
        yield node


def is_sum(node: Node) -> TypeGuard[Apply]:
    """Whether a node is a sum or a mean of entries, or a Σ."""
    return is_a(node, "total") or (type(node) is Apply and node.op == "sigma")


def unscaled(node: Node, shapes: Shapes) -> Node:
    """A node without scalar factors."""
    while is_a(node, "scaling"):
        arrays = [argument for argument in node.args if shapes.get(id(argument)) != ()]
        if len(arrays) != 1:
            break
        node = arrays[0]
    return node


def _without(nodes: Iterable[Node], keys: set[str]) -> list[Node]:
    return [node for node in nodes if not (type(node) is Name and node.key in keys)]


def _indices(symbol: Symbol) -> tuple[Index, ...]:
    return () if symbol.layer is None else (Index("[", layer_text(symbol.layer)),)


def _named(symbol: Symbol) -> Name:
    """A symbol as a name of plain text."""
    return Name(symbol.key, symbol.base, _indices(symbol), key=symbol.key)
