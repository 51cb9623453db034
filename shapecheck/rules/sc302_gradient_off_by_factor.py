"""SC302: a formula that is a multiple of the gradient."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._gradients import judged
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    factor, gradient, what = words["factor"], words["gradient"], words["what"]
    times = "minus" if factor == "-1" else f"{factor} times"
    message = f"{gradient} is {times} {what}: {_remedy(factor, words['inverse'])}"
    label = f"{times} {what}"
    return judged(rule, fact, message, label)


def _remedy(factor: str, inverse: str) -> str:
    """What is missing, or too much."""
    if factor == "-1":
        return "the sign is turned"
    sign = "the sign is turned, and " if factor[:1] == "-" else ""
    factor, inverse = factor.removeprefix("-"), inverse.removeprefix("-")
    if inverse.startswith("1/") and factor.isdecimal():
        return f"{sign}the factor {factor} is too much"
    if inverse.startswith("1/") or inverse.isdecimal():
        return f"{sign}the factor {inverse} is missing"
    return f"{sign}the factor {factor} is too much"


rule = Rule(
    code="SC302",
    name="gradient-off-by-factor",
    severity="error",
    finds="""\
Finds gradients that are right up to a factor, and names it: the sign, a 2, the number of examples m. `shapecheck
verify` and `check --gradients` look for them.""",
    why="""\
With a wrong sign gradient descent climbs. Any other factor changes the step of this one parameter, which then
learns at another rate than the rest, and with a factor m at another rate for each size of a batch. A mean over the
examples brings a 1/m. In many courses dZ and dA belong to the sum over the examples, and the 1/m comes in with dW
and db; that habit is understood, and the report says where it was.""",
    fix="""\
Put the factor right. A square gives a 2, which the 1/2 before it takes away; a mean over m examples gives a 1/m,
once on each way from the loss to a parameter.""",
    bad="""\
Z1 = W1 X + b1
J = 1/(2m) sum((Z1 - Y)^2)
dZ1 = Z1 - Y
dW1 = dZ1 X.T
db1 = 1/m sum(dZ1, axis=1, keepdims=True)
""",
    good="""\
Z1 = W1 X + b1
J = 1/(2m) sum((Z1 - Y)^2)
dZ1 = Z1 - Y
dW1 = 1/m dZ1 X.T
db1 = 1/m sum(dZ1, axis=1, keepdims=True)
""",
    explain=_explain,
)
