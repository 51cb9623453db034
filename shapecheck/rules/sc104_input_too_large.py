"""SC104: an input beyond a limit of what is read."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    return unread(rule, trouble, f"too large to be checked: {trouble.words['what']}")


rule = Rule(
    code="SC104",
    name="input-too-large",
    severity="error",
    finds="""
Finds formulas longer than 20,000 characters, or nested deeper than 200 (brackets in brackets, powers of powers),
numbers of more than 1,000 digits, dimensions of more than 200 terms, and files above 50 MB.
""",
    why="""
These are limits of the program, not mistakes in the formula: no formula that a person writes comes near them, and
without them a damaged or a made-up input could stop the check of all others.
""",
    fix="""
Divide the formula: give a part of it a name, in an equation of its own.
""",
    bad=f"A1 = {'exp(' * 250}Z1{')' * 250}",
    good="A1 = exp(Z1)",
    explain=_explain,
)
