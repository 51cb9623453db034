"""SC402: `*` between matrices where only the matrix product fits."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..syntax.nodes import Apply
from ._finding import doubt
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    sign = (fact.node.sign.strip() if type(fact.node) is Apply else "") or "*"
    note = "write the matrix product without an operator, or with `@`"
    return doubt(rule, case, fact, f"`{sign}` is elementwise; only the matrix product fits here", (note,))


rule = Rule(
    code="SC402",
    name="star-as-product",
    severity="warning",
    finds="""
Finds `*`, `∘` and `⊙` in mathematics between matrices whose elementwise product does not exist but whose matrix product
does.
""",
    why="""
In nearly every text on backpropagation `*` next to `g'(Z)` is the elementwise product, and in Python it always is. A
text that uses it for both products makes its readers guess.
""",
    fix="""
Leave the operator out, or write `@`.
""",
    bad="Z1 = W1 * X + b1",
    good="Z1 = W1 X + b1",
    explain=_explain,
)
