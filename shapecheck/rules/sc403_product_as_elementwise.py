"""SC403: a product without an operator that fits only entry by entry."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..syntax.nodes import Apply
from ._finding import doubt
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    sign = fact.node.sign.strip() if type(fact.node) is Apply else ""
    said = f"`{sign}` is the matrix product" if sign else "a product without an operator is the matrix product"
    note = "write the elementwise product with `*` or `⊙`"
    return doubt(rule, case, fact, f"{said}; only the elementwise one fits here", (note,))


rule = Rule(
    code="SC403",
    name="product-as-elementwise",
    severity="warning",
    finds="""
Finds products without an operator in mathematics that fit only entry by entry, such as `A(1-A)`.
""",
    why="""
For numbers `a(1-a)` is the derivative of the sigmoid. For matrices a product without an operator is the matrix product,
and for an n×m matrix A the product `A (1 - A)` does not exist.
""",
    fix="""
Write the operator: `A * (1 - A)` or `A ⊙ (1 - A)`.
""",
    bad="dZ1 = dA1 * A1(1 - A1)",
    good="dZ1 = dA1 * A1 * (1 - A1)",
    explain=_explain,
)
