"""Gradients that are not understood, held against what the document's forward equations say of their names.

After `Z = X W`, `∂L/∂W = X^T ∂L/∂Z` is right whatever the sizes are. A formula that does not fit is wrong only where
many others do, and all its names stand in those: else the names may be of another rank than is supposed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..diagnostic import Diagnostic, FormulaResult
from ..infer import Checked
from ..rules import Case, explain
from ..sections import Section
from ..shapes.dims import ONE, Shape, prune
from ..suggest import suggest
from ..syntax.nodes import Apply, Equation, walk
from ..text import Source, Span
from ..values import replace
from ._forward import Forward, forward, is_about_gradients, mathematics, names_in
from ._operations import has_matrix_operation
from ._outcomes import UNREAD, Outcome, reported
from ._texts import Texts

LEAST = 3
"""How many gradients have to fit the forward equations, that one which does not is wrong."""
SIZES = "the document states no sizes: letters stand for them, equal where its equations need them to be"
_THOUGHTS = frozenset(("jacobian", "sigma"))


class Tried(NamedTuple):
    """A statement about gradients, the section for its notation, and what is known of it by the forward equations."""

    section: Section
    statement: Equation
    checked: Checked

    @property
    def fits(self) -> bool:
        """Whether all of it is understood and right."""
        return not (self.checked.facts or self.checked.unknown) and _is_matrix(self.checked.shape)


def understood(section: Section, outcomes: list[Outcome], texts: Texts) -> list[Outcome]:
    """The outcomes of a section, its gradients that fit the forward equations being right, some others wrong."""
    if not any([_is_open(formula) for outcome in outcomes for formula in outcome.formulas]):
        return outcomes
    there = section.alternative(section.convention)
    known = forward(there)
    if not known.entries:
        return outcomes
    there.table.suppose_shapes(known.entries)
    tried: dict[int, dict[Span, Tried]] = {}
    for place, each in _tried(there):
        tried.setdefault(place, {})[each.statement.span] = each
    blamed = _blamed(known, [each for here in tried.values() for each in here.values()])
    return [
        _judged(outcome, tried.get(place, {}), blamed, texts.of(passage))
        for place, (passage, outcome) in enumerate(zip(section.part.passages, outcomes, strict=True))
    ]


def _is_open(formula: FormulaResult) -> bool:
    return formula.status == "unknown" and formula.why != UNREAD


def _is_matrix(shape: Shape | None) -> bool:
    return shape is not None and any(prune(dim) is not ONE for dim in shape)


def _tried(section: Section) -> Iterator[tuple[int, Tried]]:
    """The equations about gradients, each with the number of its passage."""
    for there, statement, place in mathematics(section):
        there.resolver.troubles.clear()
        if len(statement.members) > 1 and is_about_gradients(there, statement):
            yield place, Tried(there, statement, there.statements.check(statement))


def _blamed(known: Forward, tried: Iterable[Tried]) -> set[int]:
    """Those that are wrong, by their `id`: they fit in no way, while most others do, in which all their names stand."""
    products = [each for each in tried if has_matrix_operation(each.checked)]
    right = [each for each in products if each.fits]
    sure = known.firm & {name.key for each in right for name in names_in(each.section, each.statement.members)}
    wrong = [each for each in products if _fails(each, sure)]
    return {id(each) for each in wrong} if len(right) >= max(LEAST, 2 * len(wrong)) else set()


def _fails(each: Tried, sure: frozenset[str]) -> bool:
    """Whether a formula fails, all of whose names are sure, and that is no step of thought."""
    nodes = (node for member in each.statement.members for node in walk(member))
    if not each.checked.failures or any(type(node) is Apply and node.op in _THOUGHTS for node in nodes):
        return False
    return all(name.key in sure for name in names_in(each.section, each.statement.members))


def _judged(outcome: Outcome, tried: dict[Span, Tried], blamed: set[int], source: Source) -> Outcome:
    """An outcome with the formulas that were open understood, or blamed."""
    formulas: list[FormulaResult] = []
    found = list(outcome.found)
    for formula in outcome.formulas:
        each = tried.get(formula.span)
        if each is None or not _is_open(formula):
            formulas.append(formula)
        elif each.fits:
            formulas.append(replace(formula, status="ok", why=""))
        elif id(each) in blamed:
            formulas.append(replace(formula, status="error", why="", shape=reported(each.checked)))
            found.extend(_explained(each, source))
        else:
            formulas.append(formula)
    return outcome._replace(formulas=tuple(formulas), found=tuple(found))


def _explained(each: Tried, source: Source) -> list[Diagnostic]:
    """What is said of a formula that is wrong."""
    case = Case(each.checked, each.section, source, ())
    return [replace(found, notes=(*found.notes, SIZES)) for found in suggest(case, explain(case))]
