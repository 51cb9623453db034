"""SC303: a gradient that leaves out a path on which its variable reaches the loss."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._gradients import judged
from ._rule import Case, Rule
from ._wording import listed


def _within(rule: Rule, fact: Fact, name: str) -> Diagnostic:
    """A variable that stands several times in one equation, not all of them accounted for."""
    words = fact.words
    often = _TIMES.get(words["places"], f"{words['places']} times")
    head = f"{words['gradient']} is only a part of the gradient of {words['variable']}"
    message = f"{head}: {words['variable']} stands {often} in {name}, and each place gives a term"
    hints = (f"missing: {listed(words['missing'])}",) if words["missing"] else ()
    return judged(rule, fact, message, "only a part of the gradient", hints)


_TIMES = {2: "twice", 3: "three times", 4: "four times"}


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    gradient, variable, missing = words["gradient"], words["variable"], words["missing"]
    through = [name for name in words["through"] if name]
    if words["places"] and len(through) == 1:
        return _within(rule, fact, through[0])
    way = f"through {listed(through)}" if through else "without another name on the way"
    what = f"the path {way} is missing" if len(missing) == 1 else f"the paths {way} are missing"
    message = f"{gradient} is only a part of the gradient of {variable}: {what}"
    hints = (f"{variable} reaches the loss on several paths, which add up; missing: {listed(missing)}",)
    return judged(rule, fact, message, "only a part of the gradient", hints)


rule = Rule(
    code="SC303",
    name="gradient-misses-path",
    severity="error",
    finds="""\
Finds gradients that are right on some of the paths from their variable to the loss, and leave out others: those are
named. `shapecheck verify` and `check --gradients` look for them.""",
    why="""\
Where a variable is used several times, each use changes the loss, and the changes add up: a residual connection,
weights that two layers share, a penalty on the weights, a cell whose state goes on to the next step. A gradient
that leaves out one of these has the right shape and the wrong value.""",
    fix="""\
Go through the forward pass and find every equation in which the variable stands on the right. Each gives a term of
the gradient.""",
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
