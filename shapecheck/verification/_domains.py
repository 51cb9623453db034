"""Which numbers the arrays of a forward pass may hold, so that its formulas are defined and mean what they should.

A domain is a word of `evaluate.draw`: `real`, `share` (within 0 and 1), `rows` and `columns` (shares that sum to 1),
`small`, `definite` (symmetric, with positive eigenvalues).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..ops import is_a
from ..shapes.dims import ONE, prune
from ..syntax.nodes import Apply, Name, Node, Number, names_in, walk
from ._passes import PassStep, Work

Domains = Mapping[str, str]
_COVARIANCES = frozenset(("Σ", "Sigma", "Λ", "Lambda", "cov", "Cov"))
"""What statisticians call matrices that are symmetric by what they mean."""


def domains(work: Work) -> Iterator[list[Domains]]:
    """Groups of choices; the next group is for where under none of one the formulas are defined.

    Targets of a softmax sum to 1, those of a logarithm are shares: which of both is meant, the formulas show. What
    stands in logarithms and roots is any number where that goes, else positive; at last everything is.
    """
    symmetric, targets = _symmetric(work), _targets(work)
    kinds = ["rows" if axis in (1, -1) else "columns" for axis in _softmax_axes(work)] if targets else []
    choices = [dict.fromkeys(targets, kind) for kind in (*kinds, "share")]
    for held in narrower(work):
        yield [{**held, **choice, **symmetric} for choice in choices]


def narrower(work: Work) -> Iterator[Domains]:
    """What arrays may hold, less and less: any numbers, positive ones in logarithms and roots, positive ones."""
    yield {}
    yield _positive(work)
    yield dict.fromkeys(work.forward.inputs, "share")


def _symmetric(work: Work) -> Domains:
    """The square matrices that are symmetric because their author says so, or as a covariance is."""
    stated = (key for key in squares(work) if key in work.graph.symmetric or _is_covariance(work, key))
    return dict.fromkeys(stated, "definite")


def squares(work: Work) -> list[str]:
    """The square matrices that go in."""
    shapes = work.forward.inputs.items()
    return [key for key, shape in shapes if len(shape) == 2 and prune(shape[0]) is prune(shape[1]) is not ONE]


def _is_covariance(work: Work, key: str) -> bool:
    return work.graph.names[key].base.lstrip("\\") in _COVARIANCES


def _softmax_axes(work: Work) -> list[object]:
    """The axes along which a softmax is taken; of one that is written out those of the sums."""
    nodes = [node for step in work.forward.steps for node in walk(step.value) if type(node) is Apply]
    found = [node.params.get("axis") for node in nodes if is_a(node, "softmax")]
    if not found and any(node.op == "exp" for node in nodes):
        found = [node.params["axis"] for node in nodes if node.op == "sum" and node.params.get("axis") is not None]
    return list(dict.fromkeys(found))


def _targets(work: Work) -> list[str]:
    """The data that are multiplied by a logarithm, or of which that is made entry by entry: probabilities."""
    steps = {step.key: step for step in work.forward.steps}
    logarithms: set[str] = set()
    found: dict[str, None] = {}
    for step in work.forward.steps:
        if _has_logarithm(step.value, logarithms):
            logarithms.add(step.key)
        for node in walk(step.value):
            if is_a(node, "multiplication", "contraction"):
                loud = [argument for argument in node.args if _has_logarithm(argument, logarithms)]
                quiet = [argument for argument in node.args if argument not in loud] if loud else []
                names = (name for argument in quiet for name in names_in(argument))
                found.update(dict.fromkeys(key for name in names for key in _made_of(name.key, steps)))
    return [key for key in found if work.forward.inputs.get(key)]


def _made_of(key: str, steps: Mapping[str, PassStep]) -> Iterator[str]:
    """The inputs of which a name is made entry by entry, as smoothed labels are of labels."""
    step = steps.get(key)
    if step is None:
        yield key
    elif all(type(node) is not Apply or is_a(node, "multiplication", "entrywise") for node in walk(step.value)):
        for name in names_in(step.value):
            yield from _made_of(name.key, steps)


def _has_logarithm(tree: Node, names: set[str]) -> bool:
    nodes = list(walk(tree))
    return any(is_a(node, "logarithm") for node in nodes) or any(name.key in names for name in names_in(tree))


def _positive(work: Work) -> Domains:
    """Numbers for the names in logarithms and roots: within 0 and 1, those that are taken away small."""
    steps = {step.key: step for step in work.forward.steps}
    added: set[str] = set()
    taken: set[str] = set()
    for step in work.forward.steps:
        for node in walk(step.value):
            if is_a(node, "logarithm", "power") and not _is_whole_power(node):
                _note(node.args[0], steps, added, taken)
    small = {key for key in taken - added if work.forward.inputs.get(key) is not None}
    return {
        **dict.fromkeys(sorted(added & work.forward.inputs.keys()), "share"),
        **dict.fromkeys(sorted(small), "small"),
    }


def _is_whole_power(node: Apply) -> bool:
    return node.op == "power" and type(node.args[1]) is Number and node.args[1].text.isdecimal()


def _note(node: Node, steps: Mapping[str, PassStep], added: set[str], taken: set[str]) -> None:
    """The names of which a sum is made, those that are added and those that are taken away."""
    if type(node) is Name:
        step = steps.get(node.key)
        if step is None:
            added.add(node.key)
        else:
            _note(step.value, steps, added, taken)
    elif is_a(node, "arithmetic", "contraction", "total", "transposition"):
        for place, argument in enumerate(node.args):
            turned = node.op == "neg" or (node.op == "subtract" and place == 1)
            _note(argument, steps, *((taken, added) if turned else (added, taken)))
