"""What a document's forward equations say of shapes that nobody states: `Z = X W` that X is p×q, W q×r and Z p×r."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from ..sections import Section
from ..shapes.dims import Dim, Shape, Var, prune, symbol
from ..symbols import Symbol
from ..syntax.nodes import Apply, Equation, Name, Node, walk
from ..table import Entry, Origin

_CODE = frozenset(("python", "matlab"))
_CONSTANTS = frozenset("I1𝟙…")
_MULTIPLIED = frozenset(("product", "matmul", "np_dot", "dot", "transpose"))
_SIZES = "pqrstuvw"
_NOWHERE = Origin("supposed")


class Forward(NamedTuple):
    """The shapes of names of which nothing else is known, in which the forward equations fit.

    A target such as the y of `A - y`, which no equation holds and no formula multiplies, is of any shape at first.
    The `firm` names are those that some equation computes or multiplies, and that no equation contradicts: one that is
    only added may be spread over the others.
    """

    entries: dict[str, Entry]
    firm: frozenset[str]


class Written(NamedTuple):
    """A statement, resolved, the section for its notation, and the number of its passage."""

    section: Section
    statement: Equation
    place: int


def mathematics(section: Section) -> Iterator[Written]:
    """The statements of a section that are no code; vectors may lie as their equations want them."""
    for place, passage in enumerate(section.part.passages):
        there = section.at(passage)
        if there.notation not in _CODE:
            there.enter(passage)
            there.table.noted.forget_vectors()
            for _, statement in there.equations((passage,)):
                yield Written(there, there.resolver.resolve(statement), place)


def forward(section: Section) -> Forward:
    """What the forward equations of a section say."""
    gathered = _Gathered()
    for there, statement, _ in mathematics(section):
        gathered.read(there, statement)
    return gathered.forward(section)


class _Gathered:
    """What the equations read so far say."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.firm: set[str] = set()
        self.doubtful: set[str] = set()
        self.multiplied: set[str] = set()
        self.oblong = _Oblong()

    def read(self, section: Section, statement: Equation) -> None:
        """Take what a statement says, if it is a forward equation and fits those before it."""
        names = {name.key: name for name in names_in(section, statement.members)}
        new = [key for key, name in names.items() if section.table.look_up(name) is None]
        self.entries.update({key: Entry((Var(eager=True), Var(eager=True)), _NOWHERE) for key in new})
        if new:
            section.table.suppose_shapes(self.entries)
        if not _is_forward(section, statement):
            added = {name.key for name in names_in(section, _added(statement))}
            self.multiplied.update(names.keys() - added)
            return
        if _is_ambiguous(statement):
            self.doubtful.update(names)
        if not _fits(section, statement, self.oblong):
            self.doubtful.update(names)
            return
        self.firm.update(name.key for name in names_in(section, _multiplied(statement)))
        origin = Origin("equation", statement.span, cell=section.table.cell)
        for key in names.keys() & self.entries.keys():
            if self.entries[key].origin is _NOWHERE:
                self.entries[key] = Entry(self.entries[key].shape, origin)
                self.oblong.add(self.entries[key].shape)

    def forward(self, section: Section) -> Forward:
        """The shapes found, with letters for the sizes that nobody states."""
        sizes: dict[int, Dim] = {}
        letters = _letters(section)
        found = {
            key: _sized(entry, sizes, letters) if self._is_held(key, entry) else entry
            for key, entry in self.entries.items()
        }
        return Forward(found, frozenset(self.firm - self.doubtful))

    def _is_held(self, key: str, entry: Entry) -> bool:
        return entry.origin is not _NOWHERE or key in self.multiplied


def _added(statement: Equation) -> Iterator[Node]:
    """The names that are added in a statement, in a sum of names alone, as in `A - y`."""
    for node in (node for member in statement.members for node in walk(member)):
        if type(node) is Apply and node.op == "add":
            terms = [part.args[0] if type(part) is Apply and part.op == "neg" else part for part in node.args]
            yield from terms if all(type(term) is Name for term in terms) else ()


