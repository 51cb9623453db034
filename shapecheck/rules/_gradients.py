"""What the rules on gradients share: where they point, and what a formula was judged by."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ._rule import Rule
from ._wording import listed, span_of


def judged(rule: Rule, fact: Fact, message: str, label: str, hints: tuple[str, ...] = ()) -> Diagnostic:
    """An error in the value of a formula, at the part that is wrong or at the whole of its right side."""
    span = span_of(fact.node)
    labels = (Label(span, label),) if label else ()
    return Diagnostic(rule.code, rule.name, rule.severity, message, span, labels, (*hints, _given(fact)))


def _given(fact: Fact) -> str:
    """What a formula was judged by: the gradients in it, each taken to be right."""
    seed = f"on random arrays (seed {fact.words['seed']})"
    taken = list(fact.words["given"])
    return f"judged {seed}, {listed(taken)} being right" if taken else f"judged {seed}"
