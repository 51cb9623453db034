"""SC215: a formula that fits only because a dimension is 1."""

from __future__ import annotations

from collections.abc import Iterator

from ...choose import fits_by_one
from .._rule import Case, Finding, Rule
from .._wording import span_of


def _find(rule: Rule, case: Case) -> Iterator[Finding]:
    names = fits_by_one(case.section, case.statement) if case.statement and case.checked.is_sure else ()
    if not names:
        return
    equal = " and ".join(f"{name} = 1" for name in names)
    message = f"this fits only because {equal}"
    note = "with a single unit many wrong formulas fit by luck; write the formula for any number of units"
    yield Finding(rule.finding(message, span_of(case.checked.equation.members[-1]), notes=(note,)))


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
    find=_find,
)
