"""SC303: a gradient that misses a path from its variable to the loss."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._gradients import judged
from ._rule import Case, Rule
from ._wording import listed


def _within(rule: Rule, fact: Fact, name: str) -> Diagnostic:
    """A variable that appears several times in one equation, with some appearances ignored."""
    words = fact.words
    often = _TIMES.get(words["places"], f"{words['places']} times")
    head = f"{words['gradient']} is only part of the gradient of {words['variable']}"
    message = f"{head}: {words['variable']} appears {often} in {name}, and each time gives a term"
    hints = (f"missing: {listed(words['missing'])}",) if words["missing"] else ()
    return judged(rule, fact, message, "only part of the gradient", hints)


_TIMES = {2: "twice", 3: "three times", 4: "four times"}


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    gradient, variable, missing = words["gradient"], words["variable"], words["missing"]
    through = [name for name in words["through"] if name]
    if words["places"] and len(through) == 1:
        return _within(rule, fact, through[0])
    way = f"through {listed(through)}" if through else "directly to the loss"
    what = f"the path {way} is missing" if len(missing) == 1 else f"the paths {way} are missing"
    message = f"{gradient} is only part of the gradient of {variable}: {what}"
    hints = (f"{variable} reaches the loss on several paths, whose gradients add up; missing: {listed(missing)}",)
    return judged(rule, fact, message, "only part of the gradient", hints)


rule = Rule(
    code="SC303",
    name="gradient-misses-path",
    severity="error",
    finds="""\
Finds gradients that cover some paths from their variable to the loss but miss others, and names the missing ones.
`shapecheck verify` and `check --gradients` look for them.""",
    why="""\
If a variable is used several times, each use contributes to the gradient, and the contributions add up: a residual
connection, weights shared by two layers, a penalty on the weights, a state that is passed on to the next step. A
gradient that misses one of these has the right shape but the wrong value.""",
    fix="""\
Find every equation of the forward pass with the variable on its right side. Each gives a term of the gradient.""",
    bad="""\
X, T: n x m
W: n x n
U = W X
O = X + tanh(U)
J = 1/2 sum((O - T)^2)
dU = dO * (1 - tanh(U)^2)
dX = W.T dU
""",
    good="""\
X, T: n x m
W: n x n
U = W X
O = X + tanh(U)
J = 1/2 sum((O - T)^2)
dU = dO * (1 - tanh(U)^2)
dX = W.T dU + dO
""",
    explain=_explain,
)
