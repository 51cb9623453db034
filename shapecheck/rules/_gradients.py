"""What the gradient rules share: where a finding points, and how the formula was evaluated."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ._rule import Rule
from ._wording import listed, span_of


def judged(rule: Rule, fact: Fact, message: str, label: str, hints: tuple[str, ...] = ()) -> Diagnostic:
    """An error in the value of a formula, at the wrong part or at its whole right side."""
    span = span_of(fact.node)
    labels = (Label(span, label),) if label else ()
    return rule.finding(message, span, labels, (*hints, _given(fact)))


def _given(fact: Fact) -> str:
    """How a formula was evaluated: on which arrays, and which gradients were assumed to be right."""
    how = f"evaluated on random arrays (seed {fact.words['seed']})"
    given = list(fact.words["given"])
    return f"{how}, assuming {listed(given)} {'is' if len(given) == 1 else 'are'} right" if given else how
