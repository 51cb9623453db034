"""Steps of thought in documents: the chain rule with a tensor in it, before the result that comes out of it.

`∂L/∂W = ∂L/∂Y ∂Y/∂W` is how many a derivation begins; where `∂L/∂W = X^T ∂L/∂Y` follows, and below a sum over steps in
time, its author multiplies no tensors.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..sections import Section
from ..syntax.nodes import Apply, Equation, Name, is_op, walk
from ..text import Span
from ..values import NamedTuple, replace
from ._outcomes import Outcome

TENSOR = "SC212"
_SUMS = frozenset(("sigma", "sum_over"))
WHY = "it contains a derivative that is a tensor: it is taken to be an intermediate step"


class GradientEquation(NamedTuple):
    """An equation: the number of its passage, its span, of what it gives the gradient, and how it does so."""

    place: int
    span: Span
    of: str
    is_result: bool
    is_summed: bool


def without_thoughts(section: Section, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes of a document, with nothing found in its steps of thought."""
    if not any(found.code == TENSOR for outcome in outcomes for found in outcome.found):
        return outcomes
    steps = list(_steps(section))
    right = {(at, each.span) for at, outcome in enumerate(outcomes) for each in outcome.formulas if each.status == "ok"}
    is_right = [step.is_result and (step.place, step.span) in right for step in steps]
    results = {step.of: number for number, step in enumerate(steps) if is_right[number]}
    thoughts = [step for number, step in enumerate(steps) if step.is_summed or results.get(step.of, -1) > number]
    spans = [[step.span for step in thoughts if step.place == place] for place in range(len(outcomes))]
    return [_without(*each) for each in zip(outcomes, spans, strict=True)]


def _steps(section: Section) -> Iterator[GradientEquation]:
    """The equations of a section in order."""
    for place, passage in enumerate(section.part.passages):
        if passage.explicit:
            continue
        there = section.at(passage)
        there.enter(passage)
        for _, parsed in there.equations((passage,)):
            statement = there.resolver.resolve(parsed)
            yield GradientEquation(
                place, statement.span, _of(there, statement), not _tensors(statement), _is_summed(statement)
            )


def _of(section: Section, statement: Equation) -> str:
    """The letter of the variable whose gradient an equation gives, at whatever layer."""
    first = statement.members[0]
    name = section.survey.reading.by_key.get(first.key) if type(first) is Name else None
    return section.table.variable(name).base if name is not None and name.of else ""


def _tensors(statement: Equation) -> bool:
    return any(is_op(node, "jacobian") for node in walk(statement.members[-1]))


def _is_summed(statement: Equation) -> bool:
    """Whether the derivatives stand below a Σ."""
    sums = [node for node in walk(statement.members[-1]) if type(node) is Apply and node.op in _SUMS]
    return any(is_op(node, "jacobian") for node in walk(*sums))


def _without(outcome: Outcome, thoughts: list[Span]) -> Outcome:
    """An outcome where no tensor is found in some of its formulas."""
    meant = [each for each in outcome.found if each.code == TENSOR and any(_within(each.span, at) for at in thoughts)]
    left = [each for each in outcome.found if each not in meant]
    if len(left) == len(outcome.found):
        return outcome
    formulas = [
        replace(each, status="unknown", why=WHY)
        if each.status == "error" and not any(_within(found.span, each.span) for found in left)
        else each
        for each in outcome.formulas
    ]
    return outcome._replace(formulas=tuple(formulas), found=tuple(left))


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start < outer.end
