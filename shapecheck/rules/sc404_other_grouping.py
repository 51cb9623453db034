"""SC404: products that fit only with other brackets than their signs ask for."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._finding import doubt, regrouped
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    message = f"the matrix product binds more tightly than the elementwise one; here only {regrouped(case, fact)} fits"
    return doubt(rule, case, fact, message, ("write the brackets: as it stands, the product beside them goes first",))


rule = Rule(
    code="SC404",
    name="other-grouping",
    severity="warning",
    finds="""
Finds matrix and elementwise products side by side, in mathematics, that fit only with other brackets: `dZ ⊙ g'(Z) Xᵀ`
where `(dZ ⊙ g'(Z)) Xᵀ` is meant.
""",
    why="""
A product without a sign binds more tightly than `⊙`: `dZ ⊙ g'(Z) Xᵀ` is `dZ ⊙ (g'(Z) Xᵀ)`, as `W.T dZ ⊙ g'(Z)` is
`(W.T dZ) ⊙ g'(Z)`. The reader who follows that rule gets shapes that do not fit.
""",
    fix="""
Write the brackets.
""",
    bad="dW1 = dA1 ⊙ g1'(Z1) X.T",
    good="dW1 = (dA1 ⊙ g1'(Z1)) X.T",
    explain=_explain,
)
