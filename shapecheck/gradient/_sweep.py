"""Go back through a graph: each step hands its gradient to the variables that it uses, where they add up."""

from __future__ import annotations

from collections.abc import Collection

from ..ops import _nodes as tree
from ..ops import is_a, ops
from ..ops._gradient import Differential, NoGradient
from ..shapes.dims import ONE, Shape, is_single, prune
from ..syntax.nodes import Apply, Name, Node, Number, keys_in, names_in, walk
from ..values import dataclass
from ._graph import Graph, Step
from ._names import gradient_name

DATA = frozenset(("x", "X", "y", "Y", "t", "T", "λ", "lam", "lambda", "ε", "eps", "epsilon", "m", "N", "n"))
"""Names of what is given, not learned."""


@dataclass(slots=True)
class Gradient:
    """The gradient of a variable: its name, and a tree that speaks of names of later gradients and of variables."""

    of: str
    name: Name
    value: Node


def gradients(graph: Graph, wrt: Collection[str] | None = None, *, per_example: bool = False) -> list[Gradient]:
    """The gradients of a graph's variables, in the order of the backward pass; only those that `wrt` needs.

    With `per_example` those of variables that hold examples are of the loss summed over them, as courses write it, and
    those of all others of the mean. Raises NoGradient where an operation on the way has none.
    """
    refuse_lost(graph)
    sweep = _Sweep(graph, wrt, per_example)
    return sweep.run()


def refuse_lost(graph: Graph) -> None:
    """Raise NoGradient where an equation on the way to the end is not understood: what is left has another gradient."""
    used = _leading(graph)
    for key, (what, span) in graph.lost.items():
        if key in used or not graph.steps or graph.loss is None:
            raise NoGradient(what, span)


def _leading(graph: Graph) -> set[str]:
    """The variables that lead to the loss; without one all that are used."""
    found = set(graph.seeds) if graph.loss is None else {graph.loss}
    for step in reversed(graph.steps):
        if graph.loss is None or step.name.key in found:
            found.update(keys_in(step.value))
    return found


class _Sweep:
    """One way back: what has reached each variable so far."""

    def __init__(self, graph: Graph, wrt: Collection[str] | None, per_example: bool) -> None:
        self.graph = graph
        self.per_example = per_example
        self.active = _active(graph, set(wanted(graph) if wrt is None else wrt))
        self.reached: dict[str, list[Node]] = {}
        self.step: Step = graph.steps[0]

    def run(self) -> list[Gradient]:
        """The gradients in order: a variable's is complete once every step that uses it has been gone through."""
        graph, found = self.graph, []
        waiting = _first_uses(graph)
        if graph.loss is not None:
            self.reached[graph.loss] = [tree.ONE]
        for step in reversed(graph.steps):
            found.extend(self._through(step))
            found.extend(self._gradient(each) for each in waiting.get(step.name.key, ()) if each in self.reached)
        return found

    def _through(self, step: Step) -> list[Gradient]:
        """Go back through one step; its own gradient, if it is not given from outside."""
        key = step.name.key
        if key not in self.active or (key not in self.reached and key not in self.graph.seeds):
            return []
        self.step = step
        given = key in self.graph.seeds or key == self.graph.loss
        gradient = None if given else self._gradient(key)
        g: Node = tree.ONE if key == self.graph.loss else self._name(key)
        self._flow(step.value, g, step.name)
        return [gradient] if gradient else []

    def _gradient(self, key: str) -> Gradient:
        return Gradient(key, self._name(key), tree.plus(*self.reached[key]))

    def _name(self, key: str) -> Name:
        return gradient_name(self.graph, key)

    def _flow(self, node: Node, g: Node, result: Node) -> None:
        """Hand a gradient of a node's value to its arguments."""
        if type(node) is Name:
            self.reached.setdefault(node.key, []).append(self._crossing(node, g))
        if type(node) is not Apply or not self._is_active(node):
            return
        op = ops().get(node.op)
        if op is None or (op.gradient is None and not op.constant):
            named = node.params.get("name", node.op)
            raise NoGradient(f"`{named}` has no known gradient", node.span)
        if op.gradient is None:
            return
        shapes = tuple(map(self._shape, node.args))
        d = Differential(node, result, shapes, self._shape(node), node.params, self.graph.mathematics)
        for argument, shape, part in zip(node.args, shapes, op.gradient(d, g, *node.args), strict=True):
            if part is not None and self._is_active(argument):
                whole = type(argument) is Name or not self._is_even(argument)
                self._flow(argument, fitted(part, argument, shape, self.graph, whole=whole), argument)

    def _is_even(self, node: Node) -> bool:
        """Whether an elementwise operation has arguments of its own shape, so that one number may stand for many."""
        if not is_a(node, "entrywise"):
            return False
        return all(self._shape(argument) == self._shape(node) for argument in node.args if self._is_active(argument))

    def _crossing(self, name: Name, g: Node) -> Node:
        """What reaches a variable: to or from the examples the mean's factor is put in or taken out."""
        batch = self.graph.batch
        here, there = self.graph.is_batch(self.step.name.key), self.graph.is_batch(name.key)
        if not self.per_example or batch is None or here is there:
            return g
        count = self.graph.count or Name(batch.text, batch.text, key=batch.text)
        scaled = tree.product if self.graph.mathematics else tree.times
        return scaled(tree.over(tree.ONE, count), g) if here else scaled(count, g)

    def _is_active(self, node: Node) -> bool:
        return any(part.key in self.active for part in names_in(node))

    def _shape(self, node: Node) -> Shape:
        shape = () if type(node) is Number else self.graph.shape_of(node)
        if shape is None:
            names = [part for part in names_in(node) if self.graph.shape_of(part) is None]
            what = f"`{names[0].text}`" if names else "a part of this formula"
            raise NoGradient(f"the shape of {what} is not known", names[0].span if names else node.span)
        return shape


