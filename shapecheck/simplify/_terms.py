"""Sums of products as data: a term is a number times scalars and arrays, each with an exponent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Any, TypeAlias

from ..ops import every
from ..syntax.nodes import Apply, Name, Node, Number
from ..values import NamedTuple

Key: TypeAlias = str


class Power(NamedTuple):
    """A node and its exponent."""

    node: Node
    exponent: int = 1


Factors: TypeAlias = Mapping[Key, Power]
NONE: Factors = {}


class Term(NamedTuple):
    """A product: a number, scalars, and arrays that are multiplied entry by entry, each once, by its key."""

    number: Fraction = Fraction(1)
    scalars: Factors = NONE
    arrays: Factors = NONE

    def times(self, other: Term) -> Term:
        """The product of two terms."""
        scalars, arrays = _joined(self.scalars, other.scalars), _joined(self.arrays, other.arrays)
        return Term(self.number * other.number, scalars, arrays)

    def to_the(self, exponent: int) -> Term:
        """The term to a power; its number must not be 0."""
        return Term(self.number**exponent, _raised(self.scalars, exponent), _raised(self.arrays, exponent))

    def scale(self) -> Term:
        """The term without its arrays."""
        return self._replace(arrays=NONE)


Terms: TypeAlias = Sequence[Term]


def _joined(left: Factors, right: Factors) -> Factors:
    if not left or not right:
        return left or right
    found = dict(left)
    for key, (node, exponent) in right.items():
        found[key] = Power(node, exponent + (found[key].exponent if key in found else 0))
    return {key: factor for key, factor in found.items() if factor.exponent}


def _raised(factors: Factors, exponent: int) -> Factors:
    return {key: Power(node, old * exponent) for key, (node, old) in factors.items()}


def collected(terms: Iterable[Term]) -> list[Term]:
    """The terms, like ones added up, in the order in which they first stand there."""
    found: dict[Any, Term] = {}
    for term in terms:
        place = alike(term)
        number = term.number + (found[place].number if place in found else 0)
        found[place] = found.get(place, term)._replace(number=number)
    return [term for term in found.values() if term.number]


def alike(term: Term) -> tuple[object, object]:
    """What is equal for two terms that differ in their number alone."""
    return tuple(
        frozenset((key, factor.exponent) for key, factor in factors.items()) for factors in (term.scalars, term.arrays)
    )  # type: ignore[return-value]


def common(terms: Terms) -> Term:
    """The number, the scalars and the arrays that all terms share."""
    numbers = [abs(term.number) for term in terms]
    above, below = (
        reduce(gcd, (each.numerator for each in numbers)),
        reduce(lcm, (each.denominator for each in numbers)),
    )
    scalars, arrays = (reduce(_shared, pool) for pool in zip(*(term[1:] for term in terms), strict=True))
    return Term(Fraction(above, below), scalars, arrays)


def _shared(left: Factors, right: Factors) -> Factors:
    found = {}
    for key, (node, exponent) in left.items():
        other = right[key].exponent if key in right else 0
        least = min(exponent, other) if exponent > 0 else max(exponent, other)
        if exponent * other > 0:
            found[key] = Power(node, least)
    return found


def key(node: Node) -> Key:
    """One text for a node, whatever way it is spelled; names are told apart by what they stand for."""
    if type(node) is Name:
        return node.key or node.text
    if type(node) is Number:
        return node.text
    assert type(node) is Apply
    args = sorted(map(key, node.args)) if node.op in every("row") & every("entrywise") else map(key, node.args)
    parts = [node.op, *args, *(f"{name}={_value(value)}" for name, value in sorted(node.params.items()))]
    return f"({' '.join(parts)})"


def _value(value: Any) -> str:
    if isinstance(value, Name | Number | Apply):
        return key(value)
    return f"({','.join(map(_value, value))})" if isinstance(value, tuple) else str(value)
