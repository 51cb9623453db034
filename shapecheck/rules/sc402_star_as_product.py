"""SC402: `*` between matrices of which only the matrix product exists."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..syntax.nodes import Apply
from ._finding import doubt
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    sign = (fact.node.sign.strip() if type(fact.node) is Apply else "") or "*"
    note = "the matrix product is written without a sign, or with `@`"
    return doubt(rule, case, fact, f"`{sign}` is elementwise; here only the matrix product fits", (note,))


rule = Rule(
    code="SC402",
    name="star-as-product",
    severity="warning",
    finds="""
Finds `*`, `∘` and `⊙` in mathematics between matrices that do not multiply entry by entry, where the matrix product
fits.
""",
    why="""
Beside `g'(Z)` the sign `*` is the elementwise product in nearly every text on backpropagation, and in Python always.
A text that uses it for both makes its readers guess.
""",
    fix="""
Leave the sign out, or write `@`.
""",
    bad="Z1 = W1 * X + b1",
    good="Z1 = W1 X + b1",
    explain=_explain,
)
