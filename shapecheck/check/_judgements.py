"""What a look at gradients has to say of formulas whose shapes fit, joined to what is said of their shapes."""

from __future__ import annotations

from collections.abc import Mapping

from ..diagnostic import Diagnostic, FormulaResult, Verdict
from ..documents import Passage
from ..text import Span
from ..values import NamedTuple, replace
from ._outcomes import Outcome


class Judgement(NamedTuple):
    """What is known of a formula for a derivative, which gives a `name` its value.

    `found` is what is wrong, `why` says why it is not verified, `of` is the variable whose gradient it is. Without a
    verdict it is only on the way to a derivative. What is `transposed` is right as the transpose of the gradient.
    """

    name: str
    verdict: Verdict
    found: tuple[Diagnostic, ...] = ()
    why: str = ""
    of: str = ""
    transposed: bool = False


NO_REASON = "the forward pass that it belongs to is not known"
Place = tuple[int | None, int]
"""The cell of a passage, and where the passage begins."""


def place_of(passage: Passage) -> Place:
    """Where a passage stands."""
    return passage.cell, passage.window.start


class Judgements(NamedTuple):
    """The judgements on a source by passage and span of the formula, and what there is to say of all of them."""

    by_place: Mapping[Place, Mapping[Span, Judgement]]
    notes: tuple[str, ...] = ()


def judged(outcome: Outcome, passage: Passage, judgements: Judgements) -> Outcome:
    """What became of a passage, with what is known of its gradients.

    A formula whose shapes do not fit keeps that, unless it is right as a transpose. Of one that is wrong anyway it is
    not said how it may be read: the fix would leave it wrong.
    """
    here = dict(judgements.by_place.get(place_of(passage), {}))
    formulas: list[FormulaResult] = []
    found = list(outcome.found)
    for formula in outcome.formulas:
        judgement = here.pop(formula.span, None)
        if judgement is None or not judgement.verdict:
            formulas.append(formula)
        elif formula.status == "error" and judgement.transposed:
            formulas.append(_joined(replace(formula, shape=formula.shape and formula.shape[::-1]), judgement))
            found = [each for each in found if not _is_within(each, formula)]
        elif formula.status == "error":
            formulas.append(replace(formula, verdict="wrong"))
        else:
            formulas.append(_joined(formula, judgement))
            if judgement.verdict == "wrong":
                found = [each for each in found if each.severity == "error" or not _is_within(each, formula)]
            found.extend(judgement.found)
    for span, judgement in here.items():
        wrong = (each for each in outcome.found if each.severity == "error")
        if judgement.verdict and not any(span.start <= each.span.start < span.end for each in wrong):
            formulas.append(_joined(FormulaResult(span, "ok", judgement.name, None), judgement))
            found.extend(judgement.found)
    return Outcome(tuple(sorted(formulas, key=lambda each: each.span)), tuple(found))


def _is_within(found: Diagnostic, formula: FormulaResult) -> bool:
    return formula.span.start <= found.span.start < formula.span.end


def _joined(formula: FormulaResult, judgement: Judgement) -> FormulaResult:
    """A formula whose shapes fit, as far as they are known, with what is known of its value."""
    if judgement.verdict == "wrong":
        return replace(formula, status="error", verdict="wrong")
    if judgement.verdict == "not verified":
        why = judgement.why or formula.why or NO_REASON
        return replace(formula, status="unknown", why=why, verdict="not verified")
    return replace(
        formula, status="ok", why="", gradient_of=judgement.of, verdict="right", transposed=judgement.transposed
    )
