"""SC301: a formula with the right shape whose value is not the gradient."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ..syntax.nodes import Name
from ._gradients import judged
from ._origins import gradient_of
from ._rule import Case, Rule
from ._wording import quoted, span_of


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    if fact.kind == "gradient-trace":
        return _contradicted(rule, case, fact)
    message = f"{words['gradient']} is not {words['what']}"
    wrong = words.get("wrong", "")
    label = "" if wrong else f"not {words['what']}"
    return judged(rule, fact, f"{message}: {wrong}" if wrong else message, label)


def _contradicted(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    """A gradient that another formula about the same product contradicts for all sizes."""
    right, span = fact.words["right"], span_of(fact.node)
    told = quoted(fact.words["witness"], "the other formula of this product")
    of = [text for name in fact.operands if type(name) is Name and (text := gradient_of(case, name))]
    what = f"the gradient of {of[0]}" if of else "the gradient that is returned"
    labels = [Label(span, f"expected {right}")]
    if fact.words["span"] is not None:
        seen = "a gradient of the same product" if fact.words["is_gradient"] else "the product in question"
        labels.append(Label(fact.words["span"], seen))
    note = f"for all sizes, {told} gives {right} as {what}"
    if summed := fact.words.get("summed"):
        note = f"{told} sums over the examples, along {summed}, and the gradient of the bias must too"
    return rule.finding(f"this is not {what}", span, labels, (note,))


rule = Rule(
    code="SC301",
    name="not-the-gradient",
    severity="error",
    finds="""\
Finds gradients that are not the derivative of the loss although their shapes fit. `shapecheck verify` and `check
--gradients` evaluate each formula on random arrays and compare it with the gradient of the forward pass. If a small
change makes the formula right, the message says what to change. In documents and programs a plain `check` finds
gradients that contradict their product, such as `dW = X dZ` next to `Z = X W`, or `db = sum(dZ, axis=1)` next to
`dW = X.T dZ`.""",
    why="""\
Shapes say nothing about values: `g(Z)` has the shape of `g'(Z)`, `A1` often has the shape of `A2`, and a square matrix
that of its transpose. Such a formula runs without an error, but the network learns slowly or not at all. Each formula
is judged on its own, assuming the gradients in it are right, so a mistake is reported on its own line.""",
    fix="""\
Compare the formula with the corrected one, factor by factor: does it use the derivative of the activation, at the same
`Z`, and the gradient of the right layer?""",
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
