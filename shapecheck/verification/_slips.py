"""Slips of the pen: small changes of a formula that shapes cannot see, each with the words that say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..syntax.nodes import NOWHERE, Apply, Index, Name, Node, Number, replace, walk
from ._activations import Derivative, activation_of

PRODUCTS = frozenset(("product", "matmul", "np_dot"))
LONGEST_RUN = 2
"""How many factors in a row may stand where one belongs: A (1 - A)."""


class Slip(NamedTuple):
    """What is wrong, in words and the author's nodes, and the formula without it."""

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


def _undifferentiated(node: Node, around: Surroundings) -> Changes:
    """An activation in the place of its derivative, or applied to the gradient."""
    if type(node) is not Apply or not activation_of(node):
        return
    for derivative in around.derivatives:
        if derivative.of == activation_of(node) and node.args[0] == derivative.at:
            yield (
                (node, " is the activation itself; its derivative ", derivative.node, " belongs here"),
                derivative.node,
            )
    for derivative in around.derivatives:
        if derivative.of == activation_of(node) and _alike(node, derivative.node, around):
            gradient = node.args[0]
            words = (f"{derivative.of} is applied to the gradient; ", gradient, " times ", derivative.node, " is meant")
            yield words, Apply("hadamard", (*_factors(gradient), *_factors(derivative.node)))


def _other_derivative(node: Node, around: Surroundings) -> Changes:
    """Something else in the place of an activation's derivative."""
    if type(node) is Apply and node.op == "hadamard":
        for start, end in _runs(len(node.args)):
            run = _row("hadamard", node.args[start:end])
            for derivative in around.derivatives:
                if _alike(run, derivative.node, around):
                    args = (*node.args[:start], *_factors(derivative.node), *node.args[end:])
                    yield (run, " stands where ", derivative.node, " belongs"), Apply("hadamard", args)


def _missing(node: Node, around: Surroundings) -> Changes:
    """The derivative of an activation is left out."""
    for derivative in around.derivatives:
        if _alike(node, derivative.node, around):
            row = _factors(node)
            words = (f"the derivative of {derivative.of}, ", derivative.node, ", is missing")
            yield words, Apply("hadamard", (*row, *_factors(derivative.node)))


def _spare(node: Node, around: Surroundings) -> Changes:
    """An elementwise factor, or a term, too many."""
    if type(node) is not Apply or node.op not in ("hadamard", "add"):
        return
    for start, end in _runs(len(node.args)):
        rest = (*node.args[:start], *node.args[end:])
        if rest:
            yield (_row(node.op, node.args[start:end]), " is too much"), _row(node.op, rest)


def _transposed(node: Node, around: Surroundings) -> Changes:
    """A square matrix that must be transposed or must not, or two factors the other way round."""
    lengths = around.lengths(node)
    if lengths is None or len(lengths) != 2 or lengths[0] != lengths[1]:
        return
    if type(node) is Apply and node.op == "transpose":
        yield (node.args[0], " must not be transposed"), node.args[0]
    elif type(node) is Name:
        yield (node, " must be transposed"), Apply("transpose", (node,))
    elif type(node) is Apply and node.op in PRODUCTS and len(node.args) == 2:
        yield ("the factors of ", node, " are the other way round"), Apply(node.op, node.args[::-1], node.params)


def _turned(node: Node, around: Surroundings) -> Changes:
    """The letters of an entry the other way round; those that are part of a name of its own say nothing."""
    if type(node) is Name and len(node.indices) == 1:
        ((kind, text),) = node.indices
        if kind == "_" and len(text) == 2 and text not in node.key and node.text.count(text) == 1:
            other = node.text.replace(text, text[::-1])
            turned = Name(other, node.base, (Index(kind, text[::-1]),), NOWHERE, node.key)
            yield (node, " stands where ", turned, " belongs"), turned


def _other_name(node: Node, around: Surroundings) -> Changes:
    """A name of the same shape in the place of the one that is meant."""
    if type(node) is not Name or not around.lengths(node):
        return
    for name in around.names:
        if name.key != node.key and _alike(name, node, around):
            yield (node, " stands where ", name, " belongs"), name


def _sign(node: Node, around: Surroundings) -> Changes:
    """A term with the wrong sign."""
    if type(node) is not Apply or node.op != "add":
        return
    for place, term in enumerate(node.args):
        turned = term.args[0] if type(term) is Apply and term.op == "neg" else Apply("neg", (term,))
        bare = term.args[0] if type(term) is Apply and term.op == "neg" else term
        args = (*node.args[:place], turned, *node.args[place + 1 :])
        yield ("the sign of ", bare, " is turned"), Apply("add", args, node.params)


def _power(node: Node, around: Surroundings) -> Changes:
    """A square forgotten, or one too many."""
    if type(node) is Apply and node.op == "power":
        yield (node.args[0], " must not be squared"), node.args[0]
    elif type(node) is Name:
        yield (node, " must be squared"), Apply("power", (node, Number("2")))


def _alike(one: Node, other: Node, around: Surroundings) -> bool:
    lengths = around.lengths(one)
    return bool(lengths) and lengths == around.lengths(other)


def _runs(count: int) -> Iterator[tuple[int, int]]:
    for length in range(1, min(LONGEST_RUN, count - 1) + 1):
        yield from ((start, start + length) for start in range(count - length + 1))


def _factors(node: Node) -> tuple[Node, ...]:
    """The elementwise factors of a node."""
    return node.args if type(node) is Apply and node.op == "hadamard" else (node,)


def _row(op: str, args: tuple[Node, ...]) -> Node:
    return args[0] if len(args) == 1 else Apply(op, args)
