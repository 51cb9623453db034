"""SC401: `a * b @ c`, which Python groups from the left, and which fits only as `a * (b @ c)`."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._finding import doubt, regrouped
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    message = f"`*` and `@` rank alike and group from the left; here only {regrouped(case, fact)} fits"
    return doubt(rule, case, fact, message, ("Python computes the other grouping, and fails: write the brackets",))


rule = Rule(
    code="SC401",
    name="mixed-precedence",
    severity="warning",
    finds="""
Finds `a * b @ c` in mathematics where only `a * (b @ c)` fits.
""",
    why="""
In Python `*` and `@` rank alike and group from the left, as in `(a * b) @ c`. A formula that is written as if `@`
bound more tightly is read as it is meant, and fails where it is run.
""",
    fix="""
Write the brackets, or the matrix product without a sign: `a * b c`.
""",
    bad="dZ1 = g1'(Z1) * W2.T @ dZ2",
    good="dZ1 = g1'(Z1) * (W2.T @ dZ2)",
    explain=_explain,
)
