"""SC002: a comment that silences findings on a line that has none."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Fix
from ..syntax.nodes import Trouble
from ..text import Source
from ._comments import line_with, removal
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    pragma, unused = trouble.words["pragma"], trouble.words["unused"]
    silenced = f"no {' or '.join(unused)}" if unused else "no finding"
    edit = removal(pragma, unused, source)
    title = f"remove {' and '.join(unused)} from the comment" if edit.text else "remove the comment"
    fix = Fix(title, line_with(edit, source, pragma.span.start), (edit,), safe=True)
    return rule.finding(f"nothing to ignore: there is {silenced} here", trouble.span, fixes=(fix,))


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
