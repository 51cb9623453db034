"""SC002: a comment that silences findings where there are none."""

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
Finds comments `shapecheck: ignore` or `shapecheck: ignore[SC204]` on lines where there is no such finding.
""",
    why="""
The mistake that it once silenced is gone. Left in place, the comment silences the next one.
""",
    fix="""
Delete the comment, or the codes in it that are not found: `--fix` does.
""",
    bad="dZ1 = W2.T dZ2 * g1'(Z1)   # shapecheck: ignore[SC201]",
    good="dZ1 = W2.T dZ2 * g1'(Z1)",
    explain=_explain,
)
