"""Check one statement as a transaction: the readings of its operators, its sides, and the name it binds."""

from __future__ import annotations

from itertools import islice

from ..ops import is_a
from ..ops.arithmetic import UPDATES
from ..ops.derivatives import diagonal
from ..shapes.constraints import Clash
from ..shapes.dims import ONE, Shape, prune
from ..shapes.solve import Solver
from ..symbols import Reading, Symbol
from ..syntax.nodes import Apply, Equation, Name, Node, keys_in, walk
from ..table import Entry, Table
from ..table._last_resort import last_resort, loosen
from ..values import replace
from ._claims import Claims
from ._entrywise import entrywise_in
from ._fractions import ended
from ._indices import index_facts
from ._losses import is_array_of_losses, is_loss, is_no_number
from ._wants import is_of_any_size
from .engine import Engine
from .facts import Checked, Fact
from .members import has_ellipsis, has_jacobian, is_constant, is_definition, is_mapping, is_open, is_zero
from .readings import LIMIT, is_of_one_example, is_spread, readings, sums


class Statements(Claims):
    """The statements of one file, checked in order over one table of names."""

    def __init__(self, table: Table, reading: Reading, mathematics: bool = True, grace: bool = True) -> None:
        self.table = table
        self.reading = reading
        self.solver = Solver(mathematics)
        self.grace = grace

    def check(self, equation: Equation) -> Checked:
        """The statement's shapes and facts; if it fits, the names that it assigns are bound."""
        self.table.naming.begin()
        is_solved = self.table.quantities is not None
        self.solver.rigid = is_solved
        mark = self.solver.mark()
        checked = self._fitting(equation)
        if checked.failures:
            self.solver.undo(mark)
        self._bind(checked)
        if is_solved:
            self.solver.undo(mark)
        self.solver.commit()
        return checked

    def _fitting(self, equation: Equation) -> Checked:
        """The equation as its signs are usually read, else in the first other reading in which it fits."""
        mark = self.solver.mark()
        usual = self._in_fractions(self.attempt(equation), mark)
        equation = usual.equation
        if usual.failures and any(map(has_ellipsis, equation.members)):
            return replace(usual, facts=(), unknown=True)
        if not usual.failures and usual.unknown and len(equation.members) > 1:
            return self._summed(usual, mark)
        if not usual.failures or not self.grace:
            return usual
        best = usual
        for other, doubts, read in readings(equation, usual):
            self.solver.undo(mark)
            checked = self.attempt(other)
            if is_spread(checked, read):
                continue
            if checked.is_clear and (usual.unknown or not checked.unknown):
                return replace(checked, facts=doubts)
            if len(checked.failures) < len(best.failures) and _is_of_numbers(doubts):
                best = checked
        self.solver.undo(mark)
        if best is not usual:
            return best
        is_supposed = any(map(self._is_supposed, equation.members))
        return _lost(usual) if is_open(usual) or is_supposed else self._otherwise(equation, usual)

    def _in_fractions(self, usual: Checked, mark: tuple[int, int]) -> Checked:
        """The statement with its fractions as long as types say, where it fits so."""
        other = ended(usual.equation, usual) if self.grace else None
        if other is None:
            return usual
        self.solver.undo(mark)
        checked = self.attempt(other)
        if not checked.failures:
            return checked
        self.solver.undo(mark)
        return self.attempt(usual.equation)

    def _is_supposed(self, member: Node) -> bool:
        """Whether a member holds what is only supposed to be a number: a derived function, an entry of no array."""
        return any(self._is_anyones(part) for part in walk(member))

    def _is_anyones(self, node: Node) -> bool:
        if type(node) is not Name:
            return type(node) is Apply and node.op == "supposed"
        symbol = self.reading.by_key.get(node.key)
        if symbol is None or not symbol.entry or self.table.stated.of(symbol):
            return False
        return self.table.whole(symbol) is None

    def _otherwise(self, equation: Equation, usual: Checked) -> Checked:
        """A statement that fails by what a convention says of the names that are not declared, without that."""
        names = {*keys_in(*equation.members)}
        symbols = (self.reading.by_key.get(key) for key in names)
        what = last_resort(self.table, (symbol for symbol in symbols if symbol is not None))
        if not what:
            return usual
        mark = self.solver.mark()
        loosen(self.table, what)
        checked = self.attempt(equation)
        is_wrong = bool(checked.failures) or self.table.naming.guesses_number
        loosen(self.table, "")
        if not is_wrong and what != "dimensions":
            return checked
        self.solver.undo(mark)
        return usual if is_wrong else _lost(usual)

    def _summed(self, usual: Checked, mark: tuple[int, int]) -> Checked:
        """A Σ without its index is the sum over examples, or over all entries, whichever the left side wants."""
        for other in islice(sums(usual.equation), 3 * LIMIT):
            self.solver.undo(mark)
            checked = self.attempt(other)
            is_wanted = usual.shape is not None or (checked.shape == () and is_loss(usual.equation.members[0]))
            if is_wanted and not checked.failures and not checked.unknown:
                return checked
        self.solver.undo(mark)
        return self.attempt(usual.equation)

    def trial(self, equation: Equation, known: dict[int, Shape]) -> Checked:
        """Check the statement without binding anything."""
        mark = self.solver.mark()
        checked = self.attempt(equation, known)
        self.solver.undo(mark)
        return checked

    def attempt(self, equation: Equation, known: dict[int, Shape] | None = None) -> Checked:
        """One walk over the statement in one reading."""
        engine = Engine(self.table, self.reading, self.solver, known)
        members = equation.members
        first, *others = members
        shape = target = self._target(equation, engine) if others else engine.shape(first)
        for member in others:
            if member is not others[-1] and (has_jacobian(member) or _is_by_name(engine, member)):
                continue
            if len(others) > 1 and is_constant(member):
                continue
            shape = self._side(equation, engine, member, target)
            if target is None and self.grace and is_array_of_losses(engine, first, member):
                engine.facts.append(Fact("sides", member, (first, member), ((), shape or ())))
            elif is_no_number(first, shape):
                engine.unknown, shape = True, None
            target = shape if target is None else target
        if self.grace and self.reading.has_entries and not engine.facts:
            engine.facts.extend(islice(index_facts(engine, equation), 1))
        unknown = engine.unknown or shape is None
        name = first.key if others and type(first) is Name else None
        result = target if target is not None and others else shape
        beyond = tuple(engine.troubles)
        return Checked(equation, engine.shapes, tuple(engine.facts), engine.readings, name, result, unknown, beyond)

    def _target(self, equation: Equation, engine: Engine) -> Shape | None:
        """The shape of the left side; a name that has none yet is not a loss."""
        node = equation.members[0]
        if is_definition(node) or self._names_anew(node):
            return None
        if type(node) is not Name:
            return engine.shape(node)
        symbol = self.reading.by_key.get(node.key)
        entry = symbol and self._expected(symbol, equation)
        found = entry.shape if entry else None
        engine.shapes[id(node)] = found
        return found

    def _names_anew(self, node: Node) -> bool:
        """Whether a left side is a function of entries of something of which nothing is known, as in `log p = …`."""
        if not is_a(node, "function") or type(inner := node.args[0]) is not Name:
            return False
        symbol = self.reading.by_key.get(inner.key)
        return symbol is not None and self.table.look_up(symbol) is None

    def _expected(self, symbol: Symbol, equation: Equation) -> Entry | None:
        """The expected shape of an equation's left side: a name has one shape throughout."""
        return self.table.required(symbol)

    def _side(self, equation: Equation, engine: Engine, member: Node, target: Shape | None) -> Shape | None:
        """The shape of another member; a fact if it is not that of the first."""
        shape = engine.shape(member)
        if target is None or shape is None or self._agree(equation, member, target, shape):
            return shape
        first = equation.members[0]
        if is_mapping(first, member):
            engine.unknown = True
            return None
        known = tuple(map(prune, target)), tuple(map(prune, shape))
        engine.facts.append(Fact(self._kind(first), member, (first, member), known))
        return shape

    def _agree(self, equation: Equation, member: Node, target: Shape, shape: Shape) -> bool:
        if _is_diagonal(equation.members[0], target, shape):
            return True
        if is_constant(member) or (not target and len(shape) == 2 and self._is_a_loss(equation, member)):
            return True
        if equation.sign in UPDATES:
            return self._absorbs(target, shape)
        return self._equal(target, shape)

    def _is_a_loss(self, equation: Equation, member: Node) -> bool:
        """Whether a loss is written with examples, `-y(i) log(a(i))`, which are then thought of as numbers."""
        first = equation.members[0]
        return type(first) is Name and first.base in self.table.losses and is_of_one_example(member)

    def _absorbs(self, target: Shape, shape: Shape) -> bool:
        """Whether an update leaves the shape of its target unchanged."""
        joined = self.solver.broadcast_shapes((target, shape))
        return not isinstance(joined, Clash) and len(joined) == len(target) and self._equal(target, joined)

    def _equal(self, target: Shape, shape: Shape) -> bool:
        """Whether two shapes are one; in mathematics 1×1 is a scalar, and a row may be of rank 1."""
        if len(target) == len(shape):
            return all(map(self.solver.unify, target, shape))
        if not self.solver.mathematics:
            return False
        longer, shorter = (target, shape) if len(target) > len(shape) else (shape, target)
        if len(longer) == 2 and len(shorter) < 2 and self.solver.unify(longer[0], ONE):
            return self.solver.unify(longer[1], shorter[0] if shorter else ONE)
        return len(longer) == 1 and prune(longer[0]) is ONE

    def _kind(self, target: Node) -> str:
        symbol = self.reading.by_key.get(target.key) if type(target) is Name else None
        return "gradient" if symbol and self.table.is_gradient(symbol) else "sides"

    def _bind(self, checked: Checked) -> None:
        """Record the shape of the names that a statement that fits is the first to tell."""
        members = checked.equation.members
        if len(members) == 1 or checked.shape is None or checked.failures or is_zero(members[-1]):
            return
        for member in members:
            symbol = self._unbound(member, is_first=member is members[0])
            if symbol is not None:
                self.table.assign(symbol, checked.shape, checked.equation.span)
        self._apply(members[0], members[-1])
        self._spread(members[0], checked)

    def _apply(self, name: Node, value: Node) -> None:
        """Record of what a name is a function, as `A = relu(Z)` says."""
        if type(name) is Name and type(value) is Apply and len(value.args) == 1 and type(value.args[0]) is Name:
            entrywise = is_a(value, "function")
            if entrywise or is_a(value, "softmax"):
                self.table.applied[name.key] = (value.args[0].key, entrywise)

    def _spread(self, name: Node, checked: Checked) -> None:
        """Record of which arrays a name is computed entry by entry, as `s = 1 / (1 + exp(-z))` says."""
        found = entrywise_in(checked.equation.members[-1], checked.shapes, checked.shape)
        if type(name) is Name and found:
            self.table.entrywise[name.key] = found

    def _unbound(self, member: Node, *, is_first: bool) -> Symbol | None:
        if type(member) is not Name or (not is_first and is_of_any_size(member)):
            return None
        symbol = self.reading.by_key.get(member.key)
        if symbol is not None and symbol.component:  # where its letter is not bound, an entry is a name of its own
            symbol = self.reading.symbol(member.base, member.indices)
        if symbol is None or symbol.component or self.table.required(symbol) is not None:
            return None
        return symbol


def _lost(usual: Checked) -> Checked:
    """A statement that may or may not fit."""
    return replace(usual, facts=(), shape=None, unknown=True)


def _is_diagonal(first: Node, target: Shape, shape: Shape) -> bool:
    """Whether the derivative of what is computed entry by entry is given as a matrix, the entries on its diagonal."""
    if type(first) is not Apply or first.op != "jacobian" or not first.params.get("elementwise"):
        return False
    return diagonal(target) == tuple(map(prune, shape))


def _is_of_numbers(doubts: tuple[Fact, ...]) -> bool:
    """Whether a reading only takes products for those of numbers, as `A(1 - A)` is meant whatever else is wrong."""
    written = [doubt.node for doubt in doubts if doubt.words.get("code") == "SC403"]
    return len(written) == len(doubts) > 0 and all(
        type(node) is Apply and any(type(part) is Apply and part.op == "add" for part in node.args) for node in written
    )


def _is_by_name(engine: Engine, member: Node) -> bool:
    """Whether a member in the middle of a chain names a function of which nothing is known, as in `Z = f(X, A) = …`."""
    if type(member) is not Apply or member.op != "unknown":
        return False
    unknown = engine.unknown
    engine.shape(member)
    engine.unknown = unknown
    return True
