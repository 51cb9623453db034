"""Simplify a formula as textbooks do, and tell whether two are the same but for the order of terms and factors."""

from __future__ import annotations

from collections.abc import Mapping

from ..syntax.nodes import Name, Node
from ._reader import Reader, ShapeOf
from ._terms import Key, collected, key

__all__ = ["ShapeOf", "key", "same", "simplify"]

NOTHING: Mapping[Key, Name] = {}


def simplify(
    node: Node,
    shape_of: ShapeOf,
    named: Mapping[Key, Name] = NOTHING,
    distributions: frozenset[tuple[Key, int]] = frozenset(),
) -> Node:
    """The tree in its simplest form: `-1 * -(A - Y)` is `A - Y`, `(A B)^T` is `B^T A^T`.

    shape_of       the shape of a tree, which tells scalars from arrays; None where it is unknown
    named          names of values by the `key` of the value: `tanh(Z1)` is written `A1`
    distributions  names, by key and axis, whose entries sum to 1 along it: the targets of a softmax

    Its operations must be settled, as `resolve` and `infer` leave them.
    """
    return Reader(shape_of, named, distributions).simple(node)


def same(left: Node, right: Node, shape_of: ShapeOf) -> bool:
    """Whether two trees are equal up to the order of terms and of elementwise factors, and what `simplify` does."""
    reader = Reader(shape_of, NOTHING)
    terms = [*reader.terms(left), *(term._replace(number=-term.number) for term in reader.terms(right))]
    return any(not collected(stage) for stage in reader.stages(terms))
