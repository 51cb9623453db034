"""What a whole section says of its layout: gradients written transposed, or another convention that suits it better."""

from __future__ import annotations

from ..choose import Vote, better_convention, in_numerator_layout, instead, voted
from ..conventions import NONE, Convention
from ..sections import Section
from ..settings import Settings
from ._blame import solved
from ._confidence import OTHERWISE
from ._outcomes import Outcome, check_section
from ._texts import Texts

MOST = 500
"""The most passages of a section that is tried as a whole in another layout; a text with more has to stay fast."""
SEVERAL = 2
"""How many formulas must contradict the chosen convention to discard it: a single one is a mistake."""
TRANSPOSED = "all gradients here are transposed (numerator layout) and are checked in that layout"


def in_its_layout(section: Section) -> Section:
    """A section under the convention that its formulas plainly vote for."""
    vote = _vote(section) if section.is_open else None
    return section.alternative(vote.convention) if vote and vote.convention and vote.is_clear else section


def _vote(section: Section) -> Vote:
    passages = [passage for passage in section.part.passages if not passage.pragma]
    statements = section.equations(passages[:MOST])
    return instead(section, statements) if section.given_up else voted(section, statements)


def laid_out(section: Section, texts: Texts, settings: Settings) -> tuple[list[Outcome], tuple[str, ...]]:
    """The outcomes of a section in the layout that its formulas are written in, and what there is to say of it."""
    if section.is_open:
        return _voted(section, texts, settings)
    outcomes = check_section(section, texts, settings)
    if not section.asked:
        outcomes = _with_solved(section, outcomes, texts, settings)
    return _held(section, outcomes, texts, settings)


def _voted(document: Section, texts: Texts, settings: Settings) -> tuple[list[Outcome], tuple[str, ...]]:
    """The outcomes of a document in the convention that its formulas vote for, or together if they vote for none."""
    vote = _vote(document)
    outcomes = None if vote.is_clear else _without_convention(document, vote.convention, texts, settings)
    if outcomes is not None:
        return outcomes, _told(document, None)
    section = document.alternative(vote.convention) if vote.convention and vote.is_clear else document
    outcomes = check_section(section, texts, settings)
    if section is document:
        return outcomes, ()
    together = _against(document, outcomes, texts, settings)
    if together is not None:
        return together, _told(document, None)
    outcomes, notes = _held(section, outcomes, texts, settings)
    return outcomes, (*_told(document, section.convention), *notes)


def _held(
    section: Section, outcomes: list[Outcome], texts: Texts, settings: Settings
) -> tuple[list[Outcome], tuple[str, ...]]:
    """The outcomes under the convention that holds: with gradients as rows if they are written so, or a note."""
    if not any([outcome.is_wrong for outcome in outcomes]) or len(outcomes) > MOST:
        return outcomes, ()
    voting = [pair for pair in zip(section.part.passages, outcomes, strict=True) if not pair[0].pragma]
    wrong = section.equations(passage for passage, outcome in voting if outcome.is_wrong)
    right = section.equations(passage for passage, outcome in voting if not outcome.is_wrong)
    turned = in_numerator_layout(section, [passage for passage, _ in voting])
    if turned is not None:
        return check_section(turned, texts, settings), (TRANSPOSED,)
    better = better_convention(section, wrong, right) if len(outcomes) > 1 else None
    note = f"fewer formulas are wrong if {better.words}: add the line @convention {better.name}" if better else ""
    return outcomes, (note,) if note else ()


def _told(document: Section, meant: Convention | None) -> tuple[str, ...]:
    """What is said of a text that speaks against the usual convention: which one holds there, if any."""
    if document.given_up is None:
        return ()
    usual = document.given_up.name
    if meant is None:
        return (f"these formulas do not fit the {usual} convention: their shapes follow from each other",)
    return (f"these formulas are in the {meant.name} layout ({meant.words}), not in that of {usual}",)


def _without_convention(
    section: Section, leading: Convention | None, texts: Texts, settings: Settings
) -> list[Outcome] | None:
    """The outcomes of a document that votes for no convention, None if it declares shapes in comments.

    The formulas together say the shapes that the author does not state. A convention that few vote for helps to
    understand them, but it blames none: it holds only where all fit.
    """
    solution = None if section.table.stated else solved(section, texts, settings)
    if solution is not None and (leading is None or any(map(_is_understood, solution))):
        return solution
    if leading is not None:
        there = section.alternative(leading)
        outcomes = check_section(there, texts, settings)
        if not any([found.severity != "info" for outcome in outcomes for found in outcome.found]):
            return outcomes
    return solution


def _with_solved(section: Section, outcomes: list[Outcome], texts: Texts, settings: Settings) -> list[Outcome]:
    """The outcomes, with those of formulas whose shapes follow only from all formulas together."""
    if not any(map(_is_open, outcomes)) or len(outcomes) > MOST:
        return outcomes
    together = solved(section.alternative(NONE), texts, settings)
    return [new if _is_open(old) and not _is_open(new) else old for old, new in zip(outcomes, together, strict=True)]


def _is_open(outcome: Outcome) -> bool:
    """Whether one of a passage's formulas is not understood."""
    return any([formula.status == "unknown" for formula in outcome.formulas])


def _is_understood(outcome: Outcome) -> bool:
    """Whether something is said of one of a passage's formulas."""
    return any([formula.status != "unknown" for formula in outcome.formulas])


def _against(section: Section, held: list[Outcome], texts: Texts, settings: Settings) -> list[Outcome] | None:
    """What a document's formulas together say, where they speak against the convention that they vote for.

    One formula that does not fit a convention is a mistake; where several do not, and would without it, or where half
    of what it leaves open is understood without it and nothing is wrong, it is not what the author means.
    """
    wrong, unknown = _counts(held)
    if section.table.stated or not wrong + unknown:
        return None
    together = solved(section, texts, settings)
    errors, open_ = _counts(together)
    is_contradicted = errors + SEVERAL <= wrong and open_ <= unknown
    is_in_the_way = errors == wrong == 0 and open_ < unknown and 2 * open_ <= unknown
    return together if is_contradicted or is_in_the_way else None


def _counts(outcomes: list[Outcome]) -> tuple[int, int]:
    """How many formulas do not fit, and how many are not understood."""
    formulas = [formula for outcome in outcomes for formula in outcome.formulas]
    wrong = [formula for formula in formulas if formula.status == "error" or formula.why == OTHERWISE]
    return len(wrong), sum(formula.status == "unknown" for formula in formulas if formula.why != OTHERWISE)
