"""SC102: a bracket that is never closed."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    bracket, expected = trouble.words["bracket"], trouble.words["expected"]
    return unread(rule, trouble, f"`{bracket}` is never closed: `{expected}` is missing")


rule = Rule(
    code="SC102",
    name="unclosed-bracket",
    severity="error",
    finds="""
Finds brackets that are never closed. If a bracket is open at the end of a line, the formula continues on the next
line, until the bracket closes, or up to a blank line or a line that starts a new statement.
""",
    why="""
The end of the bracket decides what is in it: `1/m (A B` may be one product or another. Reading continues after it.
""",
    fix="""
Close the bracket.
""",
    bad="dW2 = 1/m (dZ2 A1.T",
    good="dW2 = 1/m (dZ2 A1.T)",
    explain=_explain,
)
