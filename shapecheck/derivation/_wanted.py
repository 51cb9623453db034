"""Of which variables a textbook gives the gradient: the parameters and inputs, not the targets and the constants."""

from __future__ import annotations

from collections.abc import Collection

from ..gradient import Graph, Step
from ..ops import is_a
from ..shapes.dims import Dim, is_single, prune
from ..syntax.nodes import Apply, Name, Node, names_in, walk, without
from ._names import identifier

_CONSTANTS = frozenset(
    "α β γ ε ϵ η λ μ ρ τ alpha eps epsilon eta lam lambda lambd lambda_ lr tau momentum decay keep_prob "
    "learning_rate reg p m n N k d".split()
)
"""What a scalar of these names is never a parameter."""
_TARGETS = frozenset(("y", "Y", "y_true", "Y_true", "target", "targets", "label", "labels"))
_WEIGHTS = frozenset(("w", "β", "beta", "U", "V", "Ω", "Omega"))
_MEANS = frozenset(("μ", "mu"))


def wanted(graph: Graph) -> list[str]:
    """The variables of which gradients are wanted where nobody says which.

    Where its author gives gradients, they are those of the inputs among these, and of what is named as weights are.
    """
    inputs = [key for key in graph.inputs if graph.shapes.get(key) is not None]
    claimed = {claim.of for claim in graph.claims}
    if claimed.intersection(inputs):
        return [key for key in inputs if key in claimed or _is_weight(graph, key)]
    data = {key for key in inputs if is_constant(graph, key) or is_target(graph, key)}
    return [key for key in inputs if key not in data] or [key for key in inputs if not is_constant(graph, key)]


def _is_weight(graph: Graph, key: str) -> bool:
    return graph.names[key].base.rpartition("{")[2][:1] in ("W", "b", "Θ", "θ") and not is_constant(graph, key)


def is_constant(graph: Graph, key: str) -> bool:
    """Whether a variable is a number that is chosen, not learned: a size, a rate, a penalty, but no mean μ."""
    if graph.shapes.get(key) != ():
        return False
    base = graph.names[key].base.lstrip("\\")
    return key in sizes(graph) or (base in _CONSTANTS and not (base in _MEANS and _is_term(graph, key)))


def _is_term(graph: Graph, key: str) -> bool:
    """Whether a variable is added to something, or taken from it."""
    nodes = (node for step in graph.steps for node in walk(step.value) if type(node) is Apply and node.op == "add")
    terms = (without(term, "neg") for node in nodes for term in node.args)
    return any(type(term) is Name and term.key == key for term in terms)


def sizes(graph: Graph) -> frozenset[str]:
    """The symbols of the dimensions of the graph's arrays."""
    dims = (prune(dim) for shape in graph.shapes.values() for dim in shape or ())
    return frozenset(symbol for dim in dims if isinstance(dim, Dim) for symbol in dim.symbols)


def is_target(graph: Graph, key: str) -> bool:
    """Whether a variable is what the results are compared with: it stands in the loss alone, where results do too."""
    users = [step for step in graph.steps if stands_in(step.value, key)]
    if not users or (graph.names[key].base in _TARGETS and _has_weights(graph) and not _is_multiplied(graph, key)):
        return True
    if any(step not in losses(graph) for step in users):
        return False
    defined = {step.name.key for step in graph.steps} - {step.name.key for step in losses(graph)}
    return any(stands_in(step.value, other) for step in users for other in defined)


def _has_weights(graph: Graph) -> bool:
    return any(_is_weight(graph, key) or graph.names[key].base.lstrip("\\") in _WEIGHTS for key in graph.inputs)


def _is_multiplied(graph: Graph, key: str) -> bool:
    """Whether a variable is what a matrix is multiplied by, as no target is: the y of `W y`."""
    nodes = (node for step in graph.steps for node in walk(step.value) if is_a(node, "product"))
    lasts = (node.args[-1] for node in nodes if any(type(factor) is Name for factor in node.args[:-1]))
    return any(type(last) is Name and last.key == key for last in lasts)


def losses(graph: Graph) -> list[Step]:
    """The steps with a scalar result from the last one with an array on: the loss and its parts."""
    found: list[Step] = []
    if graph.loss is None:
        return found
    for step in reversed(graph.steps):
        if step.name.key != graph.loss and not is_single(graph.shapes.get(step.name.key)):
            break
        found.append(step)
    return found


def stands_in(node: Node, key: str) -> bool:
    """Whether a variable stands in a tree."""
    return any(part.key == key for part in names_in(node))


def distributions(graph: Graph) -> frozenset[tuple[str, int]]:
    """The targets of softmaxes with the axis along which their entries sum to 1."""
    found: set[tuple[str, int]] = set()
    softmaxes = {step.name.key: axis for step in graph.steps if (axis := _softmax_axis(graph, step.value)) is not None}
    for step in losses(graph):
        for product in (part for part in walk(step.value) if is_a(part, "multiplication", "contraction")):
            names = [part for each in product.args if type(part := without(each, "transpose")) is Name]
            targets = [name.key for name in names if name.key in graph.inputs and is_target(graph, name.key)]
            axes = [axis for part in product.args if (axis := _log_axis(graph, part, softmaxes)) is not None]
            found.update((target, axis) for target in targets for axis in axes)
    return frozenset(found)


def _softmax_axis(graph: Graph, node: Node) -> int | None:
    """The axis of a softmax, counted from 0; None of all else."""
    if not is_a(node, "softmax"):
        return None
    shape = graph.shape_of(node)
    axis = node.params.get("axis", 0)
    return axis % len(shape) if shape and isinstance(axis, int) else None


def _log_axis(graph: Graph, node: Node, softmaxes: dict[str, int]) -> int | None:
    """The axis of the softmax whose logarithm a factor is."""
    if not is_a(node, "logarithm"):
        return softmaxes.get(node.key) if type(node) is Name else None
    if node.op == "log_softmax":
        return _softmax_axis(graph, node)
    inner = node.args[0]
    return softmaxes.get(inner.key) if type(inner) is Name else _softmax_axis(graph, inner)


def asked(graph: Graph, names: Collection[str]) -> tuple[list[str], list[str]]:
    """The variables that `--wrt` names, and the names that no variable has."""
    found: list[str] = []
    missing: list[str] = []
    for name in names:
        key = _variable(graph, name)
        (missing if key is None else found).append(name if key is None else key)
    return found, missing


def _variable(graph: Graph, name: str) -> str | None:
    for key, written in graph.names.items():
        if name in (key, written.text, identifier(variable(graph, key))):
            return key
    return None


def variable(graph: Graph, key: str) -> Name:
    """The name of a variable, with its key in this graph."""
    name = graph.names[key]
    return Name(name.text, name.base, name.indices, key=key)
