"""SC302: a formula that is the gradient times a constant."""

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
    """Which factor is missing or extra."""
    if factor == "-1":
        return "the sign is flipped"
    sign = "the sign is flipped, and " if factor[:1] == "-" else ""
    factor, inverse = factor.removeprefix("-"), inverse.removeprefix("-")
    if inverse.startswith("1/") and factor.isdecimal():
        return f"{sign}there is an extra factor of {factor}"
    if inverse.startswith("1/") or inverse.isdecimal():
        return f"{sign}a factor of {inverse} is missing"
    return f"{sign}there is an extra factor of {factor}"


rule = Rule(
    code="SC302",
    name="gradient-off-by-factor",
    severity="error",
    finds="""\
Finds gradients that are right up to a constant factor, and names it: the sign, a 2, the number of examples m.
`shapecheck verify` and `check --gradients` look for them.""",
    why="""\
With the wrong sign, gradient descent climbs. Any other factor changes the learning rate of this one parameter, and a
factor of m changes it with the batch size. A mean over the examples gives a 1/m. In many courses dZ and dA belong to
the sum over the examples, and the 1/m comes in with dW and db; this is accepted, and the report says where.""",
    fix="""\
Correct the factor. A square gives a 2, which a 1/2 before it cancels; a mean over m examples gives a 1/m, once on each
path from the loss to a parameter.""",
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
