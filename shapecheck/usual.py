"""Find the usual convention that a document's arrays follow, if nothing in it says otherwise."""

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
"""Names at their places, each with what is known about it there."""
LEAST = 3
"""How many arrays must agree with a convention: fewer may agree by chance."""
DOUBT = 2
"""How many arrays must agree for each that does not: with fewer, another convention is as likely."""


def take_layout(section: Section, claims: Claims) -> set[str]:
    """Give the arrays of a section the shapes of the convention that fits them best; return the sizes they use.

    Empty if no convention fits.
    """
    layouts = [layout for layout in (Layout(each, section.survey) for each in BUILT_IN.values()) if layout.speaks]
    scores = [_Usual(section, layout, claims).score() for layout in layouts]
    best = max(scores, default=0)
    if best < LEAST or scores.count(best) > 1:
        return set()
    return _Usual(section, layouts[scores.index(best)], claims).take()


class _Usual:
    """A convention applied to the arrays of a section, with the author's names for sizes."""

    def __init__(self, section: Section, layout: Layout, claims: Claims) -> None:
        self.layout = layout
        self.claims = claims
        self.solver: Solver = section.statements.solver
        self._sizes: dict[str, Dim] = {}

    def score(self) -> int:
        """How many arrays agree with the convention, minus those that do not; nothing is bound."""
        mark, shapes = self.solver.mark(), list[Quantity]()
        fits = [self._fits(name, known, shapes) for name, known in self._said()]
        self.solver.undo(mark)
        for quantity in shapes:
            quantity.forget()
        return fits.count(True) - DOUBT * fits.count(False)

    def take(self) -> set[str]:
        """Bind each array to the convention's shape if it fits; return the convention's own letters."""
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
        """Whether an array can have a convention's shape; its dimensions are left unchanged."""
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
        """The author's name for a convention's dimension, if there is one."""
        if dim.value is not None:
            return dim
        if dim.text not in named and isinstance(own, Dim) and own.value is None:
            if own in named.values():
                return None
            named[dim.text] = own
        return named.setdefault(dim.text, dim)
