"""SC403: a product without a sign of arrays that only multiply entry by entry."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..syntax.nodes import Apply
from ._finding import doubt
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    sign = fact.node.sign.strip() if type(fact.node) is Apply else ""
    said = f"`{sign}` is the matrix product" if sign else "a product without a sign is the matrix product"
    note = "the elementwise product is written with `*` or `⊙`"
    return doubt(rule, case, fact, f"{said}; here only the elementwise one fits", (note,))


rule = Rule(
    code="SC403",
    name="product-as-elementwise",
    severity="warning",
    finds="""
Finds products without a sign in mathematics that fit only entry by entry, such as `A(1-A)`.
""",
    why="""
For numbers `a(1-a)` is the derivative of the sigmoid. For matrices a product without a sign is the matrix product,
and `A (1 - A)` of an n×m matrix does not exist.
""",
    fix="""
Write the sign: `A * (1 - A)` or `A ⊙ (1 - A)`.
""",
    bad="dZ1 = dA1 * A1(1 - A1)",
    good="dZ1 = dA1 * A1 * (1 - A1)",
    explain=_explain,
)
