"""Quantities: what has one shape in a document, whatever names stand for it and wherever they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

from ..shapes.dims import Dim, Shape, Var, prune
from ..symbols import Symbol
from ..syntax.nodes import Scope
from ..text import Span
from ._entries import Entry, Origin
from ._places import Place

Renewal: TypeAlias = "tuple[str, Place]"
HIDDEN = "@"
"""How the names begin that stand for what a branch, a loop or a followed call gives."""
SUPPOSED = Origin("supposed")


class Quantity:
    """What has one shape: a symbol, a parameter, an attribute of a class, what a function gives back.

    Its `shape` is None as long as its rank is not known; what a -1 in a shape stands for is one number even then.
    `origin` is the statement that tells most of it, `borne` are the numbers of the statements that use it. What
    `is_beside_vector` may be one as well as a matrix: no operation tells its rank.
    """

    __slots__ = ("_rests", "_same", "_shape", "borne", "is_beside_vector", "origin")

    def __init__(self) -> None:
        self._same: Quantity | None = None
        self._shape: Shape | None = None
        self._rests: dict[tuple[int, int], Var] = {}
        self.origin = SUPPOSED
        self.borne: set[int] = set()
        self.is_beside_vector = False

    @property
    def whole(self) -> Quantity:
        """The quantity that stands for all that were found to be this one."""
        found = self
        while found._same is not None:
            found = found._same
        return found

    @property
    def shape(self) -> Shape | None:
        """Its shape."""
        return self.whole._shape

    def take(self, shape: Shape) -> None:
        """Know its shape."""
        self.whole._shape = shape

    def rest(self, rank: int, axis: int) -> Var:
        """How many entries there are along an axis of what it is brought to, the -1 of `x.reshape(n, -1)`."""
        return self.whole._rests.setdefault((rank, axis), Var(eager=True))

    @property
    def lengths(self) -> Shape:
        """What was asked of its entries."""
        return tuple(self.whole._rests.values())

    def forget(self) -> None:
        """Know nothing of its shape again."""
        self.whole._shape = None

    def join(self, other: Quantity) -> None:
        """Take two quantities for one, of which one has no shape yet."""
        one, two = (self.whole, other.whole) if self.shape is None else (other.whole, self.whole)
        if one is not two and one._shape is None:
            one._same = two
            two.borne |= one.borne
            two.is_beside_vector |= one.is_beside_vector
            two._rests = {**one._rests, **two._rests}


class Quantities:
    """The quantities of a document by the names that stand for them where it is read.

    As long as they are `open`, a name of which nothing is known takes the rank that an operation wants of it. A name
    that is `renewed` below a heading stands for something else there. `sizes` are those of which no author speaks,
    `blamed` the statements, by their cells and spans, that may be wrong where they do not fit, and `spared` those that
    are not. Where they stand `apart` nothing is known of names: they mean something else there.
    """

    def __init__(self, renewed: frozenset[Renewal] = frozenset()) -> None:
        self.is_open = True
        self.apart = False
        self.renewed = renewed
        self.sizes: set[str] = set()
        self.blamed: frozenset[tuple[int | None, Span]] = frozenset()
        self.spared: frozenset[tuple[int | None, Span]] = frozenset()
        self._places: dict[str, list[Place]] = {}
        for key, place in sorted(renewed, key=lambda each: -len(each[1])):
            self._places.setdefault(key, []).append(place)
        self._place: Place = ()
        self._by_key: dict[str, Quantity] = {}
        self._bound: dict[str, Quantity] = {}
        self._scope = Scope("")
        self._counts: Counter[str] = Counter()

    def begin(self, scope: Scope) -> None:
        """Go on in a function, or with what stands in none."""
        self._scope = scope
        self._bound = {}
        self._counts.clear()

    def blame(self, wrong: frozenset[tuple[int | None, Span]], spared: frozenset[tuple[int | None, Span]]) -> None:
        """Hold these statements for wrong, where they do not fit, and others for none."""
        self.blamed, self.spared = wrong, spared

    def enter(self, place: Place) -> frozenset[str]:
        """Go on below some headings; the keys that stand for something else there than before."""
        before, self._place = self._place, place
        if before == place:
            return frozenset()
        return frozenset(key for key in self._places if self._renewal(key, before) != self._renewal(key, place))

    def _renewal(self, key: str, at: Place) -> Place:
        """Below which heading a name last began to stand for something else."""
        return next((place for place in self._places.get(key, ()) if at[: len(place)] == place), ())

    def of(self, name: Symbol) -> Quantity:
        """The quantity that a name stands for."""
        found = self._bound.get(name.key)
        if found is None:
            found = self._by_key.setdefault(self._key(name), Quantity())
        return found.whole

    def bind(self, name: Symbol, quantity: Quantity | None) -> None:
        """A name stands from now on for a quantity, for a new one where none is given; an attribute stays the same.

        A new one is known by the name and by how often that was bound to one: so it is found again in another sweep.
        """
        if self.is_attribute(name):
            if quantity is not None:
                self.of(name).join(quantity)
        else:
            self._counts[name.key] += 1
            made = f"{self._scope.name}/{name.key}/{self._counts[name.key]}"
            self._bound[name.key] = quantity or self._by_key.setdefault(made, Quantity())

    def unbind(self, name: Symbol) -> None:
        """A name stands from now on for something whose shape is known, or for what the function is given."""
        self._bound.pop(name.key, None)

    def is_attribute(self, name: Symbol) -> bool:
        """Whether a name is an attribute of the object whose method is read."""
        return bool(self._scope.this) and name.base.startswith(self._scope.this + ".")

    def take_rank(self, name: Symbol, rank: int) -> Shape | None:
        """The shape of a name, which has to be of some rank."""
        quantity = self.of(name)
        if quantity.shape is None and self.is_open and not (rank > 1 and quantity.is_beside_vector):
            is_wide = name.base.rpartition(".")[2][:1].isupper()
            quantity.take(tuple([Var(eager=True, wide=is_wide) for _ in range(rank)]))
        return None if self.apart else quantity.shape

    def look_up(self, name: Symbol) -> Entry | None:
        """What was found of a name."""
        quantity = self.of(name)
        return None if quantity.shape is None or self.apart else Entry(quantity.shape, quantity.origin)

    def supposes(self, shapes: Iterable[Shape]) -> bool:
        """Whether one of the sizes in some shapes is one that no author states."""
        dims = (prune(dim) for shape in shapes for dim in shape)
        return any(not isinstance(dim, Dim) or not self.sizes.isdisjoint(dim.symbols) for dim in dims)

    def shapes(self) -> list[Shape]:
        """All shapes that were found, and what is known of the entries of others."""
        found = (quantity.lengths if quantity.shape is None else quantity.shape for quantity in self._by_key.values())
        return [shape for shape in found if shape]

    def _key(self, name: Symbol) -> str:
        """By what a quantity is known: a parameter with its function, an attribute with its class."""
        scope, key = self._scope, name.key
        if key[:1] == HIDDEN:
            return key
        if self.is_attribute(name):
            return f"{HIDDEN}{scope.owner}:{key[len(scope.this) + 1 :]}"
        root = name.base.partition("[")[0].partition(".")[0]
        if root in scope.parameters or name.key in scope.parameters:
            return f"{HIDDEN}{scope.name}:{key}"
        place = self._renewal(key, self._place) if key in self._places else ()
        return f"{HIDDEN}{place}:{key}" if place else key
