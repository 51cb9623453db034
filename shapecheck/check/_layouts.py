"""What a whole section says of its layout: gradients written transposed, or another convention that suits it better."""

from __future__ import annotations

from collections.abc import Iterable

from ..choose import better_convention, writes_gradients_transposed
from ..documents import Passage
from ..notations import notations
from ..sections import Section
from ..settings import Settings
from ..syntax.nodes import Equation
from ..text import Source
from ._outcomes import Outcome, check_section

MOST = 500
"""How many passages a section may have to be tried as a whole in another layout."""
TRANSPOSED = "every gradient here is its variable's shape transposed (numerator layout): they are checked as such"


def laid_out(section: Section, source: Source, settings: Settings) -> tuple[list[Outcome], tuple[str, ...]]:
    """The outcomes of a section in the layout that its gradients are written in, and what there is to say of it."""
    outcomes = check_section(section, source, settings)
    if not any([outcome.is_wrong for outcome in outcomes]) or not 1 < len(outcomes) <= MOST:
        return outcomes, ()
    voting = [pair for pair in zip(section.part.passages, outcomes, strict=True) if not pair[0].pragma]
    wrong = parsed(section, (passage for passage, outcome in voting if outcome.is_wrong))
    right = parsed(section, (passage for passage, outcome in voting if not outcome.is_wrong))
    if writes_gradients_transposed(section, wrong, right):
        return check_section(section.transposed(), source, settings), (TRANSPOSED,)
    better = better_convention(section, wrong, right)
    note = f"fewer formulas are wrong where {better.words}: add the line @convention {better.name}" if better else ""
    return outcomes, (note,) if note else ()


def parsed(section: Section, passages: Iterable[Passage]) -> list[Equation]:
    """The equations and expressions of some passages."""
    parse = notations[section.notation].parse
    return [each for passage in passages for each in parse(passage.window).statements if type(each) is Equation]
