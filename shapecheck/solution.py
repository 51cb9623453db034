"""Solve for the shapes of a section: every formula is a claim, and most claims are right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count, islice

from .course import Line, arrays_in, backward, course, numbers_in, plain_among_bold, states_numbers
from .infer import Checked, Statements
from .infer._claims import mixes, tied
from .sections import Section
from .shapes.dims import ONE, AnyDim, Shape, Var, prune, symbol
from .shapes.solve import ESTABLISHED
from .symbols import Symbol
from .syntax.nodes import Apply, Equation, Name, Pairing, keys_in
from .table import MOST_TURNS, Origin, Quantities, Quantity, may_turn, turn, turns, vectors
from .table._places import Place
from .table._quantities import Renewal
from .usual import Claims, take_layout
from .values import replace

FORWARD, OTHER = ESTABLISHED, 1
"""How much a forward equation, and any other formula, counts for the dimensions in it."""
RENEWALS = 3
"""How often names are split below later headings: each round may show that more formulas use new names."""
_SIZES = "pqrstuvw"


class Solution:
    """The shapes of a section's quantities, solved from its lines without those left out.

    `checked` is what is known of each line, `behind` are the numbers of those that speak of gradients, `failing` of
    those that do not fit the others, `squaring` of gradients in code, and of formulas addressed to shapecheck, that
    force an array to be square although the other lines do not. Which names are `renewed` is found, unless given.
    """

    def __init__(
        self,
        section: Section,
        lines: list[Line],
        without: Collection[int] = (),
        renewed: frozenset[Renewal] | None = None,
    ) -> None:
        self.section = section
        self.lines = lines
        self.without = without
        self.table = section.table
        self.before = dict(self.table.assigned)
        self.behind = backward(lines)
        self.failing: set[int] = set()
        self.squaring: set[int] = set()
        self.checked: dict[int, Checked] = {}
        self._taken: set[int] = set()
        self._learned = False
        self._claims: Claims = []
        self._numbers: frozenset[str] = frozenset()
        self._has_examples = False
        self._mixed: set[int] = set()
        self._plain = plain_among_bold(lines)
        self._arrays: dict[int, dict[str, Quantity]] = {}
        self.quantities = self._afresh(renewed or frozenset())
        self._solve(RENEWALS if renewed is None else 0)

    @property
    def blamable(self) -> set[int]:
        """The lines that do not fit, and those left out."""
        return {*self.failing, *self.without}

    @property
    def cost(self) -> int:
        """How many of the written lines do not fit."""
        return sum(self.lines[number].is_written for number in self.failing)

    def sharing(self, line: Line) -> set[int]:
        """The lines that share an array with a line."""
        return set().union(*(quantity.whole.borne for quantity in self._arrays.get(line.number, {}).values()))

    def _afresh(self, renewed: frozenset[Renewal]) -> Quantities:
        """Start with quantities about which nothing is known."""
        self.checked, self.squaring = {}, set()
        self._taken, self._arrays = set(), {}
        self.table.quantities = Quantities(renewed)
        return self.table.quantities

    def _renewed(self) -> frozenset[Renewal]:
        """The names of lines that do not fit the text below other headings, and from where on they are new."""
        found = (self._renewals(line) for line in self.lines if line.number in self.failing)
        return frozenset(each for renewals in found for each in renewals) - self.quantities.renewed

    def _renewals(self, line: Line) -> Iterator[Renewal]:
        scope = line.passage.scope
        if not scope or line.section.notation.is_code:
            return
        for name, quantity in self._arrays.get(line.number, {}).items():
            others = [self.lines[number].passage.scope for number in quantity.whole.borne]
            apart = [other for other in others if other != scope]
            if apart:
                yield name, scope[: 1 + min(_common(scope, other) for other in apart)]

    def _solve(self, renewals: int) -> None:
        """Use the forward equations first, then the others, then the usual convention, until nothing changes."""
        behind = self.behind
        self._sweep(behind, left_out=behind)
        for _ in range(renewals):
            renewed = self._renewed()
            if not renewed:
                break
            self.quantities = self._afresh(self.quantities.renewed | renewed)
            self._sweep(behind, left_out=behind)
        self._settle(behind)
        if self.failing and (squares := self._squares()):
            self._suppose(behind, squares)
        if len(self._mixed & self.failing) > 1 and any(map(_is_trial, self.lines)):
            self._suppose(behind, self._numbers, has_examples=True)
        usual = take_layout(self.section, self._claims)
        if usual:
            self.quantities.sizes |= usual
            self._sweep(behind)
        self.quantities.is_open = False
        self._name_sizes()
        self.table.start_again(self.before)

    def _settle(self, behind: frozenset[int]) -> None:
        """Use the forward equations as far as they fit, then all lines."""
        if not self.failing and self._learned:  # of an array of which nothing was known earlier lines may say more
            self._sweep(behind, left_out=behind)
        if self.failing:
            self._sweep(behind, left_out=behind, rigid=False)
        self._sweep(behind)

    def _squares(self) -> frozenset[str]:
        """The small letters, given by nobody, that are square matrices in lines that do not fit: `s` of `W + s B A`."""
        names = [name for number in self.failing for name in self._arrays.get(number, {})]
        symbols = [self.section.survey.reading.by_key[key] for key in names]
        return frozenset(
            name.key
            for name in symbols
            if len(name.key) == 1 and name.key.islower() and name.key not in self.table.will_be_assigned
            if _is_square(self.quantities.of(name).shape)
        )

    def _suppose(self, behind: frozenset[int], numbers: frozenset[str], has_examples: bool = False) -> None:
        """Take some letters for numbers, and sizes for examples, if more lines fit then; else all is as it was."""
        cost, before = self.cost, dict(vars(self))
        self._numbers, self._has_examples = numbers, has_examples
        self.quantities = self._afresh(self.quantities.renewed)
        self._sweep(behind, left_out=behind)
        self._settle(behind)
        if len(self.failing) >= len(before["failing"]) or (has_examples and self.cost + 1 >= cost):
            vars(self).update(before)
            self.table.quantities = self.quantities

    def _sweep(self, behind: frozenset[int], left_out: frozenset[int] = frozenset(), rigid: bool = True) -> None:
        """Apply the lines in order; a line that fails is ignored, and its name left open."""
        self.failing, self._claims = set(), []
        self.table.start_again(self.before)
        for line in course(self.lines):
            statement, statements = line.statement, line.section.statements
            if isinstance(statement, Pairing):
                statements.take_pairing(statement, self._has_examples)
            elif not isinstance(statement, Equation):
                continue
            elif line.number in left_out or line.number in self.without:
                statements.leave_out(statement)
            else:
                is_behind = line.number in behind
                self._take(line, statements, rigid or is_behind, OTHER if is_behind else FORWARD)

    def _take(self, line: Line, statements: Statements, rigid: bool, weight: int) -> None:
        equation = line.statement
        assert isinstance(equation, Equation)
        target = equation.members[0]
        stated = target.key if type(target) is Name and states_numbers(equation) else ""
        self._take_names(line, equation, statements, stated)
        is_strict = line.passage.explicit or (weight == OTHER and line.section.notation.is_code)
        oblong = self._oblong(line, equation) if is_strict else []
        open_ = self._open(line, equation)
        checked = self._either_way(equation, statements, rigid=True)
        if open_ and not checked.failures and self._open(line, equation) < open_:
            checked = self._either_way(equation, statements, rigid=True)  # each array as the others now say
        self._learned = self._learned or bool(open_)
        if checked.failures and not rigid:
            checked = self._either_way(equation, statements, rigid=False)
        self.checked[line.number] = checked
        if checked.failures:
            self.failing.add(line.number)
            self._mixed.update([line.number] if line.is_written and mixes(checked) else ())
        elif line.number not in self._taken:
            self._taken.add(line.number)
            self._bear_out(line, checked, weight)
        if any(prune(shape[0]) is prune(shape[1]) for shape in oblong):
            self.squaring.add(line.number)
        statements.bind(checked)
        if stated:
            may_turn(self.table, stated)

    def _take_names(self, line: Line, equation: Equation, statements: Statements, stated: str) -> None:
        """Take a line's arrays for what they are by themselves; what it gives its name is known by all the others."""
        target, numbers = equation.members[0], numbers_in(equation.members) | self._numbers | self._plain
        given: Symbol | None = None
        for name in arrays_in(line.section, equation.members):
            quantity = self._arrays.setdefault(line.number, {})[name.key] = self.quantities.of(name)
            if name.key != stated and not line.section.notation.is_code and self.table.look_up(name) is None:
                if type(target) is Name and name.key == target.key and name.key not in numbers:
                    given = name
                else:
                    self.table.take_rank(name, 0 if name.key in numbers else 2)
            self._claims.append((name, self.table.assigned.get(name.key) or quantity))
        if given is not None:
            self.table.take_rank(given, 0 if self._makes_number(equation, statements) else 2)

    def _makes_number(self, equation: Equation, statements: Statements) -> bool:
        """Whether the value of a statement is a number for all shapes of its arrays, such as a trace or a norm."""
        value = equation.members[-1]
        if len(equation.members) < 2 or type(value) is not Apply:
            return False
        mark = statements.solver.mark()
        taken = statements.take(replace(equation, members=(value,)), rigid=False)
        statements.solver.undo(mark)
        return taken.shape == ()

    def _open(self, line: Line, equation: Equation) -> set[str]:
        """The arrays on a line's right side about which nothing is known, not even the number of axes."""
        names = arrays_in(line.section, equation.members[1:])
        return {name.key for name in names if self.table.look_up(name) is None}

    def _oblong(self, line: Line, equation: Equation) -> list[Shape]:
        """The shapes of a line's matrices of which other lines say that they have two sizes."""
        entries = map(self.table.look_up, arrays_in(line.section, equation.members))
        shapes = [entry.shape for entry in entries if entry is not None and len(entry.shape) == 2]
        return [shape for shape in shapes if _is_oblong(*map(prune, shape))]

    def _either_way(self, equation: Equation, statements: Statements, rigid: bool) -> Checked:
        """Apply a line as a claim; if its vectors do not fit as they are, with some of them transposed."""
        mark = statements.solver.mark()
        checked = statements.take(equation, rigid)
        if checked.is_right:
            return checked
        names = {*keys_in(*equation.members)}
        for turned in islice(turns(vectors(self.table, sorted(names))), MOST_TURNS):
            statements.solver.undo(mark)
            turn(self.table, turned)
            other = statements.take(equation, rigid)
            if other.is_right:
                return other
            turn(self.table, turned)
        statements.solver.undo(mark)
        return statements.take(equation, rigid)

    def _bear_out(self, line: Line, checked: Checked, weight: int) -> None:
        """Note that a line confirms its dimensions and quantities."""
        for dim in tied(checked):
            dim.support += weight
        assert isinstance(line.statement, Equation)
        for name in arrays_in(line.section, line.statement.members):
            quantity = self.quantities.of(name)
            quantity.borne.add(line.number)
            if line.statement.span and quantity.origin.span is None:
                quantity.origin = Origin("equation", line.statement.span, cell=self.table.cell)

    def _name_sizes(self) -> None:
        """Give letters to the sizes that are not stated."""
        letters = _letters(self.section)
        for shape in self.quantities.shapes():
            for dim in map(prune, shape):
                if type(dim) is Var and dim.support:
                    letter = next(letters)
                    dim.bound = symbol(letter)
                    self.quantities.sizes.add(letter)


def _is_trial(line: Line) -> bool:
    """Whether a line hands a function an argument to try it out."""
    return isinstance(line.statement, Pairing) and line.statement.is_trial


def _is_oblong(one: AnyDim, other: AnyDim) -> bool:
    is_told = all(dim is not ONE and (not isinstance(dim, Var) or dim.support > 0) for dim in (one, other))
    return is_told and one is not other


def _is_square(shape: Shape | None) -> bool:
    dims = [prune(dim) for dim in shape or ()]
    return len(dims) == 2 and dims[0] is dims[1] is not ONE


def _common(one: Place, other: Place) -> int:
    """How many headings two places share."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _letters(section: Section) -> Iterator[str]:
    """Names for sizes that the document does not use for anything else."""
    taken = {name.base for name in section.survey.reading.by_key.values()} | set(section.table.naming.dimensions)
    yield from (letter for letter in _SIZES if letter not in taken)
    yield from (f"{_SIZES[0]}{number}" for number in count(1))
