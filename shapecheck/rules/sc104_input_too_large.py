"""SC104: input that exceeds a size limit."""

from __future__ import annotations

from ._finding import saying
from ._rule import Rule

rule = Rule(
    code="SC104",
    name="input-too-large",
    severity="error",
    finds="""
Finds formulas longer than 20,000 characters or nested more than 200 levels deep (brackets in brackets, powers of
powers), numbers with more than 1,000 digits, dimensions with more than 200 terms, LaTeX macros that add more than
50,000 characters to a file (or, if it is longer, as many as it has), and files larger than 50 MB.
""",
    why="""
These are limits of the program, not mistakes in the formula. No formula written by hand comes near them; without them,
one damaged or malicious file could block the check of all others.
""",
    fix="""
Split the formula: give part of it a name in a separate equation.
""",
    bad=f"A1 = {'exp(' * 250}Z1{')' * 250}",
    good="A1 = exp(Z1)",
    explain=saying("too large to check: {what}"),
)