class _Oblong:
    """The shapes found so far whose two dimensions are not known to be equal, by those of them that are not known."""

    def __init__(self) -> None:
        self._by_var: dict[Var, list[Shape]] = {}

    def add(self, shape: Shape) -> None:
        """Add a shape; one that is square may stay so."""
        for dim in () if _is_square(shape) else map(prune, shape):
            if isinstance(dim, Var):
                self._by_var.setdefault(dim, []).append(shape)

    def are_left(self, bound: Iterable[Var]) -> bool:
        """Whether none of the shapes is square after these were bound; then it goes by what they were bound to."""
        touched = [var for var in bound if var in self._by_var]
        if any(_is_square(shape) for var in touched for shape in self._by_var[var]):
            return False
        for var in touched:
            shapes, dim = self._by_var.pop(var), prune(var)
            if isinstance(dim, Var):
                self._by_var.setdefault(dim, []).extend(shapes)
        return True


def _fits(section: Section, statement: Equation, oblong: _Oblong) -> bool:
    """Whether a forward equation fits what those before it say; then what it says holds too.

    It does not where it makes a matrix square that was not: then one of the equations is wrong, or means another.
    """
    solver = section.statements.solver
    mark = solver.mark()
    failures = section.statements.attempt(statement).failures
    for var, dim in list(solver.deferred):
        solver.unify(var, dim)
    if failures or not oblong.are_left(each for each in solver.trail[mark[0] :] if isinstance(each, Var)):
        solver.undo(mark)
        return False
    solver.commit()
    return True


def _is_square(shape: Shape) -> bool:
    return prune(shape[0]) is prune(shape[1])


def _is_ambiguous(statement: Equation) -> bool:
    """Whether a sign stands in an equation that is read as the matrix product, but may be the elementwise one."""
    nodes = (node for member in statement.members for node in walk(member))
    return any(type(node) is Apply and node.op in ("dot", "otimes") for node in nodes)


def _multiplied(statement: Equation) -> Iterator[Node]:
    """What an equation computes, and what it multiplies or transposes."""
    yield statement.members[0]
    for node in (node for member in statement.members for node in walk(member)):
        if type(node) is Apply and node.op in _MULTIPLIED:
            yield from (argument for argument in node.args if type(argument) is Name)


def _letters(section: Section) -> Iterator[str]:
    """Names for sizes that the document has for nothing else."""
    taken = {name.base for name in section.survey.reading.by_key.values()} | {*section.table.naming.dimensions.values()}
    yield from (letter for letter in _SIZES if letter not in taken)
    yield from (f"{_SIZES[0]}{number}" for number in count(1))


def _sized(entry: Entry, sizes: dict[int, Dim], letters: Iterator[str]) -> Entry:
    """A shape whose dimensions that the forward equations leave open are sizes of their own."""
    shape: Shape = ()
    for dim in map(prune, entry.shape):
        if type(dim) is Var and id(dim) not in sizes:
            sizes[id(dim)] = symbol(next(letters))
        shape = (*shape, dim if isinstance(dim, Dim) else sizes[id(dim)])
    return entry._replace(shape=shape)


def names_in(section: Section, members: Iterable[Node]) -> Iterator[Symbol]:
    """The arrays that stand in a statement: the variables of its gradients, and its other names."""
    for node in (node for member in members for node in walk(member)):
        name = section.survey.reading.by_key.get(node.key) if type(node) is Name else None
        if name is None or name.component or name.example or name.base in _CONSTANTS:
            continue
        yield section.table.variable(name) if section.table.is_gradient(name) else name


def _is_forward(section: Section, statement: Equation) -> bool:
    """Whether a statement computes one of the arrays from others, and no gradient."""
    first, *others = statement.members
    if not others or type(first) is not Name or statement.sign not in ("=", ":="):
        return False
    nodes = [node for member in statement.members for node in walk(member)]
    return not any(type(node) is Apply and node.op == "jacobian" for node in nodes) and not is_about_gradients(
        section, statement
    )


def is_about_gradients(section: Section, statement: Equation) -> bool:
    """Whether a gradient stands in a statement."""
    nodes = (node for member in statement.members for node in walk(member) if type(node) is Name)
    names = (section.survey.reading.by_key.get(node.key) for node in nodes)
    return any(name is not None and section.table.is_gradient(name) for name in names)
