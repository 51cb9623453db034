"""Statements as claims: what each says of open shapes is taken for true as long as it fits what the others say."""

from __future__ import annotations

from ..shapes.dims import Shape
from ..shapes.solve import Solver
from ..symbols import Reading
from ..syntax.nodes import Equation, Pairing
from ..table import Quantity, Table
from ._wants import quantity
from .engine import Engine
from .facts import Checked


class Claims:
    """What takes claims; how a statement is checked and what it binds is told by who derives from it."""

    table: Table
    reading: Reading
    solver: Solver

    def take(self, equation: Equation, rigid: bool) -> Checked:
        """The statement as a claim: if it fits, what it says of open shapes holds; its names are bound in any case.

        A `rigid` claim makes no two dimensions one that are established apart.
        """
        self.solver.rigid = rigid
        self.table.naming.begin()
        mark = self.solver.mark()
        checked = self._fitting(equation)
        if checked.failures:
            self.solver.undo(mark)
        return checked

    def take_pairing(self, pairing: Pairing) -> None:
        """Claim that two things have one shape, or one rank, if that fits."""
        self.solver.rigid = True
        engine = Engine(self.table, self.reading, self.solver)
        shapes = [engine.shape(node) for node in (pairing.one, pairing.other)]
        symbol = self.reading.by_key[pairing.one.key]
        if not pairing.sizes:
            if shapes[1] is not None:
                self.table.take_rank(symbol, len(shapes[1]))
            return
        one, other = (quantity(engine, node) for node in (pairing.one, pairing.other))
        if one is not None and other is not None:
            one.join(other)
        if shapes[1] is not None and self.table.quantities is not None:
            self.pair(self.table.quantities.of(symbol), shapes[1])
        elif shapes[0] is not None and other is not None:
            other.take(shapes[0])
        self.solver.commit()

    def begin_function(self, name: str) -> None:
        """Go on in a function of a program, or in none."""

    def bind(self, checked: Checked) -> None:
        """Bind the names of a statement that was taken, and keep what it says."""
        self._bind(checked)
        self.solver.commit()

    def leave_out(self, equation: Equation) -> None:
        """Leave a statement out; of what it would bind nothing is known."""

    def pair(self, quantity: Quantity, shape: Shape) -> bool:
        """Claim that a quantity has a shape; where that does not fit the claim is given up."""
        known = quantity.shape
        if known is None:
            quantity.take(shape)
        if known is None or known is shape:
            return True
        mark, rigid = self.solver.mark(), self.solver.rigid
        self.solver.rigid = True
        fits = len(known) == len(shape) and all(map(self.solver.unify, known, shape))
        if not fits:
            self.solver.undo(mark)
        self.solver.rigid = rigid
        return fits

    def _fitting(self, equation: Equation) -> Checked:
        raise NotImplementedError

    def _bind(self, checked: Checked) -> None:
        raise NotImplementedError
