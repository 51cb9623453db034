"""What a letter counts is written out: layers as a network of three, in which l is the second, times step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..ops import _nodes as tree
from ..shapes.dims import AnyDim, Dim, Shape, number, prune, substitute, symbol
from ..symbols import TIME, layer_of
from ..syntax.nodes import NOWHERE, Apply, Index, Name, Node, Number, keys_in
from ..values import NamedTuple, replace
from ._graph import GRADIENT, Claim, Graph, Step
from ._summary import loss, ordered, seeds

_INDEX = re.compile(r"(?<=[\[({_^<⟨])\s*([A-Za-zτ](?:\s*[+-]\s*[0-9]+)?)\s*(?=[\])}>⟩]|\Z)")


class Range(NamedTuple):
    """What a letter counts: `key` finds it in the key of a name, `last` is the letter of the last of `many`.

    `here` is the number that the letter has where a formula is looked at.
    """

    key: re.Pattern[str]
    sign: str
    last: str
    many: int
    here: int


LAYERS = Range(re.compile(r"\[([A-Za-z][^\[\]]*)\]"), "[{}]", "L", 3, 2)
_NUMBERED = re.compile(r"\[([1-9][0-9]*)\]")


def unrolled(graph: Graph, count: int) -> Graph:
    """The graph with a step in time for each of so many; formulas in t are looked at in the second."""
    times = Range(re.compile(r"<([A-Za-zτ][^<>]*)>"), "<{}>", "T", count, min(2, count))
    return _Instances(graph, TIME | {"T"}, times).graph()


def instantiated(graph: Graph) -> list[Graph]:
    """The graph, or where its layers are letters the network that they describe, beside what is numbered."""
    letters = _letters(graph)
    if not letters:
        return [graph]
    general = _part(graph, lambda keys: not any(_NUMBERED.search(key) for key in keys))
    numbered = _part(graph, lambda keys: not any(_place(key, letters, LAYERS) for key in keys))
    others = [numbered] if any(_NUMBERED.search(step.name.key) for step in numbered.steps) else []
    return [*others, replace(_Instances(general, letters, LAYERS).graph(), layer=LAYERS.here)]


def _letters(graph: Graph) -> frozenset[str]:
    """The letters that stand for layers in what the steps define."""
    keys = [step.name.key for step in graph.steps]
    found = {letter for key in keys for text in LAYERS.key.findall(key) for letter in layer_of(text).symbols}
    return frozenset(found & (graph.section.survey.reading.letters | {LAYERS.last}))


def _place(key: str, letters: frozenset[str], of: Range) -> Dim | None:
    """The layer, or the time, in a key, if it is one of letters."""
    found = of.key.search(key)
    layer = layer_of(found[1]) if found else None
    return layer if layer is not None and letters.issuperset(layer.symbols) else None


def _part(graph: Graph, belongs: Callable[[list[str]], bool]) -> Graph:
    """Those steps and claims whose names are all of one kind."""
    steps = tuple(step for step in graph.steps if belongs(keys_in(step.name, step.value)))
    claims = tuple(claim for claim in graph.claims if belongs(keys_in(claim.name, claim.value)))
    end = loss(steps, graph.shapes, graph.section, claims)
    return replace(graph, steps=steps, claims=claims, loss=end, seeds=() if end else seeds(steps, claims))


class _Instances:
    """The steps of a general layer written for each of three."""

    def __init__(self, graph: Graph, letters: frozenset[str], of: Range) -> None:
        self.of = of
        self.source = graph
        self.letters = letters
        self.names: dict[str, Name] = dict(graph.names)
        self.shapes = {key: self._shape(shape, self.of.here) for key, shape in graph.shapes.items()}

    def graph(self) -> Graph:
        """The network of three layers; what is said of one layer alone goes before what is said of all."""
        source = self.source
        steps: dict[str, Step] = {}
        for step in sorted(source.steps, key=self._is_general):
            for layer in self._instances(step):
                name = self._name(step.name, layer)
                steps.setdefault(name.key, Step(name, self._value_of(step, layer), step.equation, step.span))
        chain = ordered(steps)
        told = (*source.claims, *(claim for claim in source.loose if not claim.why))
        claims = tuple(self._claim(claim) for claim in told)
        known = {key for step in chain for key in keys_in(step.name, step.value)}
        lost = tuple(claim for claim in claims if claim.of not in known)
        claims = tuple(claim for claim in claims if claim.of in known)
        end = loss(chain, self.shapes, source.section, claims)
        spellings = {claim.of: claim.name for claim in reversed(claims)}
        return replace(
            source,
            steps=chain,
            claims=claims,
            loose=(*(claim for claim in source.loose if claim.why), *lost),
            loss=end,
            seeds=() if end else seeds(chain, claims),
            names=self.names,
            shapes=self.shapes,
            spellings=spellings,
        )

    def _value_of(self, step: Step, layer: int) -> Node:
        """The value of a step; a number without a time that is computed at each is the sum over all: the loss."""
        each = self.of is not LAYERS and not self._is_timed(step.name.key) and self._is_of_time(step.value)
        if not each or self.source.shapes.get(step.name.key) != ():
            return self._tree(step.value, layer)
        return tree.plus(*(self._tree(step.value, at) for at in range(1, self.of.many + 1)))

    def _is_of_time(self, node: Node) -> bool:
        """Whether a value is another at each time: whether it speaks of one that it does not sum over."""
        if type(node) is Name:
            found = _place(node.key, self.letters, self.of)
            return found is not None and self.of.last not in found.symbols
        return type(node) is Apply and node.op != "sum_over" and any(map(self._is_of_time, node.args))

    def _is_general(self, step: Step) -> bool:
        layer = _place(step.name.key, self.letters, self.of)
        return layer is not None and self.of.last not in layer.symbols

    def _instances(self, step: Step) -> Iterable[int]:
        keys = keys_in(step.name) if self.of is not LAYERS else keys_in(step.name, step.value)
        places = (_place(key, self.letters, self.of) for key in keys)
        general = any(place is not None and self.of.last not in place.symbols for place in places)
        return range(1, self.of.many + 1) if general else (self.of.here,)

    def _is_timed(self, key: str) -> bool:
        return _place(key, self.letters, self.of) is not None

    def _claim(self, claim: Claim) -> Claim:
        """A claim as it is looked at; what adds to a gradient at each time is the sum over all."""
        value = self._tree(claim.value, self.of.here)
        if claim.sign == "+=" and self.of is not LAYERS and not self._is_timed(claim.of):
            value = tree.plus(*(self._tree(claim.value, each) for each in range(1, self.of.many + 1)))
        own = self._name(claim.name, self.of.here)
        above = self._key(claim.above, self.of.here)
        return replace(claim, of=self._key(claim.of, self.of.here), name=own, value=value, above=above)

    def _values(self, layer: int) -> dict[str, Dim]:
        return {letter: number(self.of.many if letter == self.of.last else layer) for letter in self.letters}

    def _key(self, key: str, layer: int) -> str:
        found = _place(key, self.letters, self.of)
        if found is None:
            return key
        value = substitute(found, self._values(layer)).value
        return self.of.key.sub(self.of.sign.format(value), key, count=1)

    def _name(self, name: Name, layer: int) -> Name:
        """The name in a layer, spelled as from layer l: that above it is l+1."""
        found = _place(name.key, self.letters, self.of)
        if found is None:
            return name
        key = self._key(name.key, layer)
        if self.of.last in found.symbols:
            own = Name(name.text, name.base, name.indices, name.span, key)
        else:
            own = self._spelled(name, key, layer - self.of.here)
        variable = key.removeprefix("∂")
        if key == variable:
            self.names.setdefault(key, own)
            self.shapes.setdefault(key, self._shape(self.source.shapes.get(name.key.removeprefix("∂")), layer))
        return own

    def _spelled(self, name: Name, key: str, shift: int) -> Name:
        if not shift:
            return Name(name.text, name.base, name.indices, name.span, key)
        indices = tuple(Index(index.kind, self._shifted(index.text, shift)) for index in name.indices)
        text = _INDEX.sub(lambda found: self._shifted(found[1], shift), name.text)
        return Name(text, name.base, indices, key=key)

    def _shifted(self, text: str, shift: int) -> str:
        """The text of a layer above or below: `l-1` one up is `l`."""
        layer = layer_of(text) if text[:1] in self.letters and text[:1] != self.of.last else None
        return text if layer is None else (layer + number(shift)).text.replace(" ", "")

    def _shape(self, shape: Shape | None, layer: int) -> Shape | None:
        return shape and tuple(self._dim(prune(dim), layer) for dim in shape)

    def _dim(self, dim: AnyDim, layer: int) -> AnyDim:
        if not isinstance(dim, Dim):
            return dim
        return substitute(dim, {text: self._size(text, layer) for text in dim.symbols})

    def _size(self, text: str, layer: int) -> Dim:
        key = self._key(text, layer)
        return symbol(_NUMBERED.sub(r"\1", key).replace("[0]", "0")) if key != text else symbol(text)

    def _tree(self, node: Node, layer: int) -> Node:
        if type(node) is Name:
            return self._beyond(node, layer) or self._between(node, layer) or self._name(node, layer)
        if type(node) is not Apply:
            return node
        if node.op == "sum_over" and self.of is not LAYERS and any(self._is_timed(key) for key in keys_in(node)):
            return tree.plus(*(self._tree(node.args[0], each) for each in range(1, self.of.many + 1)))
        args = tuple(self._tree(argument, layer) for argument in node.args)
        params = {key: self._value(value, layer) for key, value in node.params.items()}
        is_same = args == node.args and params == node.params
        if is_same and all(key == self._key(key, layer) for key in keys_in(node)):
            return node
        span = node.span if layer == self.of.here else NOWHERE
        return Apply(node.op, args, params, span, node.sign, node.closed)

    def _beyond(self, name: Name, layer: int) -> Node | None:
        """Zeros for a gradient after the last step in time: nothing comes back from there."""
        at = self._at(name, layer) if self.of is not LAYERS and name.key.startswith(GRADIENT) else None
        if at is None or at <= self.of.many:
            return None
        return tree.apply("zeros_like", self._name(Name(name.text, name.base, name.indices, key=name.key), layer - 1))

    def _between(self, name: Name, layer: int) -> Node | None:
        """The value at its time of what the author computes on the way: of `dz[t+1]` that of `dz[t]`, a step later."""
        at = self._at(name, layer) if self.of is not LAYERS else None
        family = self.of.key.sub(lambda _: self.of.sign.format("t"), name.key, count=1)
        value = self.source.between.get(family) if at is not None else None
        if value is None or at is None:
            return None
        return (
            self._tree(value, at) if at <= self.of.many else tree.apply("zeros_like", self._tree(value, self.of.many))
        )

    def _at(self, name: Name, layer: int) -> int | None:
        """The number of the layer, or of the time, at which a name stands."""
        found = _place(name.key, self.letters, self.of)
        return None if found is None else substitute(found, self._values(layer)).value

    def _value(self, value: Any, layer: int) -> Any:
        if isinstance(value, str):
            return _INDEX.sub(lambda found: self._shifted(found[1], layer - self.of.here), value)
        if isinstance(value, tuple):
            return tuple(self._value(item, layer) for item in value)
        if isinstance(value, Dim):
            return self._dim(value, layer)
        return self._tree(value, layer) if isinstance(value, Name | Number | Apply) else value
