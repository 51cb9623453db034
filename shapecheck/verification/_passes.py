"""The forward pass of a section and the gradients that its author claims, as `verify` evaluates them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..gradient import GRADIENT, REBOUND, SIGNS, Claim, Graph
from ..ops import every
from ..sections import Section
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, prune
from ..syntax.nodes import Apply, Name, Node, names_in, walk
from ..text import Source
from ..values import NamedTuple


class PassStep(NamedTuple):
    """One equation of the forward pass: the key and the name that it gives a value, and the tree of that."""

    key: str
    name: Name
    value: Node


class IndexArray(NamedTuple):
    """An array of places: its shape, the length of the axis that they are places on, and whether none comes twice."""

    shape: Shape
    length: AnyDim
    distinct: bool


NO_PLACES: Mapping[str, IndexArray] = {}


class Pass(NamedTuple):
    """A forward pass: its equations in order, the shapes of what goes in, and the key of the loss, "" without one.

    Where there is no loss, gradients come from outside: of `ends`, of what is `given` (spoken of, and nowhere
    computed), and of what comes out last on a way on which gradients are `spoken` of. `pairs` are the variables of
    which one is differentiated by the other, or by two others; `places` are arrays of places, with the length of
    the axis that they are places on. Differentials are taken `along` small changes of some variables.
    """

    steps: Sequence[PassStep]
    inputs: Mapping[str, Shape]
    loss: str
    ends: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    places: Mapping[str, IndexArray] = NO_PLACES
    pairs: frozenset[tuple[str, ...]] = frozenset()
    along: frozenset[str] = frozenset()


class Work(NamedTuple):
    """What there is to verify in one section: a forward pass, and the claims in the order of the text.

    `anew` are variables of code that are made once more, and what is computed of them: what they are, only a run says.
    """

    forward: Pass
    claims: Sequence[Claim]
    graph: Graph
    anew: frozenset[str] = frozenset()

    @property
    def voting(self) -> Sequence[Claim]:
        """The claims that say how all are meant: those of which nobody said that they are wrong, if there are any."""
        return [claim for claim in self.claims if not (claim.passage and claim.passage.pragma)] or self.claims

    @property
    def shapes(self) -> Mapping[str, Shape | None]:
        """The shapes of variables."""
        return self.graph.shapes


class Site(NamedTuple):
    """Where a claim is: its section in the notation of its passage, the text, and the seed of the draws."""

    section: Section
    source: Source
    seed: int


def work_of(graph: Graph) -> Work:
    """A graph as it is evaluated."""
    made = {step.name.key for step in graph.steps if _is_made(step.value, graph)}
    steps = tuple(PassStep(step.name.key, step.name, step.value) for step in graph.steps if step.name.key not in made)
    places = _places(graph)
    shapes = {key: _of_one_example(graph.shapes[key]) for key in (*graph.inputs, *sorted(made))}
    shapes |= {key: each.shape for key, each in places.items() if key not in made}
    sizes = {name for shape in shapes.values() for dim in shape or () for name in _symbols(dim)}
    inputs = {key: shape for key, shape in shapes.items() if shape is not None and (shape or key not in sizes)}
    spoken = {variable_of(name) for claim in graph.claims for name in names_in(claim.value)} - {""}
    claimed = {claim.of for claim in graph.claims if not claim.is_of_array}
    pairs = {pair for claim in graph.claims if claim.is_of_array for pair in claim.pairs}
    pairs.update(pair for claim in graph.claims for pair in claim.slopes.values())
    along = frozenset(key for claim in graph.claims for key in claim.along)
    ends, given = frozenset(claimed.intersection(graph.seeds)), frozenset(spoken - claimed)
    forward = Pass(
        steps,
        inputs,
        graph.loss or "",
        ends,
        given,
        frozenset(spoken | claimed),
        places,
        frozenset(pairs),
        along,
    )
    return Work(forward, graph.claims, graph, _anew(steps, made))


def _places(graph: Graph) -> dict[str, IndexArray]:
    """The arrays that stand as places in others: `y` in `P[arange(N), y]`, of the shape of those beside it."""
    found: dict[str, IndexArray] = {}
    distinct = {step.name.key for step in graph.steps if any(map(_is_distinct, walk(step.value)))}
    for tree in (*(step.value for step in graph.steps), *(claim.value for claim in graph.claims)):
        for node in walk(tree):
            if type(node) is Apply and "items" in node.params:
                items = node.params["items"]
                beside = [
                    _counted(graph, shape) for item in items if type(item) is Apply and (shape := graph.shape_of(item))
                ]
                of = node.args[0] if node.op == "slice" else node.params["shape"].args[0]
                pairs = zip(items, graph.shape_of(of) or (), strict=False) if None not in items else ()
                for item, length in pairs:
                    shape = next(iter(beside), _of_places(item, graph)) if type(item) is Name else None
                    if type(item) is Name and shape is not None:
                        found.setdefault(item.key, IndexArray(shape, length, item.key in distinct))
    return found


def _of_places(item: Name, graph: Graph) -> Shape | None:
    """The shape of places; an entry of a list of them is one."""
    return () if item.indices and item.indices[-1].kind == "<" else graph.shapes.get(item.key) or None


def _is_distinct(node: Node) -> bool:
    """Whether places are drawn so that none comes twice."""
    if type(node) is not Apply:
        return False
    return node.op == "permutation" or (node.op == "choice" and node.params.get("replace") is False)


def _counted(graph: Graph, shape: Shape) -> Shape:
    """A shape in which a name for the length of an axis, `N = X.shape[0]`, is that length."""
    lengths = {
        step.name.key: step.value for step in graph.steps if type(step.value) is Apply and step.value.op == "dimension"
    }
    found = [lengths.get(str(prune(dim))) for dim in shape]
    return tuple(_length(graph, node) or dim for node, dim in zip(found, shape, strict=True))


def _length(graph: Graph, node: Node | None) -> AnyDim | None:
    array = node.args[0] if type(node) is Apply else None
    shape = graph.shapes.get(array.key) if type(array) is Name else None
    return shape[node.params["axis"]] if shape and type(node) is Apply else None


def _anew(steps: Sequence[PassStep], made: set[str]) -> frozenset[str]:
    found = {key for key in made if "@" in key}
    for step in steps:
        if any(name.key in found for name in names_in(step.value)):
            found.add(step.key)
    return frozenset(found)


def _is_made(value: Node, graph: Graph) -> bool:
    """Whether an array is made of nothing, as code makes its first weights: what is in it does not count."""
    operations = {node.op for node in walk(value) if type(node) is Apply}
    arrays = any(graph.shapes.get(name.key) for name in names_in(value))
    return bool(operations & (every("random", "zeros") | {"unknown"})) and not arrays and bool(graph.shape_of(value))


def _of_one_example(shape: Shape | None) -> Shape | None:
    """A shape where an unknown number of examples, as lower-case columns have, is one."""
    dims = [prune(dim) for dim in shape or ()]
    return shape and tuple(ONE if type(dim) is Var and dim.hint == "?" and dim.eager else dim for dim in dims)


def _symbols(dim: object) -> tuple[str, ...]:
    dim = prune(dim)  # type: ignore[arg-type]
    return dim.symbols if type(dim) is Dim else ()


def variable_of(name: Name) -> str:
    """The variable whose gradient a name is, "" where it is none."""
    return name.key.removeprefix(GRADIENT).partition(REBOUND)[0] if name.key.startswith(GRADIENT) else ""


def is_explicit(name: Name) -> bool:
    """Whether a gradient is spelled as a derivative of something, `∂J/∂W`, not `dW`."""
    return name.text in SIGNS


def written(name: Name, text: str = "") -> str:
    """A variable as its author writes it, without the transpose that stands in its index: `W^{[2]T}`."""
    text = " ".join((text or name.text).split())
    return text if name.base[-1:] in "T⊤ᵀ" else re.sub(r"\s*(?:[T⊤ᵀ]|\\top|\\intercal)(\s*\}?)\Z", r"\1", text)
