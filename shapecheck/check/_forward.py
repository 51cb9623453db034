"""What a document's forward equations say of shapes that nobody states: its gradients are checked against them.

After `Z = X W`, `∂L/∂W = X^T ∂L/∂Z` is right whatever the sizes are, and so it is understood. A formula that does not
fit stays unknown: the names may be of another rank than is supposed here, so that nothing is blamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from ..diagnostic import FormulaResult
from ..infer import Checked
from ..sections import Section
from ..shapes.dims import ONE, Dim, Shape, Var, prune, symbol
from ..symbols import Symbol
from ..syntax.nodes import Apply, Equation, Name, Node, walk
from ..text import Span
from ._outcomes import UNREAD, Outcome

_CODE = frozenset(("python", "matlab"))
_CONSTANTS = frozenset("I1𝟙…")


def understood(section: Section, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes of a section, its gradients that fit the forward equations being right."""
    if not any([_is_open(formula) for outcome in outcomes for formula in outcome.formulas]):
        return outcomes
    there = section.alternative(section.convention)
    supposed = _supposed(there)
    if not supposed:
        return outcomes
    there.table.suppose_shapes(supposed)
    fitting = set(_fitting(there))
    return [outcome._replace(formulas=tuple(_settled(outcome.formulas, fitting))) for outcome in outcomes]


def _is_open(formula: FormulaResult) -> bool:
    return formula.status == "unknown" and formula.why != UNREAD


def _settled(formulas: Iterable[FormulaResult], fitting: set[Span]) -> Iterator[FormulaResult]:
    for formula in formulas:
        fits = _is_open(formula) and formula.span in fitting
        yield replace(formula, status="ok", why="") if fits else formula


def _mathematics(section: Section) -> Iterator[tuple[Section, Equation]]:
    """The statements of a section that are no code, resolved, each with the section for its notation."""
    for passage in section.part.passages:
        there = section.at(passage)
        if there.notation not in _CODE:
            there.enter(passage)
            there.table.noted.forget_vectors()
            for _, statement in there.equations((passage,)):
                yield there, there.resolver.resolve(statement)


def _supposed(section: Section) -> dict[str, Shape]:
    """Shapes for the names of which nothing is known, in sizes of their own, in which the forward equations fit."""
    found: dict[str, Shape] = {}
    for there, statement in _mathematics(section):
        for name in list(_names(there, statement.members)):
            if there.table.look_up(name) is None:
                found[name.key] = Var(eager=True), Var(eager=True)
                there.table.suppose_shapes(found)
        if _is_forward(there, statement):
            _take(there, statement)
    sizes: dict[int, Dim] = {}
    fresh = count(1)
    return {key: tuple(_sized(dim, sizes, fresh) for dim in shape) for key, shape in found.items()}


def _take(section: Section, statement: Equation) -> None:
    """Hold what a forward equation says, if it fits what those before it say."""
    solver = section.statements.solver
    mark = solver.mark()
    checked = section.statements.attempt(statement)
    if checked.failures:
        solver.undo(mark)
        return
    for var, dim in list(solver.deferred):
        solver.unify(var, dim)
    solver.commit()


def _sized(dim: Dim | Var, sizes: dict[int, Dim], fresh: count[int]) -> Dim:
    """A dimension that the forward equations leave open, as one of its own."""
    dim = prune(dim)
    if isinstance(dim, Dim):
        return dim
    if id(dim) not in sizes:
        sizes[id(dim)] = symbol(f"supposed_{next(fresh)}")
    return sizes[id(dim)]


def _names(section: Section, members: Iterable[Node]) -> Iterator[Symbol]:
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
    keys = [section.survey.reading.by_key.get(node.key) for node in nodes if type(node) is Name]
    if any(type(node) is Apply and node.op == "jacobian" for node in nodes):
        return False
    return not any(name is not None and section.table.is_gradient(name) for name in keys)


def _fitting(section: Section) -> Iterator[Span]:
    """Where the formulas stand that are about gradients and fit, whatever the sizes are."""
    for there, statement in _mathematics(section):
        there.resolver.troubles.clear()
        if _is_about_gradients(there, statement):
            checked = there.statements.check(statement)
            if not (checked.facts or checked.unknown) and _is_matrix(checked):
                yield statement.span


def _is_about_gradients(section: Section, statement: Equation) -> bool:
    return len(statement.members) > 1 and any(
        (name := section.survey.reading.by_key.get(node.key)) is not None and section.table.is_gradient(name)
        for member in statement.members
        for node in walk(member)
        if type(node) is Name
    )


def _is_matrix(checked: Checked) -> bool:
    return checked.shape is not None and any(prune(dim) is not ONE for dim in checked.shape)
