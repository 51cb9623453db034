"""SC301: a formula whose shapes fit, and whose value is not the gradient."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ._gradients import judged
from ._rule import Case, Rule


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    message = f"{words['gradient']} is not {words['what']}"
    wrong = words.get("wrong", "")
    label = "" if wrong else f"not {words['what']}"
    return judged(rule, fact, f"{message}: {wrong}" if wrong else message, label)


rule = Rule(
    code="SC301",
    name="not-the-gradient",
    severity="error",
    finds="""\
Finds gradients that are not the derivative of the loss, although their shapes fit. `shapecheck verify` and `check
--gradients` evaluate each formula on random arrays and compare it with the gradient of the forward pass. Where a
small change makes it right, the message says what stands in the wrong place.""",
    why="""\
Shapes say nothing of what an entry is worth: `g(Z)` has the shape of `g'(Z)`, `A1` often that of `A2`, and a square
matrix that of its transpose. Such a formula runs without an error, and the network learns slowly, or something
else. Each formula is judged alone: the gradients in it are taken to be right, so that a mistake is found on its own
line.""",
    fix="""\
Compare the formula with the corrected one, factor by factor: is it the activation's derivative that stands there,
at the same `Z`, and the gradient of the right layer?""",
    bad="""\
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1 + b2
J = 1/2 sum((Z2 - Y)^2)
dZ1 = W2.T dZ2 * (1 - A1)
""",
    good="""\
Z1 = W1 X + b1
A1 = tanh(Z1)
Z2 = W2 A1 + b2
J = 1/2 sum((Z2 - Y)^2)
dZ1 = W2.T dZ2 * (1 - A1^2)
""",
    explain=_explain,
)
