"""Formulas in which the orientation of a vector contradicts all others of a document: `δ Wᵀ`, a column δ elsewhere.

Shapes cannot tell where sizes are open, since then a vector may be a matrix. Which side of a matrix it stands on can: a
formula is wrong if all others agree without it, and a single slip of the pen explains it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from ..repairs._repair import is_product
from ..syntax.nodes import Node, walk
from ..values import NamedTuple, replace
from ._sides import COLUMN, Bond, Form, Sides, side_of
from ._slip import GradientSlip
from ._slips import transposed
from ._traces import Product, TracedFactor

MOST = 300
"""The most formulas that speak of some vectors, each of which is left out in turn: a longer text has to stay fast."""


class Turned(NamedTuple):
    """A formula whose vectors are turned: what in it says so, and the slips that explain it.

    `side` is what both vectors are where two columns, or two rows, are multiplied, and what the one must be for its
    product; None if no formula tells. The `witness`, if there is one, is a formula that speaks of the same vector.
    """

    sides: Sides
    bond: Bond
    side: str | None
    witness: tuple[Sides, Bond] | None
    slips: tuple[GradientSlip, ...]


def turned(told: Sequence[Sides]) -> Iterator[Turned]:
    """The formulas that alone contradict how vectors lie in all others, and that a single slip explains.

    Of several it is the only gradient. What defines something is wrong only where it is a matrix that tells.
    """
    blamed: set[int] = set()
    for group in _groups(told):
        found = _contradicting(told, group) if len(_within(told, group)) <= MOST else []
        against = [sides for sides in found if sides.is_backward] if len(found) > 1 else found
        if len(against) == 1 and against[0].line.number not in blamed and not _has_rival(told, group, against[0]):
            blamed.add(against[0].line.number)
            each = _explained(told, against[0])
            if each is not None and (each.sides.is_backward or each.bond.kind == "matrix"):
                yield each


class _Lying:
    """How vectors lie by the bonds of some statements; only of `vectors`, as what may be a number lies in no way."""

    def __init__(self, told: Iterable[Sides], vectors: frozenset[str]) -> None:
        self._vectors = vectors
        self._like: dict[str, tuple[str, bool]] = {}
        self.against = [bond for sides in told for bond in sides.bonds if not self.take(bond)]

    def take(self, bond: Bond) -> bool:
        """Take a bond, unless the others contradict it."""
        if not bond.keys <= self._vectors:
            return True
        (one, is_first_turned), (other, is_second_turned) = self._root(bond.one.key), self._root(bond.other.key)
        are_apart = is_first_turned ^ is_second_turned ^ bond.are_apart
        if one == other:
            return not are_apart
        self._like[one] = other, are_apart
        return True

    def side(self, form: Form) -> str | None:
        """How a vector lies as it is written; None if nobody tells."""
        (root, is_turned), (column, is_column_turned) = self._root(form.key), self._root(COLUMN)
        return side_of(is_turned ^ is_column_turned ^ form.is_turned) if root == column else None

    def _root(self, key: str) -> tuple[str, bool]:
        """The vector by which all others of its kind are known, and whether this one lies otherwise."""
        is_turned = False
        while key in self._like:
            key, is_other = self._like[key]
            is_turned ^= is_other
        return key, is_turned


def _vectors(told: Iterable[Sides]) -> frozenset[str]:
    """The names that are vectors, and those that are added to one or equal to one."""
    told = list(told)
    known = {COLUMN}.union(*(sides.vectors for sides in told))
    alike = ({bond.one.key, bond.other.key} for sides in told for bond in sides.bonds if bond.kind == "terms")
    return frozenset(known.union(*(keys for keys in alike if not keys.isdisjoint(known)))) - {COLUMN}


def _groups(told: Sequence[Sides]) -> list[frozenset[str]]:
    """The vectors that have to do with one another, where how they lie is contradicted."""
    vectors = _vectors(told)
    groups: list[set[str]] = []
    for keys in {bond.keys: None for sides in told for bond in sides.bonds if bond.keys <= vectors}:
        near = [group for group in groups if not group.isdisjoint(keys)]
        groups = [group for group in groups if group.isdisjoint(keys)] + [set(keys).union(*near)]
    found = [frozenset[str](), *map(frozenset, groups)]
    return [group for group in found if _Lying(_within(told, group), group).against]


def _within(told: Iterable[Sides], group: frozenset[str]) -> list[Sides]:
    return [sides for sides in told if any(bond.keys <= group for bond in sides.bonds)]


def _contradicting(told: Sequence[Sides], group: frozenset[str]) -> list[Sides]:
    """The statements without each of which all others agree on how the vectors of a group lie.

    What stands after a matrix in the statement alone may be another matrix.
    """
    found = []
    for sides in _within(told, group):
        others = [other for other in told if other is not sides]
        vectors, there = _vectors(others) & group, _within(others, group)
        is_against = bool(_Lying([*there, sides], vectors | (sides.turned & group)).against)
        if is_against and not _Lying(there, vectors).against:
            found.append(sides)
    return found


def _has_rival(told: Sequence[Sides], group: frozenset[str], sides: Sides) -> bool:
    """Whether all others agree without another gradient, too: then either may be wrong."""
    there, vectors = _within(told, group), _vectors(told) & group
    rivals = [other for other in there if other.is_backward and other is not sides]
    return any(not _Lying((each for each in there if each is not rival), vectors).against for rival in rivals)


def _explained(told: Sequence[Sides], sides: Sides) -> Turned | None:
    """What contradicts a statement, and the slips without which it agrees with the others and its shapes fit best."""
    others = [other for other in told if other is not sides]
    vectors = _vectors(others) | (sides.turned - {COLUMN})
    lying = _Lying(others, vectors)
    against = [bond for bond in sides.bonds if not lying.take(bond)]
    mended = ((slip, _without(sides, slip)) for slip in _slips(sides))
    agreeing = [(slip, anew) for slip, anew in mended if not _Lying([*others, anew], vectors).against]
    ranked = sorted(((_oddness(slip, anew, others), slip) for slip, anew in agreeing), key=itemgetter(0))
    slips = [slip for (misfits, _), slip in ranked if misfits == ranked[0][0][0]]
    if not against or not slips:
        return None
    bond = against[0]
    if bond.kind == "matrix":
        side: str | None = bond.side
    else:
        side = lying.side(bond.one) or lying.side(bond.other.turned if bond.kind == "vectors" else bond.other)
    return Turned(sides, bond, side, _witness(others, bond), tuple(slips))


def _witness(others: Sequence[Sides], against: Bond) -> tuple[Sides, Bond] | None:
    """The formula that tells most plainly how one of the vectors lies, and where: by a matrix, and as a definition."""
    near = [
        (bond.kind != "matrix", other.is_backward, place, other, bond)
        for place, other in enumerate(others)
        for bond in other.bonds
        if bond.keys & against.keys or bond.keys == against.keys
    ]
    return min(near, key=lambda each: each[:3])[3:] if near else None


def _oddness(slip: GradientSlip, mended: Sides, others: Sequence[Sides]) -> tuple[int, int]:
    """How much does not fit in a statement without its slip, then how little in it is as in the others: `1^T G`."""
    misfits = slip.product.line.section.statements.trial(slip.fixed, {}).failures
    usual = Counter((bond.one, bond.other) for sides in others for bond in sides.bonds)
    return len(misfits), -sum(usual[bond.one, bond.other] for bond in mended.bonds)


def _without(sides: Sides, slip: GradientSlip) -> Sides:
    """A statement without its slip."""
    checked = replace(sides.checked, equation=slip.fixed)
    return Sides(sides.line, checked, sides.source, sides.is_backward)


def _slips(sides: Sides) -> Iterator[GradientSlip]:
    """Each single slip that the value of a statement may have.

    Two factors are exchanged, one is transposed, or a product is written as if the vector in it were turned.
    """
    first, *values = sides.checked.equation.members
    written = {id(node) for node in walk(*(values or [first]))}
    for whole, factors in (place for place in sides.places if id(place[0]) in written):
        product = Product(sides.line, sides.checked, whole, None, tuple(map(_factor, factors)), sides.is_backward)
        if is_product(whole, sides.checked):
            for one, other in pairwise(factors):
                yield GradientSlip(product, (), {id(one): other, id(other): one})
            for bond in sides.bonds:
                if bond.kind == "matrix" and set(map(id, bond.nodes)) <= set(map(id, factors)):
                    vector, matrix = bond.nodes
                    change = {id(vector): transposed(matrix, product.factors), id(matrix): vector}
                    yield GradientSlip(product, (), change)
        for node in factors:
            yield GradientSlip(product, (), {id(node): transposed(node, product.factors)})


def _factor(node: Node) -> TracedFactor:
    return TracedFactor("", "", False, False, False, False, node)
