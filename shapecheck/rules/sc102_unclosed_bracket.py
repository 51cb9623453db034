"""SC102: a bracket that is never closed."""

from __future__ import annotations

from ._finding import saying
from ._rule import Rule

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
    explain=saying("`{bracket}` is never closed: `{expected}` is missing"),
)
