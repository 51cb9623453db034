"""The table of names: the shape of each and where it comes from, as a file is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..conventions import Layout
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, same
from ..symbols import ERRORS, Symbol, make
from ..syntax.nodes import Scope
from ..text import Span
from ..vocabulary import SCALARS
from ._entries import CONVENTIONAL, EITHER_WAY, SCALAR, Entry, Origin, is_number_by_letter, remember
from ._families import Families
from ._gradients import as_gradient, by_gradient, is_authors, is_authors_error, is_of_torch
from ._identities import Identities, go_back, identify, known_now, makes_square
from ._naming import Naming
from ._noted import NotedShapes
from ._places import LEFT, Place, Places
from ._quantities import HIDDEN, Quantities, Quantity
from ._relatives import elsewhere, estimate, example, part, rate
from ._turning import MOST_TURNS, Lying, lay, may_turn, turn, turns, vectors

__all__ = [
    "EITHER_WAY", "HIDDEN", "MOST_TURNS", "SCALAR", "Entry", "Naming", "Origin", "Quantities", "Quantity", "Table",
    "go_back", "identify", "is_of_torch", "known_now", "lay", "makes_square", "may_turn", "turn", "turns", "vectors",
]  # fmt: skip


class Table:
    """The shapes of a file's names.

    What is stated goes first, then what was assigned, what is noted in passing, the variable of a gradient or the
    reverse, the convention. `applied` says of what a name is a function, and whether entry by entry, `entrywise` of
    which arrays of its own shape it is so.
    """

    def __init__(self, layout: Layout, numerator_layout: bool = False, general: bool = False) -> None:
        self.layout = layout
        self.naming = Naming(layout, general)
        self.identities = Identities({})
        self.numerator_layout = numerator_layout
        self.stated = Families()
        self.assigned: dict[str, Entry] = {}
        self.will_be_assigned: frozenset[str] = frozenset()
        self.used: frozenset[str] = frozenset()
        self.elementwise: set[str] = set()
        self.counts = self.numbers = frozenset[str]()
        self.several: Mapping[str, str] = {}
        self.applied: dict[str, tuple[str, bool]] = {}
        self.entrywise: dict[str, tuple[str, ...]] = {}
        self.losses: set[str] = set()
        self.composed: set[str] = set()
        self.noted = NotedShapes({}, {})
        self._mentioned: tuple[Identities | None, int] = None, 0
        self.lying = Lying()
        self.scope: Place = ()
        self.cell: int | None = None
        self._outside: tuple[dict[str, Entry], dict[str, AnyDim], tuple[dict[str, Dim], bool]] | None = None
        self._places = Places()
        self.left: dict[str, tuple[Place, Entry]] = {}
        self._known: dict[str, bool] = {}
        self.found: dict[str, Entry] = {}
        self.quantities: Quantities | None = None
        self.function = Scope("")

    def state(self, name: Symbol, shape: Shape, origin: Origin) -> Entry | None:
        """Record a stated shape; return the earlier entry if they disagree (the earlier one takes precedence)."""
        shape = self.naming.taken(name, shape)
        if not same((before := self.stated.add(name, Entry(shape, origin))).shape, shape):
            return before
        self.naming.learn(name, shape)
        self._known.clear()
        self.found.clear()
        return None

    def size(self, name: str, value: Dim) -> None:
        """Set the size of a dimension, throughout the file."""
        self.naming.size(name, value)
        self.found.clear()
        for key, entry in self.stated.items():
            self.stated[key] = Entry(tuple(map(self.naming.sized, entry.shape)), entry.origin)

    def assign(self, name: Symbol, shape: Shape, span: Span | None) -> None:
        """Record the shape that an equation gives a name."""
        self.assigned[name.key] = Entry(shape, Origin("equation", span, cell=self.cell))
        if self.quantities is not None:
            self.quantities.unbind(name)
        if self.scope:
            self._places.put(name.key, self.scope)
        for key in (name.key, "d" + name.key, name.of and self.variable(name).key):
            self.found.pop(key, None)

    def expected(self, name: Symbol, conventional: bool) -> Entry | None:
        """The shape that an assignment must give a name, whatever it held before: the stated one, or its variable's."""
        stated = self.stated.of(name)
        if stated is not None or not name.of or not self.is_gradient(name):
            return stated or (self._by_convention(name) if conventional else None)
        variable = self.variable(name)
        entry = self.own(variable) or self._by_convention(variable)
        return as_gradient(self, entry, variable.key) if entry else None

    def forget(self, name: Symbol, *, of_all: bool = False) -> None:
        """Forget what a name was assigned; with `of_all` also what was noted about it."""
        self.assigned.pop(name.key, None)
        if of_all:
            self.noted.forget(name.key)
        self.found.clear()

    def begin_function(self, scope: Scope) -> None:
        """Begin a function: keep what was assigned before the first function, forget what was assigned since."""
        self.function = scope
        if self.quantities is not None:
            self.quantities.begin(scope)
        if self._outside is None:
            self._outside = dict(self.assigned), dict(self.identities.held), self.naming.supposed()
        self.assigned.clear()
        self.assigned.update(self._outside[0])
        self.identities = Identities(dict(self._outside[1]))
        self.naming.go_back(*self._outside[2])
        self.found.clear()

    def end_functions(self) -> None:
        """End the program: forget what its functions assigned."""
        if self._outside is not None:
            self.begin_function(Scope(""))
            self._outside = None

    def enter(self, scope: Place) -> None:
        """Continue below other headings, and forget what was assigned in sections that have ended."""
        if scope == self.scope:
            return
        for key, place in self._places.end(scope):
            if (entry := self.assigned.pop(key, None)) is not None:
                self.left.pop(key, None)
                self.left[key] = place, entry._replace(origin=entry.origin._replace(far=True))
        for key in list(self.left)[:-LEFT]:
            del self.left[key]
        self.naming.go_back({}, False)
        self.found.clear()
        self.scope = scope

    def start_again(self, assigned: Mapping[str, Entry]) -> None:
        """Return to the start of the file, when only these were assigned."""
        self.enter(())
        for key in self.assigned.keys() - assigned.keys():
            del self.assigned[key]
        self.left.clear()
        self._places = Places()

    def suppose(self, name: Symbol, shape: Shape) -> None:
        """Identify the dimensions of a shape with the convention's, until the function ends."""
        if not name.of:
            self.naming.suppose(name, shape)
            self.found.clear()

    def note(self, noted: Mapping[Symbol, Entry], found: Mapping[str, Entry]) -> None:
        """Replace the shapes stated in passing (`noted`), and those found earlier in the file (`found`)."""
        self.found.clear()
        self._known.clear()
        if not found and self._mentioned == (self.identities, self.naming.changes) and self.noted.is_again(noted):
            return
        self.noted = NotedShapes(noted, found)
        for name, entry in noted.items():
            self.naming.mention(entry.shape)
            self.identities.mention(entry.shape)
            either = entry.origin.of == EITHER_WAY
            self.naming.suppose(name, tuple([dim for dim in entry.shape if not either or dim is not ONE]))
        self._mentioned = self.identities, self.naming.changes

    def required(self, name: Symbol) -> Entry | None:
        """The shape that an equation must give a name; what was assigned below other headings does not count."""
        entry = self.look_up(name)
        return None if entry and entry.origin.far and entry.origin.kind == "equation" else entry

    def look_up(self, name: Symbol) -> Entry | None:
        """The shape of a name and where it comes from; None if unknown."""
        found = self.found.get(name.key)
        if found is None:
            found = self._look_up(name)
            if found is not None and not any([type(dim) is Var for dim in found.shape]):
                remember(self.found, name.key, found)
        return found

    def _look_up(self, name: Symbol) -> Entry | None:
        if name.component:
            return self.stated.of(name) or part(name, self.whole)
        if name.base in self.losses and not self.stated.of(name):
            return SCALAR
        entry = self.own(name) or by_gradient(self, name) or self._as_dimension(name) or self._by_convention(name)
        entry = entry or rate(name, self.look_up)
        if entry is None and name.key not in self.will_be_assigned:
            entry = estimate(name, self.look_up)
        if entry is None and (name.example or name.key in self.several):
            return example(self, name) or self._solved(name)
        return entry or (SCALAR if self._is_scalar(name) else self._solved(name))

    def take_rank(self, name: Symbol, rank: int) -> Shape | None:
        """Give an unknown name the rank that an operation needs; returns its shape."""
        if self.quantities is None or name.component:
            return None
        if name.of and self.is_gradient(name):
            name = self.variable(name)
        return self.quantities.take_rank(name, rank)

    def _solved(self, name: Symbol) -> Entry | None:
        """The shape that a document's formulas together give a name."""
        return self.quantities.look_up(name) if self.quantities is not None else None

    def whole(self, name: Symbol) -> Entry | None:
        """The array that a name is a part of, if it is known."""
        array = make(name.base, name.layer, name.example)
        return self.own(array) or self._by_convention(array)

    def _is_scalar(self, name: Symbol) -> bool:
        """Whether an otherwise unknown name is a number: a dimension, or a number's letter that is never assigned."""
        is_number = name.key in self.counts or is_number_by_letter(name, self.stated)
        is_size = self.is_dimension(name) and not self._is_given(name)
        return is_size or (is_number and name.key not in self.will_be_assigned)

    def _is_given(self, name: Symbol) -> bool:
        """Whether a name is a parameter of the function and never a divisor: then it is not a size from elsewhere."""
        return self.function is not None and name.key in self.function.parameters - self.counts

    def _as_dimension(self, name: Symbol) -> Entry | None:
        """A number, if the author uses the name as a dimension: this precedes a convention's array of that name."""
        is_size = name.layer is None and name.key in self.naming.dimensions and not self._is_given(name)
        return SCALAR if is_size else None

    def own(self, name: Symbol) -> Entry | None:
        """What is stated, assigned or noted about a name."""
        return self.stated.of(name) or self.assigned.get(name.key) or self.noted.of(name)

    def _by_convention(self, name: Symbol) -> Entry | None:
        shape = self._conventional_shape(name)
        return None if shape is None else Entry(tuple(map(self.naming.opened, shape)), CONVENTIONAL)

    def _conventional_shape(self, name: Symbol) -> Shape | None:
        return None if name.example or is_authors(self, name, self._outside is not None) else self.naming.shape(name)

    def is_dimension(self, name: Symbol) -> bool:
        """Whether a dimension has that name."""
        if name.key in self.naming.dimensions or name.key in self.naming.sizes or self.layout.is_dimension(name):
            return True
        return name.layer is not None and f"{name.base}{name.layer.text}" in self.naming.dimensions

    def is_known(self, name: Symbol) -> bool:
        """Whether a name is known, as a variable, a scalar or a dimension."""
        known = self._known.get(name.key)
        if known is None:
            known = name.key in self.losses or self.is_factor(name) or self.is_dimension(name)
            remember(self._known, name.key, known)
        return known

    def is_factor(self, name: Symbol) -> bool:
        """Whether a name before a bracket is a factor: a variable, or a letter for scalars."""
        is_call = name.key in self.losses or name.key in ERRORS.keys() - self.will_be_assigned
        is_variable = self.stated.of(name) or (not is_call and self.is_variable(name))
        return bool(is_variable) or (name.base in SCALARS and name.layer is None)

    def is_splittable(self, name: Symbol) -> bool:
        """Whether this name may be split off from a run of letters."""
        return name.base in SCALARS or self._is_named(name) or self.is_dimension(name)

    def is_variable(self, name: Symbol) -> bool:
        """Whether a name is known as a variable: stated, assigned, a convention's, or the gradient of one."""
        return self._is_named(name) or self.is_gradient(name)

    def _is_named(self, name: Symbol) -> bool:
        usual = part(name, self.whole) if name.component else self._conventional_shape(name)
        return name.key in self.will_be_assigned or (self.own(name) or usual) is not None

    def variable(self, name: Symbol) -> Symbol:
        """The symbol of which a name is spelled as the gradient: of δ the file's z or Z."""
        variable = elsewhere(name.gradient_of(), self.known_keys(), self.used)
        return make(self.layout.variable_of_error, *variable[2:5], variable.entry) if name.base == "δ" else variable

    def is_gradient(self, name: Symbol) -> bool:
        """Whether a name is the gradient of something known: stated, assigned, a convention's or used in the file."""
        if not name.of or is_authors_error(self, name):
            return False
        variable = self.variable(name)
        return variable.key in self.used or self._is_named(variable)

    def dimension(self, name: Symbol) -> AnyDim:
        """The dimension with that name, with its size if stated; for a variable of code the number that it holds."""
        held = self.identities.held.get(name.key)
        text = name.key if name.layer is None or name.layer.value is None else f"{name.base}{name.layer.text}"
        return held or self.identities.told(self.naming.dimension(text))

    def go_on_from(self, other: Table) -> None:
        """Share what equations assign with another table."""
        self.assigned = other.assigned

    def known_keys(self) -> Iterable[str]:
        """The keys of all names that are stated or assigned."""
        return {*self.stated, *self.assigned}
