"""Statements as claims: what each says of open shapes is taken for true as long as it fits what the others say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..ops import is_a
from ..shapes.dims import ONE, Dim, Shape, Var, prune
from ..shapes.solve import Solver
from ..symbols import Reading
from ..syntax.nodes import Equation, Name, Pairing, walk
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

    def take_pairing(self, pairing: Pairing, examples: bool = False) -> None:
        """Claim that two things have one shape if that fits; without sizes, or with `examples` of them, one rank."""
        self.solver.rigid = True
        engine = Engine(self.table, self.reading, self.solver)
        shapes = [engine.shape(node) for node in (pairing.one, pairing.other)]
        symbol = self.reading.by_key[pairing.one.key]
        if not pairing.sizes or (examples and pairing.is_trial):
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


def tied(checked: Checked) -> Iterator[Var]:
    """The open dimensions that a statement constrains: those in more than one of its arrays.

    `A` and `A.T` are one array, and do not constrain each other.
    """
    nodes = [node for member in checked.equation.members for node in walk(member)]
    arrays = {node.key if type(node) is Name else id(node): node for node in nodes if not is_a(node, "transposition")}
    shapes = [shape for node in arrays.values() if (shape := checked.shapes.get(id(node)))]
    places = Counter(id(dim) for shape in shapes for dim in {*map(prune, shape)})
    dims = {id(dim): dim for shape in shapes for dim in map(prune, shape) if type(dim) is Var}
    yield from (dim for key, dim in dims.items() if places[key] > 1)


def mixes(checked: Checked) -> bool:
    """Whether a number meets a letter where a statement does not fit: one of the two is an example."""
    pairs = [tuple(map(prune, fact.clash.dims)) for fact in checked.failures if len(fact.clash.dims) == 2]
    known = ((one, other) for one, other in pairs if isinstance(one, Dim) and isinstance(other, Dim))
    return any((one.value is None) is not (other.value is None) for one, other in known if ONE not in (one, other))