def wanted(graph: Graph) -> list[str]:
    """The inputs whose gradients are asked for where nobody says: those of which one is claimed, and all parameters."""
    claimed = {claim.of for claim in graph.claims}
    table, reading = graph.section.table, graph.section.survey.reading
    dimensions = {key for key in graph.inputs if (symbol := reading.by_key.get(key)) and table.is_dimension(symbol)}
    data = {key for key in graph.inputs if graph.names[key].base in DATA}
    return [key for key in graph.inputs if key in claimed or key not in dimensions | data]


def _active(graph: Graph, wanted: set[str]) -> set[str]:
    """The variables through which something of what is wanted reaches the end."""
    found = set(wanted)
    for step in graph.steps:
        if any(part.key in found for part in names_in(step.value)):
            found.add(step.name.key)
    return found


def _first_uses(graph: Graph) -> dict[str, list[str]]:
    """The inputs by the first step that uses each: on the way back it is the last."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for step in graph.steps:
        for node in walk(step.value):
            if type(node) is Name and node.key in graph.inputs and node.key not in seen:
                seen.add(node.key)
                found.setdefault(step.name.key, []).append(node.key)
    return found


def fitted(part: Node, argument: Node, wanted: Shape, graph: Graph, *, whole: bool = True) -> Node:
    """What reaches an argument, in the argument's shape; where it need not be `whole` one number may stand for many."""
    shape = graph.shape_of(part)
    if shape is None:
        raise NoGradient("the shape of a gradient is not known", argument.span)
    part = _summed(part, shape, wanted, graph.mathematics)
    if not whole:
        return part
    left = graph.shape_of(part) or ()
    return part if _covers(left, wanted, graph.mathematics) else tree.times(part, tree.apply("ones_like", argument))


def _summed(part: Node, shape: Shape, wanted: Shape, mathematics: bool) -> Node:
    """Without the axes in front that the argument has not, with length 1 where the argument has 1."""
    extra = len(shape) - len(wanted)
    if extra > 0 and not wanted and (not mathematics or not is_single(shape)):
        return tree.total(part)
    if extra > 0 and wanted:
        part = tree.total(part, tuple(range(extra)) if extra > 1 else 0, keepdims=False)
        shape = shape[extra:]
    behind = zip(shape[::-1], wanted[::-1], strict=False)
    single = [-1 - at for at, (own, target) in enumerate(behind) if _grows(own, target)]
    axes = tuple(sorted(at % len(wanted) for at in single))
    return tree.total(part, axes if len(axes) > 1 else axes[0]) if axes else part


def _grows(own: object, target: object) -> bool:
    return prune(target) is ONE and prune(own) is not ONE  # type: ignore[arg-type]


def _covers(shape: Shape, wanted: Shape, mathematics: bool) -> bool:
    """Whether a gradient has every entry of its argument, not one for many."""
    if mathematics and is_single(wanted):
        return is_single(shape)
    return len(shape) == len(wanted) and not any(_grows(target, own) for own, target in zip(shape, wanted, strict=True))
