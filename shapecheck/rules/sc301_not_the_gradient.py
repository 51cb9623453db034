"""SC301: a formula whose shapes fit, and whose value is not the gradient."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..infer.facts import Fact
from ..syntax.nodes import Name
from ._gradients import judged
from ._origins import gradient_of
from ._rule import Case, Rule
from ._wording import span_of

LONGEST = 60
"""A formula that is longer than this is told by its line alone."""


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    words = fact.words
    if fact.kind == "gradient-trace":
        return _contradicted(rule, case, fact)
    message = f"{words['gradient']} is not {words['what']}"
    wrong = words.get("wrong", "")
    label = "" if wrong else f"not {words['what']}"
    return judged(rule, fact, f"{message}: {wrong}" if wrong else message, label)


def _contradicted(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    """A gradient that another formula of its product contradicts, whatever the sizes are."""
    told, right, span = " ".join(fact.words["witness"].split()), fact.words["right"], span_of(fact.node)
    told = f"`{told}`" if len(told) <= LONGEST else "the other formula of this product"
    of = [text for name in fact.operands if type(name) is Name and (text := gradient_of(case, name))]
    what = f"the gradient of {of[0]}" if of else "the gradient that is handed back"
    labels = [Label(span, f"expected {right}")]
    if fact.words["span"] is not None:
        seen = "a gradient of the same product" if fact.words["is_gradient"] else "the product that is differentiated"
        labels.append(Label(fact.words["span"], seen))
    note = f"whatever the sizes are, {told} gives {right} as {what}"
    if summed := fact.words.get("summed"):
        note = f"{told} sums along {summed}, over the examples, and so must the gradient of the bias"
    return Diagnostic(rule.code, rule.name, rule.severity, f"this is not {what}", span, tuple(labels), (note,))


rule = Rule(
    code="SC301",
    name="not-the-gradient",
    severity="error",
    finds="""\
Finds gradients that are not the derivative of the loss, although their shapes fit. `shapecheck verify` and `check
--gradients` evaluate each formula on random arrays and compare it with the gradient of the forward pass. Where a
small change makes it right, the message says what stands in the wrong place. In documents and programs a plain `check`
finds those of a product that contradict it, as `dW = X dZ` does beside `Z = X W`, and `db = sum(dZ, axis=1)` beside
`dW = X.T dZ`.""",
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
