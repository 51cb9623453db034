"""The gradient that is right, as a textbook writes it, and the terms that it adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..derivation._folding import replaced
from ..gradient import NoGradient, gradients
from ..ops import is_a
from ..ops._nodes import over, product, transpose
from ..syntax.nodes import Apply, Name, Node, Number, args_of
from ._passes import Work
from ._relations import agree
from ._trial import Trial, Unverified


def derived(work: Work, variable: str, trials: Sequence[Trial], *, whole: bool) -> Node | None:
    """The tree of a variable's gradient in the reading of some trials; None where it cannot be had.

    It is computed of other gradients that its author names, unless it must be `whole`: in the names of the forward
    pass alone.
    """
    reading = trials[0].reading
    try:
        found = gradients(work.graph, [variable], per_example=bool(reading.each))
    except (NoGradient, ArithmeticError, ValueError):
        return None
    value = next((gradient.value for gradient in found if gradient.of == variable), None)
    if value is None:
        return None
    for gradient in reversed(found):
        if whole or gradient.of not in work.graph.spellings:
            value = replaced(value, gradient.name.key, gradient.value)
    count = Name(reading.examples, reading.examples, key=reading.examples)
    scaled = [product(over(Number("1"), count), value), product(count, value)] if reading.examples else []
    tree = next((tree for tree in [value, *scaled] if is_right(tree, variable, trials)), None)
    return None if tree is None else _simple(tree, work, variable, trials)


def _simple(tree: Node, work: Work, variable: str, trials: Sequence[Trial]) -> Node:
    """The tree in its simplest form that is still right, in names that its author gives."""
    from ..simplify import simplify

    graph = work.graph
    for step in reversed(graph.steps):
        tree = tree if step.name.text else replaced(tree, step.name.key, step.value)
    named = [(step.value, step.name) for step in graph.steps if type(step.value) is Apply and step.name.text]
    simple = simplify(tree, graph.shape_of, named)
    return simple if is_right(simple, variable, trials) else tree


def turned(tree: Node, work: Work) -> Node:
    """The transpose of a gradient, as a textbook writes it."""
    from ..simplify import simplify

    rows = [simplify(transpose(term), work.graph.shape_of) for term in args_of(tree, "add")]
    return rows[0] if len(rows) == 1 else Apply("add", tuple(rows))


def is_right(tree: Node, variable: str, trials: Sequence[Trial]) -> bool:
    """Whether a tree is the gradient of a variable in each trial."""
    return everywhere(trials, lambda trial: agree(trial.value(tree), trial.gradient(variable)))


def everywhere(trials: Iterable[Trial], holds: Callable[[Trial], bool]) -> bool:
    """Whether something holds in each trial; of what has no value there nothing does."""
    try:
        return all(map(holds, trials))
    except Unverified:
        return False


def opened(tree: Node) -> tuple[Node, ...]:
    """The terms of a sum, or of a product with a sum among its factors."""
    if is_a(tree, "multiplication"):
        for place, factor in enumerate(tree.args):
            if len(inside := args_of(factor, "add")) > 1:
                rows = ((*tree.args[:place], *args_of(term, tree.op), *tree.args[place + 1 :]) for term in inside)
                return tuple(Apply(tree.op, row, tree.params, sign=tree.sign) for row in rows)
    return args_of(tree, "add")
