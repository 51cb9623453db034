"""SC002: a comment that silences findings on a line that has none."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..pragmas import Pragma, unused_ignore
from ..text import Source
from ._rule import Rule


def _explain(rule: Rule, pragma: Pragma, unused: list[str], source: Source) -> Diagnostic:
    return unused_ignore(pragma, unused, source)


rule = Rule(
    code="SC002",
    name="unused-ignore",
    severity="warning",
    finds="""
Finds `shapecheck: ignore` and `shapecheck: ignore[SC204]` comments on lines without such a finding.
""",
    why="""
The mistake it silenced is gone. If the comment stays, it silences the next one.
""",
    fix="""
Delete the comment, or the codes in it that are no longer found. `--fix` does this.
""",
    bad="dZ1 = W2.T dZ2 * g1'(Z1)   # shapecheck: ignore[SC201]",
    good="dZ1 = W2.T dZ2 * g1'(Z1)",
    explain=_explain,
)
