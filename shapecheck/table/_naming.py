"""A convention's dimensions under the author's names and sizes."""

from __future__ import annotations

from collections.abc import Iterable

from ..conventions import UNITS, UNKNOWN_EXAMPLES, UNKNOWN_UNITS, Layout, is_conventional
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, is_single, substitute, symbol
from ..symbols import Symbol, with_letters
from ._entries import remember

UNKNOWNS = {UNKNOWN_EXAMPLES: symbol("m"), UNKNOWN_UNITS: UNITS}
"""What a convention leaves open in each statement is 1 or this dimension."""


class Naming:
    """What is known about dimensions: those that are stated, their sizes, and which of the convention's they are.

    `dimensions` has the names of the stated ones by their keys.

    `listed` are the keys of declared entries of lists; `has_own_sizes` says that a size is declared whose name is none
    of the conventions', `strained` that one that is theirs is declared for another of their sizes, `borne_out` that
    weights lie as the convention has it, for another array agrees with them.

    `changes` counts how often the local identifications of dimensions have changed.

    A `general` naming takes a 1 that is stated for a convention's dimension for that dimension. `ones` are the
    dimensions that are stated to be 1. `contradicted` says that what is stated fits the convention in no naming of its
    dimensions.
    """

    def __init__(self, layout: Layout, general: bool) -> None:
        self.layout = layout
        self.general = general
        self.dimensions: dict[str, str] = {}
        self.sizes: dict[str, Dim] = {}
        self.ones: set[str] = set()
        self.listed: set[str] = set()
        self.contradicted = False
        self.strained = False
        self.has_own_sizes = False
        self.borne_out = False
        self._said: dict[str, dict[bool, Dim]] = {}
        self._renamed: dict[str, Dim] = {}
        self._bearers: dict[Dim, set[str]] = {}
        self._open_as: dict[str, Dim] = {}
        self._here: dict[str, Dim] = {}
        self._silent = False
        self.changes = 0
        self._open: dict[Dim, Var] = {}
        self._guesses: dict[str, Shape | None] = {}
        self._loose = ""
        self._shapes: dict[str, Shape | None] = {}

    def taken(self, name: Symbol, shape: Shape) -> Shape:
        """A stated shape, with the known sizes put in."""
        shape = tuple(map(self.sized, shape))
        usual = self._usual(name, shape)
        if usual is None:
            return shape
        by_one = [old for old, new in zip(usual, shape, strict=True) if new is ONE and old is not ONE]
        self.ones.update(dim.text for dim in by_one if isinstance(dim, Dim) and dim not in UNKNOWNS)
        if not (self.general and by_one):
            return shape
        return tuple(old if new is ONE else new for old, new in zip(usual, shape, strict=True))

    def learn(self, name: Symbol, shape: Shape) -> None:
        """Identify the dimensions of a stated shape with the convention's for the same name."""
        self.mention(shape)
        self.has_own_sizes = self.has_own_sizes or not all(map(_is_theirs, shape))
        is_weight = self.layout.is_weight(name)
        for old, new in self._aligned(name, shape):
            if isinstance(old, Var) and isinstance(new, Dim):
                old.bound = new
            elif isinstance(old, Dim) and isinstance(new, Dim):
                self._bear_out(old, new, is_weight)
                self._rename(old, new)
        self._shapes.clear()

    def _bear_out(self, old: Dim, new: Dim, is_weight: bool) -> None:
        """Note whether the weights and another array agree on one of the convention's dimensions."""
        said = self._said.setdefault(old.text, {is_weight: new})
        self.borne_out = self.borne_out or said.get(not is_weight) is new
        said.setdefault(is_weight, new)

    def suppose(self, name: Symbol, shape: Shape) -> None:
        """Identify the dimensions of a local shape with the convention's, as long as that shape holds.

        If they cannot be its dimensions, the convention supplies no shapes there.
        """
        for old, new in self._aligned(name, shape):
            if isinstance(old, Dim) and isinstance(new, Dim) and old is not new and old not in UNKNOWNS:
                layouts_differ = old.value is not None or (is_conventional(new.text) and "m" in (old.text, new.text))
                before = self._renamed.get(old.text) or self._here.setdefault(old.text, new)
                self._silent = self._silent or layouts_differ or before is not new
                self.changes += 1
                self._shapes.clear()

    def supposed(self) -> tuple[dict[str, Dim], bool]:
        """A snapshot of the local identifications."""
        return dict(self._here), self._silent

    def go_back(self, here: dict[str, Dim], silent: bool) -> None:
        """Restore a snapshot."""
        if (here, silent) != (self._here, self._silent):
            self._here, self._silent = dict(here), silent
            self.changes += 1
            self._shapes.clear()

    def mention(self, shape: Shape) -> None:
        """Record the names in a shape as names of dimensions."""
        for dim in shape:
            self.dimensions |= {with_letters(name): name for name in (dim.symbols if isinstance(dim, Dim) else ())}

    def _usual(self, name: Symbol, shape: Shape) -> Shape | None:
        """The convention's shape of a name, or of its variable if it is a gradient; None if the rank differs."""
        usual = self.layout.shape(name) or (self.layout.shape(name.gradient_of()) if name.of else None)
        return usual if usual is not None and len(usual) == len(shape) else None

    def _aligned(self, name: Symbol, shape: Shape) -> Iterable[tuple[AnyDim, AnyDim]]:
        """The convention's dimensions of a name, each with that of a shape; a row 1×n is aligned with a vector (n,)."""
        usual = self.layout.shape(name) or (self.layout.shape(name.gradient_of()) if name.of else None) or ()
        if len(usual) != len(shape):
            usual, shape = (tuple(dim for dim in each if dim is not ONE) for each in (usual, shape))
        return zip(usual, shape, strict=True) if len(usual) == len(shape) else ()

    def _rename(self, old: Dim, new: Dim) -> None:
        """Identify a convention's dimension with a stated one; this contradicts an earlier one with another name."""
        if old in UNKNOWNS:
            self._open_as.setdefault(old.text, new)
        elif old.value is not None or old is new:
            self.contradicted = self.contradicted or old is not new
        elif is_conventional(new.text) and not (old.text[-1] == "]" and new.text[1:].isdecimal()):
            self.strained = True
            self.contradicted = self.contradicted or "m" in (old.text, new.text)
        elif len(old.symbols) == 1 and old is symbol(old.symbols[0]):
            is_another = self._renamed.setdefault(old.text, new) is not new
            theirs = self._bearers.setdefault(new, set())
            theirs.update(() if is_another or new.value is not None else (old.text,))
            self.contradicted = self.contradicted or is_another or ("m" in theirs and len(theirs) > 1)

    def size(self, name: str, value: Dim) -> None:
        """Set the size of a dimension."""
        self.sizes[name] = value
        self._shapes.clear()

    def sized(self, dim: AnyDim) -> AnyDim:
        """A dimension with the stated sizes put in."""
        return substitute(dim, self.sizes) if self.sizes and isinstance(dim, Dim) else dim

    def _named(self, dim: Dim) -> Dim:
        """A convention's dimension under the author's name or size."""
        told = (self._here, self._open_as, self._renamed, self.sizes)
        meant = {name: names[name] for names in told for name in dim.symbols if name in names}
        return substitute(dim, meant) if meant else dim

    def dimension(self, text: str) -> AnyDim:
        """The dimension with that name."""
        return self.sized(symbol(self.dimensions[text])) if text in self.dimensions else self._named(symbol(text))

    def shape(self, name: Symbol) -> Shape | None:
        """The convention's shape of a name, in the author's dimensions; None without one."""
        if self._loose == "names":
            return None
        if self._loose == "guess":
            return self._guessed(name)
        shape = self._shapes.get(name.key)
        if shape is None and name.key not in self._shapes:
            shape = None if self._silent else self.layout.shape(name)
            shape = shape and tuple([self._named(dim) if isinstance(dim, Dim) else dim for dim in shape])
            remember(self._shapes, name.key, shape)
        return shape

    def _guessed(self, name: Symbol) -> Shape | None:
        """A shape of the convention's rank with unknown dimensions, the same throughout a statement."""
        if name.key not in self._guesses:
            usual = self.layout.shape(name)
            self._guesses[name.key] = usual and tuple([dim if dim is ONE else Var("?", eager=True) for dim in usual])
        return self._guesses[name.key]

    @property
    def guesses_number(self) -> bool:
        """Whether one of the guessed shapes turned out to be a single number."""
        return any(shape and is_single(shape) for shape in self._guesses.values())

    def begin(self) -> None:
        """Begin a statement: what the convention leaves open is open again."""
        if self._open:
            self._open = {}
        if self._guesses:
            self._guesses = {}

    def opened(self, dim: AnyDim) -> AnyDim:
        """A convention's dimension, or the unknown that it is in this statement if the convention leaves it open."""
        if not isinstance(dim, Dim) or (dim not in UNKNOWNS and not self._is_loose(dim)):
            return dim
        whole = self._named(UNKNOWNS.get(dim, dim))
        is_named = whole is not UNKNOWNS.get(dim, dim)
        if dim is UNKNOWN_UNITS and is_named:
            return whole
        if dim not in self._open:
            is_any = dim not in UNKNOWNS or (dim is UNKNOWN_EXAMPLES and self.has_own_sizes and not is_named)
            self._open[dim] = Var("?", eager=True, among=None if is_any else (ONE, whole))
        return self._open[dim]

    def is_conventional(self, dim: AnyDim) -> bool:
        """Whether a dimension is 1 or one of the convention's, under its own or the author's name."""
        if dim is ONE or dim in self._renamed.values() or not isinstance(dim, Dim):
            return True
        return bool(dim.symbols) and all(map(is_conventional, dim.symbols))

    def loosen(self, what: str) -> None:
        """Know less of the convention: none of its "names", of a "guess" the rank alone, of its "dimensions" those that
        are stated; all again with ""."""
        self._loose = what
        self.begin()

    def _is_loose(self, dim: Dim) -> bool:
        return self._loose == "dimensions" and bool(dim.symbols) and not {*self.dimensions.values()} & {*dim.symbols}


def _is_theirs(dim: AnyDim) -> bool:
    """Whether a dimension is 1 or has a name that the conventions use."""
    return dim is ONE or (isinstance(dim, Dim) and bool(dim.symbols) and all(map(is_conventional, dim.symbols)))
