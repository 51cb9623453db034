"""SC003: a line whose findings are not the expected ones."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    wanted, there = (", ".join(trouble.words[word]) or "nothing" for word in ("wanted", "there"))
    return rule.finding(f"expected {wanted} here, found {there}", trouble.span)


rule = Rule(
    code="SC003",
    name="unmet-expectation",
    severity="error",
    finds="""
Finds `expect: SC201` comments on lines whose findings are not exactly those codes.
""",
    why="""
Course notes show wrong formulas on purpose and mark them as wrong. If a marked formula is right, or wrong in another
way, it no longer shows what the text says.
""",
    fix="""
Correct the codes or the formula. If the formula is right, delete the comment.
""",
    bad="dZ1 = W2.T dZ2 * g1'(Z1)   # expect: SC201",
    good="dZ1 = dZ2 W2.T * g1'(Z1)   # expect: SC201",
    explain=_explain,
)
