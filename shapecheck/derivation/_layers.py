"""Give a name to what a long formula computes on the way: `f = sigmoid(Wf h + bf)` goes back through `dzf`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..gradient import Graph, Step
from ..ops import holds_a, is_a
from ..shapes.dims import Shape
from ..simplify import key
from ..syntax.nodes import Apply, Index, Name, Node, put, walk, with_args
from ..values import replace
from ._names import identifier

_OF_RESULTS = {"a": "z", "A": "Z"}


def layered(graph: Graph) -> tuple[Graph, dict[str, Node]]:
    """The graph with a step for each part of its formulas worth a name, and the values of these new variables."""
    splitting = _Splitting(graph)
    steps = [each for step in graph.steps for each in splitting.steps(step)]
    if not splitting.values:
        return graph, {}
    changed = replace(graph, steps=tuple(steps), shapes=splitting.shapes, names=splitting.names)
    return changed, splitting.values


class _Splitting:
    """The splitting of a graph's steps: the new variables, equal parts having one name."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.shapes: dict[str, Shape | None] = dict(graph.shapes)
        self.names = dict(graph.names)
        self.values: dict[str, Node] = {}
        self._known: dict[str, Name] = {}

    def steps(self, step: Step) -> list[Step]:
        """A step with those of its parts before it."""
        found: list[Step] = []
        value = self._split(step.value, step, found, root=True, repeated=_repeated(step.value))
        return [*found, replace(step, value=value)]

    def _split(self, node: Node, step: Step, found: list[Step], root: bool, repeated: frozenset[str]) -> Node:
        if type(node) is not Apply:
            return node
        layer = is_a(node, "activation", "softmax") and holds_a(node.args[0], "product")
        args = tuple(self._split(each, step, found, root=False, repeated=repeated) for each in node.args)
        if layer and type(args[0]) is Apply:
            args = (self._named(args[0], step, found, "z", root), *args[1:])
        whole = with_args(node, args)
        if root or not (layer or key(node) in repeated or self._is_reduction(node)):
            return whole
        return self._named(whole, step, found, "a" if layer else "c", False)

    def _is_reduction(self, node: Apply) -> bool:
        """Whether a node is a sum or a mean along an axis, of more than a name."""
        return is_a(node, "reduction") and type(node.args[0]) is Apply and self.graph.shape_of(node) not in ((), None)

    def _named(self, value: Node, step: Step, found: list[Step], base: str, root: bool) -> Name:
        known = self._known.get(key(value))
        if known is not None:
            return known
        name = self._new(step.name if root else None, base)
        self._known[key(value)] = name
        whole = inlined(value, self.values)
        self.shapes[name.key], self.names[name.key], self.values[name.key] = self.graph.shape_of(whole), name, value
        found.append(replace(step, name=name, value=value))
        return name

    def _new(self, result: Name | None, base: str) -> Name:
        """`Z1` for `A1`, `zf` for `f`, or `a1`, `a2`: a name that nothing has yet."""
        written = (Name(name.text, name.base, name.indices, key=of) for of, name in self.names.items())
        used = {text for name in written for text in (name.text, name.key, identifier(name))}
        candidates = _after(result) if result is not None else ((base, f"{base}{number}") for number in range(1, 999))
        start, text = next((start, text) for start, text in candidates if text not in used)
        indices: tuple[Index, ...] = result.indices if result is not None and start != "z_" else ()
        return Name(text, start.rstrip("_"), indices, key=_key(result, start, text, used))


def _key(result: Name | None, start: str, text: str, used: set[str]) -> str:
    """`zh<t>` for a name that stands at a time, or is written with commands of LaTeX; else the name itself."""
    if result is None or not result.key.startswith(result.base):
        return text
    if "\\" not in text:
        return start.rstrip("_") + result.key if "<" in result.key else text
    other = start.rstrip("_") + result.key[len(result.base) :]
    return text if other in used else other


def _after(result: Name) -> Iterator[tuple[str, str]]:
    other = _OF_RESULTS.get(result.base)
    if other is not None and result.text.startswith(result.base):
        yield other, other + result.text[len(result.base) :]
    if "\\" in result.text:
        yield "z", re.sub(rf"(?<![a-zA-Z\\]){re.escape(result.base)}(?![a-zA-Z])", "z", result.text, count=1)
        yield from (("z_", f"z_{{{number}}}") for number in range(1, 999))
    yield "z_", f"z{result.text}"
    for number in range(1, 999):
        yield "z_", f"z{result.text}_{number}"


def _repeated(value: Node) -> frozenset[str]:
    """The parts that stand more than once in a value, not within a larger one that does."""
    parts = [part for part in walk(value) if type(part) is Apply and not _is_small(part) and _is_large(part)]
    counts = Counter(map(key, parts))
    twice = {text for text, count in counts.items() if count > 1}
    largest = (part for part in parts if key(part) in twice)
    inside = Counter(key(below) for part in largest for below in walk(*part.args))
    return frozenset(text for text in twice if inside[text] < counts[text])


def _is_small(node: Apply) -> bool:
    return node.op == "neg" or is_a(node, "transposition", "part", "constant")


def _is_large(node: Node) -> bool:
    return sum(type(part) is Name for part in walk(node)) > 1 or holds_a(node, "reduction")


def inlined(node: Node, values: dict[str, Node]) -> Node:
    """A tree with variables replaced by their values, and those in these."""

    def value(part: Node) -> Node | None:
        found = values.get(part.key) if type(part) is Name else None
        return found and inlined(found, values)

    return put(node, value)
