"""SC404: products that fit only with another grouping than the usual precedence gives."""

from __future__ import annotations

from ._finding import regrouping
from ._rule import Rule

rule = Rule(
    code="SC404",
    name="other-grouping",
    severity="warning",
    finds="""
Finds mixed matrix and elementwise products in mathematics that fit only with brackets: `dZ ⊙ g'(Z) Xᵀ` where
`(dZ ⊙ g'(Z)) Xᵀ` is meant.
""",
    why="""
A product without an operator takes precedence over `⊙`: `dZ ⊙ g'(Z) Xᵀ` is `dZ ⊙ (g'(Z) Xᵀ)`, just as `W.T dZ ⊙ g'(Z)`
is `(W.T dZ) ⊙ g'(Z)`. A reader who follows this rule gets shapes that do not fit.
""",
    fix="""
Add the brackets.
""",
    bad="dW1 = dA1 ⊙ g1'(Z1) X.T",
    good="dW1 = (dA1 ⊙ g1'(Z1)) X.T",
    explain=regrouping(
        "the matrix product takes precedence over the elementwise one; only {} fits here",
        "add the brackets: without them, the matrix product comes first",
    ),
)
