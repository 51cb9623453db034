"""Slips: small changes of a formula that shapes cannot detect, each with the words for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..ops import every, is_a
from ..syntax.nodes import NOWHERE, Apply, Index, Name, Node, Number, args_of, replace, walk, without
from ..values import NamedTuple
from ._activations import Derivative, activation_of

LONGEST_RUN = 2
"""How many adjacent factors may replace one: A (1 - A)."""


class Slip(NamedTuple):
    """What is wrong, in words and nodes (the wrong one last), and the corrected formula."""

    words: tuple[str | Node, ...]
    tree: Node


class Surroundings(NamedTuple):
    """What may stand in a formula: the file's names, the derivatives of its activations, and the lengths of each."""

    names: Sequence[Name]
    derivatives: Sequence[Derivative]
    lengths: Callable[[Node], tuple[int, ...] | None]


def slips(tree: Node, around: Surroundings) -> Iterator[Slip]:
    """Every formula that is a small change away, the likeliest mistakes first."""
    places = list(walk(tree))
    for find in (
        _added_once,
        _undifferentiated,
        _other_name,
        _missing,
        _other_derivative,
        _spare,
        _transposed,
        _turned,
        _sign,
        _power,
    ):
        for place in places:
            for words, new in find(place, around):
                yield Slip(words, replace(tree, place, new))


Changes = Iterator[tuple[tuple[str | Node, ...], Node]]


def _added_once(node: Node, around: Surroundings) -> Changes:
    """What is added by `+=` at places of which one may be named twice."""
    if type(node) is Apply and node.op == "scatter" and node.params.get("once"):
        words = "`+=` adds only once at a place that is named twice; np.add.at adds each time"
        yield (words,), Apply("scatter", node.args, {**node.params, "once": False})


def _undifferentiated(node: Node, around: Surroundings) -> Changes:
    """An activation in place of its derivative, or applied to the gradient."""
    if type(node) is not Apply or not activation_of(node):
        return
    for derivative in around.derivatives:
        if derivative.of == activation_of(node) and node.args[0] == derivative.at:
            yield (
                ("expected the derivative ", derivative.node, ", found the activation itself, ", node),
                derivative.node,
            )
    for derivative in around.derivatives:
        if derivative.of == activation_of(node) and _alike(node, derivative.node, around):
            gradient = node.args[0]
            words = (f"{derivative.of} is applied to the gradient; expected ", gradient, " times ", derivative.node)
            yield words, Apply("hadamard", (*args_of(gradient, "hadamard"), *args_of(derivative.node, "hadamard")))


def _other_derivative(node: Node, around: Surroundings) -> Changes:
    """Something else in place of an activation's derivative."""
    if type(node) is Apply and node.op == "hadamard":
        for start, end in _runs(len(node.args)):
            run = _row("hadamard", node.args[start:end])
            for derivative in around.derivatives:
                if _alike(run, derivative.node, around):
                    args = (*node.args[:start], *args_of(derivative.node, "hadamard"), *node.args[end:])
                    yield ("expected ", derivative.node, ", found ", run), Apply("hadamard", args)


def _missing(node: Node, around: Surroundings) -> Changes:
    """The derivative of an activation is left out."""
    for derivative in around.derivatives:
        if _alike(node, derivative.node, around):
            row = args_of(node, "hadamard")
            words = (f"the derivative of {derivative.of}, ", derivative.node, ", is missing")
            yield words, Apply("hadamard", (*row, *args_of(derivative.node, "hadamard")))


def _spare(node: Node, around: Surroundings) -> Changes:
    """An extra elementwise factor, or an extra term."""
    if type(node) is not Apply or node.op not in every("row") & every("entrywise"):
        return
    for start, end in _runs(len(node.args)):
        rest = (*node.args[:start], *node.args[end:])
        if rest:
            what = "factor" if node.op == "hadamard" else "term"
            yield (_row(node.op, node.args[start:end]), f" is an extra {what}"), _row(node.op, rest)


def _transposed(node: Node, around: Surroundings) -> Changes:
    """A square matrix that should or should not be transposed, or two factors in the wrong order."""
    lengths = around.lengths(node)
    if lengths is None or len(lengths) != 2 or lengths[0] != lengths[1]:
        return
    if type(node) is Apply and node.op == "transpose":
        yield (node.args[0], " should not be transposed"), node.args[0]
    elif type(node) is Name:
        yield (node, " should be transposed"), Apply("transpose", (node,))
    elif is_a(node, "product") and len(node.args) == 2:
        yield ("the factors of ", node, " are in the wrong order"), Apply(node.op, node.args[::-1], node.params)


def _turned(node: Node, around: Surroundings) -> Changes:
    """The indices of an entry in the wrong order; letters that are part of a name do not count."""
    if type(node) is Name and len(node.indices) == 1:
        ((kind, text),) = node.indices
        if kind == "_" and len(text) == 2 and text not in node.key and node.text.count(text) == 1:
            other = node.text.replace(text, text[::-1])
            turned = Name(other, node.base, (Index(kind, text[::-1]),), NOWHERE, node.key)
            yield ("expected ", turned, ", found ", node), turned


def _other_name(node: Node, around: Surroundings) -> Changes:
    """A name in place of another one of the same shape."""
    if type(node) is not Name or not around.lengths(node):
        return
    for name in around.names:
        if name.text and name.key != node.key and _alike(name, node, around):
            yield ("expected ", name, ", found ", node), name


def _sign(node: Node, around: Surroundings) -> Changes:
    """A term with the wrong sign."""
    if type(node) is not Apply or node.op != "add":
        return
    for place, term in enumerate(node.args):
        turned = term.args[0] if type(term) is Apply and term.op == "neg" else Apply("neg", (term,))
        bare = without(term, "neg")
        args = (*node.args[:place], turned, *node.args[place + 1 :])
        yield ("the sign of ", bare, " is flipped"), Apply("add", args, node.params)


def _power(node: Node, around: Surroundings) -> Changes:
    """A missing square, or an extra one."""
    if type(node) is Apply and node.op == "power":
        yield (node.args[0], " should not be squared"), node.args[0]
    elif type(node) is Name:
        yield (node, " should be squared"), Apply("power", (node, Number("2")))


def _alike(one: Node, other: Node, around: Surroundings) -> bool:
    lengths = around.lengths(one)
    return bool(lengths) and lengths == around.lengths(other)


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for length in range(1, min(LONGEST_RUN, count - 1) + 1):
        yield from ((start, start + length) for start in range(count - length + 1))


def _row(op: str, args: tuple[Node, ...]) -> Node:
    return args[0] if len(args) == 1 else Apply(op, args)
