"""The table of names: which shape each has, and where it comes from, while a file is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from .conventions import UNITS, UNKNOWN_EXAMPLES, UNKNOWN_UNITS, Layout, is_conventional
from .shapes.dims import ONE, AnyDim, Dim, Shape, Var, prune, substitute, symbol
from .symbols import GREEK, Symbol, make
from .text import Span

SCALARS = frozenset(
    "α β γ ε η λ μ τ alpha beta gamma eps epsilon eta lam lambda lambd mu lr learning_rate keep_prob e π pi".split()
)


class Origin(NamedTuple):
    """Where a shape comes from: `option`, `declaration`, `include`, `stated`, `equation`, `convention`, `gradient` or `letter`."""

    kind: str
    span: Span | None = None
    of: str = ""


class Entry(NamedTuple):
    """A name's shape and its origin."""

    shape: Shape
    origin: Origin


T = TypeVar("T")
UNKNOWNS = {UNKNOWN_EXAMPLES: symbol("m"), UNKNOWN_UNITS: UNITS}
"""What a convention leaves open from statement to statement is 1, or this dimension."""
MEMORY = 4096
"""For how many names a table remembers what it found."""
SCALAR = Entry((), Origin("letter"))
CONVENTIONAL = Origin("convention")


class Table:
    """The shapes of a file's names.

    What is stated goes first, then what was assigned, then the variable of a gradient (or the gradient of a variable), then the convention.
    In `numerator_layout` a gradient has its variable's shape transposed; a `general` table takes a 1 that is stated for a convention's
    dimension for that dimension. `ones` are the dimensions that are stated to be 1. `contradicted` says that what is stated fits
    the convention in no naming of its dimensions.
    """

    def __init__(self, layout: Layout, numerator_layout: bool = False, general: bool = False) -> None:
        self.layout = layout
        self.numerator_layout = numerator_layout
        self.general = general
        self.ones: set[str] = set()
        self.stated: dict[str, Entry] = {}
        self.assigned: dict[str, Entry] = {}
        self.will_be_assigned: frozenset[str] = frozenset()
        self.used: frozenset[str] = frozenset()
        self.dimensions: set[str] = set()
        self.sizes: dict[str, Dim] = {}
        self._renamed: dict[str, Dim] = {}
        self.contradicted = False
        self.elementwise: set[str] = set()
        self.losses: set[str] = set()
        self._open: dict[Dim, Var] = {}
        self._scope: tuple[int, ...] = ()
        self._outside: dict[str, Entry] | None = None
        self._places: dict[str, tuple[int, ...]] = {}
        self._conventional: dict[str, Shape | None] = {}
        self._known: dict[str, bool] = {}
        self._found: dict[str, Entry] = {}

    def state(self, name: Symbol, shape: Shape, origin: Origin) -> Entry | None:
        """Record a stated shape; the earlier entry where they disagree (the earlier one holds)."""
        shape = self._generalised(name, tuple(self._sized(dim) for dim in shape))
        before = self.stated.setdefault(name.key, Entry(shape, origin))
        if not same(before.shape, shape):
            return before
        for dim in shape:
            self.dimensions.update(dim.symbols if isinstance(dim, Dim) else ())
        self._rename(name, shape)
        self._known.clear()
        self._found.clear()
        return None

    def _generalised(self, name: Symbol, shape: Shape) -> Shape:
        usual = self.layout.shape(name) or self._of_gradient(name)
        if usual is None or len(usual) != len(shape):
            return shape
        by_one = [old for old, new in zip(usual, shape, strict=True) if new is ONE and old is not ONE]
        self.ones.update(dim.text for dim in by_one if isinstance(dim, Dim) and dim not in UNKNOWNS)
        if not (self.general and by_one):
            return shape
        return tuple(old if new is ONE else new for old, new in zip(usual, shape, strict=True))

    def size(self, name: str, value: Dim) -> None:
        """Give a dimension a number, throughout the file."""
        self.sizes[name] = value
        self._conventional.clear()
        self._found.clear()
        for key, entry in self.stated.items():
            self.stated[key] = Entry(tuple(map(self._sized, entry.shape)), entry.origin)

    def _sized(self, dim: AnyDim) -> AnyDim:
        return substitute(dim, self.sizes) if self.sizes and isinstance(dim, Dim) else dim

    def _conventionally(self, dim: AnyDim) -> AnyDim:
        """A convention's dimension by the name or the size that the author gives it."""
        if isinstance(dim, Var) or not (self.sizes or self._renamed):
            return dim
        return substitute(dim, self._renamed | self.sizes)

    def _rename(self, name: Symbol, shape: Shape) -> None:
        """Take a stated shape's dimensions for those that the convention gives the same name."""
        usual = self.layout.shape(name) or self._of_gradient(name)
        if usual is None or len(usual) != len(shape):
            return
        for old, new in zip(usual, shape, strict=True):
            if isinstance(old, Var) and isinstance(new, Dim):
                old.bound = new
            elif isinstance(old, Dim) and isinstance(new, Dim):
                self._rename_one(old, new)
        self._conventional.clear()

    def _rename_one(self, old: Dim, new: Dim) -> None:
        """Take a stated dimension for a convention's, which is contradicted where that has another name already."""
        if old.value is not None or old is new:
            self.contradicted = self.contradicted or old is not new
        elif is_conventional(new.text):
            self.contradicted = self.contradicted or "m" in (old.text, new.text)
        elif len(old.symbols) == 1 and old is symbol(old.symbols[0]):
            self.contradicted = self._renamed.setdefault(old.text, new) is not new or self.contradicted

    def _of_gradient(self, name: Symbol) -> Shape | None:
        return self.layout.shape(name.gradient_of()) if name.of else None

    def assign(self, name: Symbol, shape: Shape, span: Span) -> None:
        """Record the shape that an equation gives a name."""
        self.assigned[name.key] = Entry(shape, Origin("equation", span))
        if self._scope:
            self._places[name.key] = self._scope
        for key in (name.key, "d" + name.key, name.of and self.variable(name).key):
            self._found.pop(key, None)

    def expected(self, name: Symbol, conventional: bool) -> Entry | None:
        """What an assignment has to give a name, whatever it held before: what is stated, or its variable's shape."""
        stated = self.stated.get(name.key)
        if stated is not None or not name.of or not self.is_gradient(name):
            return stated or (self._by_convention(name) if conventional else None)
        variable = self.variable(name)
        entry = self._own(variable) or (self._by_convention(variable) if conventional else None)
        origin = entry and Origin("gradient", entry.origin.span, variable.key)
        return Entry(self._laid_out(entry.shape), origin) if entry and origin else None

    def forget(self, name: Symbol) -> None:
        """Nothing is known any more of what a name holds."""
        self.assigned.pop(name.key, None)
        self._found.clear()

    def begin_function(self) -> None:
        """A function begins: what was assigned in the one before it is forgotten, what was before them all is known."""
        if self._outside is None:
            self._outside = dict(self.assigned)
        self.assigned.clear()
        self.assigned.update(self._outside)
        self._found.clear()

    def end_functions(self) -> None:
        """The program ends: what its functions assigned is forgotten."""
        if self._outside is not None:
            self.begin_function()
            self._outside = None

    def enter(self, scope: tuple[int, ...]) -> None:
        """Go on below other headings: what was assigned in sections that have ended is forgotten."""
        if scope == self._scope:
            return
        gone = [key for key, place in self._places.items() if scope[: len(place)] != place]
        for key in gone:
            self.assigned.pop(key, None)
            del self._places[key]
        self._found.clear()
        self._scope = scope

    def begin(self) -> None:
        """A new statement: what its convention leaves open is open again."""
        if self._open:
            self._open = {}

    def _opened(self, dim: AnyDim) -> AnyDim:
        """A convention's dimension; one that it leaves open is unknown, and the same throughout a statement."""
        if type(dim) is Var or dim not in UNKNOWNS:
            return dim
        if dim not in self._open:
            whole = self._conventionally(UNKNOWNS[dim])
            self._open[dim] = Var("?", eager=True, among=(ONE, whole) if isinstance(whole, Dim) else None)
        return self._open[dim]

    def look_up(self, name: Symbol) -> Entry | None:
        """The shape of a name and where it comes from, None where it is unknown."""
        found = self._found.get(name.key)
        if found is None:
            found = self._look_up(name)
            if found is not None and not any([type(dim) is Var for dim in found.shape]):
                remember(self._found, name.key, found)
        return found

    def _look_up(self, name: Symbol) -> Entry | None:
        if name.component:
            return None
        if name.base in self.losses and name.key not in self.stated:
            return SCALAR
        entry = self._own(name) or self._by_gradient(name) or self._as_stated_dimension(name) or self._by_convention(name)
        if entry is None and name.example:
            return self._example(name)
        return SCALAR if entry is None and self._is_scalar(name) else entry

    def _is_scalar(self, name: Symbol) -> bool:
        """Whether a name of which nothing else is known is a number: a dimension, or a letter that its author does not assign."""
        return self.is_dimension(name) or (name.base in SCALARS and name.key not in self.will_be_assigned)

    def _as_stated_dimension(self, name: Symbol) -> Entry | None:
        """A name without a layer that the author uses as a dimension is that number before it is a convention's array."""
        return SCALAR if name.layer is None and name.key in self.dimensions else None

    def _own(self, name: Symbol) -> Entry | None:
        return self.stated.get(name.key) or self.assigned.get(name.key)

    def _by_gradient(self, name: Symbol) -> Entry | None:
        """The shape of the variable of which a name is the gradient, or of the gradient of which it is the variable."""
        if name.of and not self._is_authors_error(name):
            variable = self.variable(name)
            entry = self._own(variable) or self._by_convention(variable)
            if entry is not None:
                return Entry(self._laid_out(entry.shape), Origin("gradient", entry.origin.span, variable.key))
        assigned = name.key in self.will_be_assigned
        gradient = None if assigned else self._own(make("d" + name.base, name.layer, name.example))
        return gradient and Entry(self._laid_out(gradient.shape), Origin("gradient", gradient.origin.span, "d" + name.key))

    def _laid_out(self, shape: Shape) -> Shape:
        """A gradient's shape for its variable's, or the reverse: transposed in the numerator layout."""
        return shape[::-1] if self.numerator_layout and len(shape) == 2 else shape

    def _by_convention(self, name: Symbol) -> Entry | None:
        if name.example:
            return None
        shape = self._conventional_shape(name)
        if shape is None:
            return None
        return Entry(tuple(map(self._opened, shape)), CONVENTIONAL)

    def _is_authors(self, name: Symbol) -> bool:
        """Whether an assigned name without an index is its author's: no weights of the file are the convention's."""
        return name.layer is None and name.key in self.will_be_assigned and not self.layout.has_weights(self.stated)

    def _conventional_shape(self, name: Symbol) -> Shape | None:
        shape = self._conventional.get(name.key)
        if shape is None and name.key not in self._conventional:
            shape = None if self._is_authors(name) else self.layout.shape(name)
            shape = shape and tuple(map(self._conventionally, shape))
            remember(self._conventional, name.key, shape)
        return shape

    def _is_authors_error(self, name: Symbol) -> bool:
        """Whether a δ without an index, assigned where no Z stands, is a name like any other."""
        mine = name.base in GREEK and name.layer is None and name.key in self.will_be_assigned
        return mine and self.variable(name).key not in self.used

    def _example(self, name: Symbol) -> Entry | None:
        """The i-th example: a column with the features of the whole."""
        whole = self._whole(name)
        if whole is None or len(whole.shape) != 2:
            return None
        features = 0 if self.layout.convention.rows != "examples" else 1
        return Entry((whole.shape[features], ONE), whole.origin)

    def _whole(self, name: Symbol) -> Entry | None:
        for base in (name.base, name.base[:-1] + name.base[-1:].upper()):
            whole = self.look_up(make(base, name.layer))
            if whole is not None:
                return whole
        return None

    def is_dimension(self, name: Symbol) -> bool:
        """Whether there is a dimension of that name."""
        if name.key in self.dimensions or name.key in self.sizes or self.layout.is_dimension(name):
            return True
        return name.layer is not None and f"{name.base}{name.layer.text}" in self.dimensions

    def is_known(self, name: Symbol) -> bool:
        """Whether a name is known in any way: as a variable, a scalar or a dimension."""
        known = self._known.get(name.key)
        if known is None:
            known = self.is_factor(name) or self.is_dimension(name)
            remember(self._known, name.key, known)
        return known

    def is_factor(self, name: Symbol) -> bool:
        """Whether a name before a bracket is a factor: a variable, or a letter that stands for a scalar."""
        return self.is_variable(name) or (name.base in SCALARS and name.layer is None)

    def is_splittable(self, name: Symbol) -> bool:
        """Whether a run of letters may be split off into this name."""
        return name.base in SCALARS or self._is_named(name) or self.is_dimension(name)

    def is_variable(self, name: Symbol) -> bool:
        """Whether a name is known as a variable: stated, assigned, a convention's, or the gradient of one."""
        return self._is_named(name) or self.is_gradient(name)

    def _is_named(self, name: Symbol) -> bool:
        known = name.key in self.stated or name.key in self.will_be_assigned or name.key in self.assigned
        return known or self._conventional_shape(name) is not None

    def variable(self, name: Symbol) -> Symbol:
        """The symbol of which a name is spelled as the gradient: of δ the file's z or Z."""
        variable = name.gradient_of()
        return make(self.layout.variable_of_error, *variable[2:5]) if name.base == "δ" else variable

    def is_gradient(self, name: Symbol) -> bool:
        """Whether a name is the gradient of something known: stated, assigned, a convention's or used in the file."""
        if not name.of or self._is_authors_error(name):
            return False
        variable = self.variable(name)
        return variable.key in self.used or self._is_named(variable)

    def dimension(self, name: Symbol) -> AnyDim:
        """The dimension of that name, with its size where one is stated."""
        text = name.key if name.layer is None or name.layer.value is None else f"{name.base}{name.layer.text}"
        return self._conventionally(symbol(text)) if text not in self.dimensions else self._sized(symbol(text))

    def known_keys(self) -> Iterable[str]:
        """The keys of all names that are stated or assigned."""
        return {*self.stated, *self.assigned}


def remember(cache: dict[str, T], key: str, value: T) -> None:
    """Keep what was found for a name; formulas near each other share names, so that a small memory serves."""
    if len(cache) >= MEMORY:
        cache.clear()
    cache[key] = value


def same(left: Shape, right: Shape) -> bool:
    """Whether two shapes are equal as they stand."""
    return len(left) == len(right) and all(prune(a) is prune(b) for a, b in zip(left, right, strict=True))
