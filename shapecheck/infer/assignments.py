"""Statements of code: an assignment binds its name anew, whatever it was before."""

from __future__ import annotations

from ..ops import is_a
from ..ops.arithmetic import UPDATES
from ..shapes.dims import ONE, AnyDim, Dim, Shape, Var, is_single, prune
from ..symbols import ERRORS, Reading, Symbol
from ..syntax.nodes import NOWHERE, Apply, Equation, Name, Node, walk, without
from ..table import HIDDEN, Entry, Table, go_back, identify, known_now, makes_square
from ..text import Span
from ..values import replace
from ._wants import quantity
from .engine import Engine
from .facts import Checked, Fact
from .members import is_constant
from .statement import Statements

MOST = 4
"""How many dimensions of one statement may be found to be others."""


_SUMS = frozenset(("+=", "-="))


class Assignments(Statements):
    """The assignments of code, in order.

    An assignment is checked in an update (`W -= …`, `W = W - …`), against what is stated of its name, and as a gradient
    against its variable as that was last bound; otherwise it binds anew. Where its names are `of_mathematics`, as in
    MATLAB and in a line of numpy among formulas, also against what a convention says of its name, and 1×1 is a number.
    """

    def __init__(
        self, table: Table, reading: Reading, mathematics: bool = True, grace: bool = True, of_mathematics: bool = True
    ) -> None:
        super().__init__(table, reading, mathematics, grace)
        self._of_mathematics = of_mathematics
        self._names: dict[str, dict[str, Dim]] = {}

    def _expected(self, symbol: Symbol, equation: Equation) -> Entry | None:
        if is_update(equation):
            return self.table.look_up(symbol)
        if (not symbol.of or symbol.base in ERRORS) and _holds(equation.members[-1], equation.members[0]):
            return None
        if symbol.base in ERRORS and symbol.layer is None and not self.table.stated.of(symbol):
            return None
        if not self._of_mathematics and self._is_made(symbol, equation.members[-1]):
            return None
        return self.table.expected(symbol, conventional=self._of_mathematics)

    def _is_made(self, symbol: Symbol, value: Node) -> bool:
        """Whether an array is made of the sizes that code gives: as the gradient of what only a convention knows."""
        is_made = is_a(value, "made")
        return is_made and bool(symbol.of) and self.table.own(self.table.variable(symbol)) is None

    def _equal(self, target: Shape, shape: Shape) -> bool:
        is_number = self._of_mathematics and () in (target, shape) and is_single(target + shape)
        return is_number or super()._equal(target, shape)

    def _fitting(self, equation: Equation) -> Checked:
        """The equation as it stands; where a function's own name of a dimension is all that clashes, as what it is.

        Of a gradient with two such names the transpose would fit as well: it is unknown.
        """
        mark = self.solver.mark()
        checked = super()._fitting(equation)
        known = known_now(self.table) if checked.failures else None
        is_open, of_gradient = False, 0
        for _ in range(MOST):
            pair = self._doubtful(checked.failures[0]) if checked.failures else None
            if pair is None:
                break
            of_gradient += checked.failures[0].kind == "gradient"
            is_open = is_open or of_gradient > 1 or self.table.identities.mixes(*pair)
            identify(self.table, *pair)
            self.solver.undo(mark)
            checked = super()._fitting(equation)
        if known is None or not (checked.failures or is_open):
            return checked
        go_back(self.table, known)
        self.solver.undo(mark)
        if not checked.failures:
            return replace(checked, shape=None, unknown=True)
        return super()._fitting(equation)

    def _doubtful(self, fact: Fact) -> tuple[str, Dim] | None:
        """A dimension that clashes because a function names it anew, and what it may be."""
        if self.table.quantities is not None:
            return None
        pairs = [fact.clash.dims] if len(fact.clash.dims) == 2 else zip(*fact.shapes, strict=False)
        differing = (pair for pair in pairs if len(pair) == 2 and prune(pair[0]) is not prune(pair[1]))
        first = next(differing, None)
        found = self.table.identities.pair(*first) if first else None
        return None if found is None or makes_square(self.table, *found) else found

    def begin_function(self, name: str) -> None:
        """Go on in a function: names that it alone has for dimensions may mean others."""
        if self.table.quantities is not None:
            self.solver.begin(self._meant, self._names.setdefault(name, {}))

    def _meant(self, left: Dim, right: Dim) -> tuple[str, Dim] | None:
        """Two dimensions that differ, as a name of this function and what it stands for."""
        found = self.table.identities.pair(left, right)
        if found is None or self.table.identities.mixes(*found) or makes_square(self.table, *found):
            return None
        return found

    def leave_out(self, equation: Equation) -> None:
        self._bind(Checked(equation, {}, unknown=True))

    def _bind(self, checked: Checked) -> None:
        """Bind every name left of the last member; of one that is not known now nothing is known any more."""
        *targets, value = checked.equation.members
        if targets and is_update(checked.equation) and (checked.failures or checked.equation.sign in UPDATES):
            return
        shape = None if checked.failures or checked.shapes.get(id(value)) is None else checked.shape
        for target in targets:
            symbol = self.reading.by_key.get(target.key) if type(target) is Name else None
            if symbol is not None:
                self._bind_one(symbol, shape, checked.equation.span, value)

    def _bind_one(self, symbol: Symbol, shape: Shape | None, span: Span, value: Node) -> None:
        """Bind one name: to a shape, and to the number that it holds; a name of unknown shape may hold one too."""
        held = None if shape else Engine(self.table, self.reading, self.solver).dimension(value)
        if shape is None:
            self.table.forget(symbol, of_all=span is NOWHERE and type(value) is Apply and value.op == "join")
            self._stand_for(symbol, value)
        else:
            self.table.assign(symbol, shape, None if span is NOWHERE else span)
            self._pair_attribute(symbol, shape)
            self.table.suppose(symbol, shape)
        self.table.identities.hold(symbol.key, held if isinstance(held, Dim) or _is_dimension(held) else None)
        if type(value) is Apply and value.op == "dimension" and not isinstance(held, Dim):
            self.table.identities.local.add(symbol.key)

    def _stand_for(self, symbol: Symbol, value: Node) -> None:
        """A name of unknown shape stands for what it was assigned."""
        quantities = self.table.quantities
        if quantities is None:
            return
        if type(value) is Apply and value.op == "parameter":
            quantities.unbind(symbol)
            return
        engine, mark = Engine(self.table, self.reading, self.solver), self.solver.mark()
        engine.shape(value)
        self.solver.undo(mark)
        quantities.bind(symbol, quantity(engine, value))

    def _pair_attribute(self, symbol: Symbol, shape: Shape) -> None:
        """An attribute has one shape in all methods of its class, as far as nothing says otherwise."""
        quantities = self.table.quantities
        if quantities is not None and quantities.is_open and quantities.is_attribute(symbol):
            self.pair(quantities.of(symbol), shape)

    def _target(self, equation: Equation, engine: Engine) -> Shape | None:
        """The shape of the left side; a number goes into any part of an array that is known."""
        first = equation.members[0]
        if not is_a(first, "part") or not is_constant(equation.members[-1]):
            return super()._target(equation, engine)
        engine.shape(first)
        engine.unknown = engine.shapes.get(id(first.args[0])) is None
        return ()

    def _side(self, equation: Equation, engine: Engine, member: Node, target: Shape | None) -> Shape | None:
        """The shape of a further member; what a followed call gives is blamed in its own function, not once more."""
        shape = engine.shape(member) if _is_result(member) else None
        if target is None or shape is None or self._agree(equation, member, target, shape):
            return super()._side(equation, engine, member, target)
        engine.unknown = True
        return shape

    def _agree(self, equation: Equation, member: Node, target: Shape, shape: Shape) -> bool:
        first = equation.members[0]
        if is_a(first, "part"):
            return self._absorbs(target, shape)
        if equation.sign in UPDATES and not target:
            return True
        if equation.sign in _SUMS and len(shape) == 2 and self._is_inner(equation, target, shape):
            return False
        return self._is_row(equation, target, shape) or super()._agree(equation, member, target, shape)

    def _is_inner(self, equation: Equation, target: Shape, shape: Shape) -> bool:
        """Whether 1×1 is added to the gradient of a matrix: the inner product of two columns, not the outer one."""
        is_one = is_single(shape)
        return is_one and self._kind(equation.members[0]) == "gradient" and not is_single(target)

    def _is_row(self, equation: Equation, target: Shape, shape: Shape) -> bool:
        """Whether an array of rank 1 is the gradient of a row that is not stated itself: it serves as one."""
        first = equation.members[0]
        if len(target) != 2 or len(shape) != 1 or self._kind(first) != "gradient":
            return False
        symbol = self.reading.by_key.get(first.key) if type(first) is Name else None
        if symbol is not None and self.table.stated.of(symbol):
            return False
        return prune(target[0]) is ONE and self.solver.unify(target[1], shape[0])


def _is_dimension(held: AnyDim | None) -> bool:
    """Whether a name holds a dimension of something whose sizes are open."""
    return type(held) is Var and held.eager


def _holds(value: Node, name: Node) -> bool:
    """Whether a value is made of what its own name held before."""
    return any(_is(name, part) for part in walk(value))


def _is_result(node: Node) -> bool:
    """Whether a side is what a followed call gives."""
    result = without(node, "called")
    return type(result) is Name and result.base[:1] == HIDDEN


def is_update(equation: Equation) -> bool:
    """Whether an equation changes what a name holds, as `W -= …` and `W = W - …` do."""
    first, *_, value = equation.members
    if equation.sign in UPDATES:
        return True
    return type(value) is Apply and value.op == "add" and any(_is(first, term) for term in value.args)


def _is(name: Node, term: Node) -> bool:
    return type(name) is Name and type(term) is Name and name.key == term.key
