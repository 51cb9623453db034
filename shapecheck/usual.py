"""What is usual in the field, taken for what a document means where nothing in it says otherwise: its convention."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from .conventions import BUILT_IN, Layout
from .sections import Section
from .shapes.dims import AnyDim, Dim, Shape, Var
from .shapes.solve import Solver
from .symbols import Symbol
from .table import Entry, Quantity
from .table._naming import UNKNOWNS

Claims: TypeAlias = "list[tuple[Symbol, Entry | Quantity]]"
"""Names where they stand, each with what it stands for there."""
LEAST = 3
"""From how many arrays on that lie as a convention has them a document is taken to follow it."""
DOUBT = 2
"""How many arrays have to lie as a convention has them for each that lies otherwise."""


def take_layout(section: Section, claims: Claims) -> set[str]:
    """Take the arrays of a section to lie as those of the one convention that fits them best; its sizes that they take.

    They are none where no convention fits.
    """
    layouts = [layout for layout in (Layout(each, section.survey) for each in BUILT_IN.values()) if layout.speaks]
    scores = [_Usual(section, layout, claims).score() for layout in layouts]
    best = max(scores, default=0)
    if best < LEAST or scores.count(best) > 1:
        return set()
    return _Usual(section, layouts[scores.index(best)], claims).take()


class _Usual:
    """What a convention says of the arrays of a section, by the names that their author has for sizes."""

    def __init__(self, section: Section, layout: Layout, claims: Claims) -> None:
        self.layout = layout
        self.claims = claims
        self.solver: Solver = section.statements.solver
        self._sizes: dict[str, Dim] = {}

    def score(self) -> int:
        """How many arrays lie as the convention has them, less those that do not; nothing is taken for true."""
        mark, shapes = self.solver.mark(), list[Quantity]()
        fits = [self._fits(name, known, shapes) for name, known in self._said()]
        self.solver.undo(mark)
        for quantity in shapes:
            quantity.forget()
        return fits.count(True) - DOUBT * fits.count(False)

    def take(self) -> set[str]:
        """Take what the convention says of each array for true, where that fits; the letters that are its own."""
        for name, known in self._said():
            self._fits(name, known, [])
        self.solver.commit()
        return {letter for usual, size in self._sizes.items() if size.text == usual for letter in size.symbols}

    def _said(self) -> Iterable[tuple[Shape, Entry | Quantity]]:
        seen: set[int] = set()
        for name, known in self.claims:
            shape = self.layout.shape(name)
            if shape is not None and id(known) not in seen:
                seen.add(id(known))
                yield shape, known

    def _fits(self, shape: Shape, known: Entry | Quantity, taken: list[Quantity]) -> bool:
        """Whether a convention's shape can be that of an array; its dimensions are what they were before."""
        if isinstance(known, Quantity) and known.shape is None:
            known.take(tuple(Var(eager=True) for _ in shape))
            taken.append(known)
        assert known.shape is not None
        if len(known.shape) != len(shape):
            return False
        named = dict(self._sizes)
        mark = self.solver.mark()
        self.solver.rigid = False
        for own, dim in zip(map(self.solver.told, known.shape), shape, strict=True):
            if not self._agree(own, dim, named):
                self.solver.undo(mark)
                return False
        self._sizes = named
        return True

    def _agree(self, own: AnyDim, dim: AnyDim, named: dict[str, Dim]) -> bool:
        if isinstance(dim, Var) or dim in UNKNOWNS:
            return True
        usual = self._size(dim, own, named)
        return usual is not None and self.solver.unify(own, usual)

    def _size(self, dim: Dim, own: AnyDim, named: dict[str, Dim]) -> Dim | None:
        """What a convention's dimension is here: the author's, where he has a name for it."""
        if dim.value is not None:
            return dim
        if dim.text not in named and isinstance(own, Dim) and own.value is None:
            if own in named.values():
                return None
            named[dim.text] = own
        return named.setdefault(dim.text, dim)
