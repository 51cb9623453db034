"""SC102: a bracket that is opened and not closed."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    bracket, expected = trouble.words["bracket"], trouble.words["expected"]
    return unread(rule, trouble, f"this `{bracket}` is not closed: `{expected}` is missing")


rule = Rule(
    code="SC102",
    name="unclosed-bracket",
    severity="error",
    finds="""
Finds brackets that are opened and not closed. A bracket that is open at the end of a line continues the formula on
the next one, until it closes, to a blank line, or to a line that begins a statement of its own.
""",
    why="""
Where the bracket ends decides what it holds: `1/m (A B` may be one product or another. Reading goes on behind it.
""",
    fix="""
Close the bracket.
""",
    bad="dW2 = 1/m (dZ2 A1.T",
    good="dW2 = 1/m (dZ2 A1.T)",
    explain=_explain,
)
