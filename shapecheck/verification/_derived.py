"""Trees with which a wrong gradient is corrected: the one that is derived, its terms, what is around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..gradient import EACH, NoGradient, gradients
from ..ops import is_a
from ..ops._nodes import neg, over, product, transpose
from ..syntax.nodes import NOWHERE, Apply, Name, Node, Number, args_of, name_of, put_names
from ._factors import Factor
from ._passes import Work
from ._relations import agree
from ._trial import Trial, Unverified


def derived(work: Work, variable: str, trials: Sequence[Trial], *, whole: bool) -> Node | None:
    """The tree of a variable's gradient in the reading of some trials; None if it cannot be had.

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
            value = put_names(value, {gradient.name.key: gradient.value})
    count = Name(reading.examples, reading.examples, key=reading.examples)
    scaled = [product(over(Number("1"), count), value), product(count, value)] if reading.examples else []
    tree = next((tree for tree in [value, *scaled] if is_right(tree, variable, trials)), None)
    return None if tree is None else _simple(tree, work, variable, trials)


def _simple(tree: Node, work: Work, variable: str, trials: Sequence[Trial]) -> Node:
    """The tree in its simplest form that is still right, in names that its author gives."""
    from ..simplify import simplify

    graph = work.graph
    for step in reversed(graph.steps):
        tree = tree if step.name.text else put_names(tree, {step.name.key: step.value})
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


def body_of(tree: Node) -> Node:
    """What is computed for each entry, as its author writes it; any other tree as it is."""
    return tree.args[0] if type(tree) is Apply and tree.op == EACH else tree


def sum_of(nodes: Sequence[Node]) -> Node:
    """The sum of some terms."""
    return nodes[0] if len(nodes) == 1 else Apply("add", tuple(nodes))


def without_a_factor(tree: Node) -> Iterator[Node]:
    """The formula with one of its factors dropped."""
    if is_a(tree, "multiplication") and len(tree.args) > 1:
        for place in range(len(tree.args)):
            rest = (*tree.args[:place], *tree.args[place + 1 :])
            yield rest[0] if len(rest) == 1 else Apply(tree.op, rest, tree.params, NOWHERE, tree.sign)
    if is_a(tree, "multiple"):
        yield tree.args[0]


def scaled(tree: Node, factor: Factor) -> Iterator[Node]:
    """The formula multiplied by the inverse of its factor."""
    if factor.text == "-1":
        yield neg(tree)
    inverse = _coefficient(factor.inverse)
    if inverse is not None:
        yield product(inverse, tree)


def _coefficient(text: str) -> Node | None:
    """The node of a factor such as `2`, `m` or `1/m`; None for what is longer."""
    above, _, below = text.partition("/")
    parts = [part for part in (above, below) if part]
    if not all(part.isidentifier() or part.isdecimal() for part in parts):
        return None
    nodes: list[Node] = [Number(part) if part.isdecimal() else name_of(part) for part in parts]
    return over(nodes[0], nodes[1]) if below else nodes[0]
