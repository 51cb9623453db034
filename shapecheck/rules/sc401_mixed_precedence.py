"""SC401: `a * b @ c`, which Python groups from the left but which fits only as `a * (b @ c)`."""

from __future__ import annotations

from ._finding import regrouping
from ._rule import Rule

rule = Rule(
    code="SC401",
    name="mixed-precedence",
    severity="warning",
    finds="""
Finds `a * b @ c` in mathematics where only `a * (b @ c)` fits.
""",
    why="""
In Python `*` and `@` have the same precedence and group from the left, as in `(a * b) @ c`. A formula written as if `@`
took precedence is read as intended, but fails when it is run.
""",
    fix="""
Add the brackets, or write the matrix product without an operator: `a * b c`.
""",
    bad="dZ1 = g1'(Z1) * W2.T @ dZ2",
    good="dZ1 = g1'(Z1) * (W2.T @ dZ2)",
    explain=regrouping(
        "`*` and `@` have the same precedence and group from the left; only {} fits here",
        "in Python this fails: add the brackets",
    ),
)
