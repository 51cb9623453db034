"""Simplify a formula as textbooks do, and tell whether two are equal up to the order of terms and factors."""

from __future__ import annotations

from collections.abc import Sequence

from ..syntax.nodes import Node
from ._reader import Reader, ShapeOf
from ._terms import collected, key
from ._written_out import recognised

__all__ = ["Reader", "ShapeOf", "key", "recognised", "same", "simplify"]


def simplify(node: Node, shape_of: ShapeOf, named: Sequence[tuple[Node, Node]] = ()) -> Node:
    """The tree in its simplest form: `-1 * -(A - Y)` is `A - Y`, `(A B)^T` is `B^T A^T`.

    shape_of  the shape of a tree, which tells scalars from arrays; None if it is unknown
    named     values and their names: `tanh(Z1)` is written `A1`

    Its operations must be settled, as `resolve` and `infer` leave them.
    """
    return Reader(shape_of, named).simplified(node)


def same(left: Node, right: Node, shape_of: ShapeOf) -> bool:
    """Whether two trees are equal up to the order of terms and of elementwise factors, and what `simplify` does."""
    reader = Reader(shape_of)
    terms = [*reader.terms(left), *(term._replace(number=-term.number) for term in reader.terms(right))]
    return any(not collected(stage) for stage in reader.stages(terms))
