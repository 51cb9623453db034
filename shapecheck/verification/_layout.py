"""Numerator layout: derivatives of a number by a matrix that are the transpose of the gradient."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..choose import in_numerator_layout
from ..evaluate import array, silently
from ..gradient import Claim, may_be_turned
from ..sections import Section
from ..values import NamedTuple
from ._relations import agree
from ._trial import Trial, Unverified
from ._whole import Judged

SEVERAL = 2
"""How many transposed gradients show numerator layout: a single one is as likely a forgotten transpose."""


def in_its_rows(section: Section) -> Section:
    """The section, in numerator layout where its formulas fit so alone."""
    return section if section.is_open else in_numerator_layout(section, section.part.passages) or section


class NumeratorLayout(NamedTuple):
    """How a text lays its derivatives of numbers by matrices: how many are transposes, and whether all may be."""

    turned: int = 0
    is_numerator: bool = True

    def allows(self, claim: Claim, trial: Trial) -> bool:
        """Whether a claim is right as the transpose of the gradient: a row, or one of several; raises Unverified."""
        if not (self.is_numerator and is_turned(claim, trial)):
            return False
        return self.turned >= SEVERAL or 1 in array(trial.wanted(claim)).shape


def layout_of(works: Sequence[Judged]) -> NumeratorLayout:
    """The layout of a text, by all its derivatives: where one is the gradient as it stands, none is meant turned."""
    with silently():
        return NumeratorLayout(sum(_those(works, is_turned)), not any(_those(works, _is_upright)))


def _those(works: Sequence[Judged], holds: Callable[[Claim, Trial], bool]) -> Iterator[bool]:
    for judged in works:
        for claim in judged.graph.claims if judged.drawn is not None else ():
            try:
                yield judged.drawn is not None and holds(claim, judged.drawn.trial)
            except Unverified:
                yield False


def is_turned(claim: Claim, trial: Trial) -> bool:
    """Whether a claim is the transpose of the gradient, and not the gradient itself."""
    return _sides(claim, trial) == (False, True)


def _is_upright(claim: Claim, trial: Trial) -> bool:
    return _sides(claim, trial) == (True, False)


def _sides(claim: Claim, trial: Trial) -> tuple[bool, bool]:
    """Whether a claim is the gradient, and whether it is its transpose, where its author may mean either."""
    if claim.sides or not may_be_turned(claim, trial.work.graph):
        return False, False
    given: Any = trial.given(claim)
    wanted = trial.wanted(claim)
    return agree(given, wanted), agree(given, array(wanted).T)
