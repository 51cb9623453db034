"""SC215: a formula that fits only because a dimension is 1."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._rule import Case, Rule
from ._wording import span_of


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    names = fact.words["dimensions"]
    equal = " and ".join(f"{name} = 1" for name in names)
    message = f"this fits only because {equal}"
    note = "with a single unit many wrong formulas fit by luck; write the formula for any number of units"
    return Diagnostic(rule.code, rule.name, rule.severity, message, span_of(fact.node), (), (note,))


rule = Rule(
    code="SC215",
    name="fits-by-one",
    severity="info",
    finds="""
Finds formulas that fit the stated sizes only because one of them is 1. This is a remark, not an error.
""",
    why="""
An array with a single row broadcasts against any number of rows, and a matrix with a single row fits on either side of
many products. A formula that relies on this is wrong as soon as the layer has a second unit.
""",
    fix="""
Write a formula that fits for any size, such as `dZ1 = W2.T dZ2 * g1'(Z1)`, and check it without the stated 1.
""",
    bad="""
W2: 1 x n1
dA1 = W2.T * dZ2
""",
    good="""
W2: 1 x n1
dA1 = W2.T dZ2
""",
    explain=_explain,
)
