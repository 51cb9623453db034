"""SC211: an array where a scalar is expected: a loss, a divergence or an exponent."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer._losses import is_divergence
from ..infer.facts import Fact
from ..infer.members import is_definition
from ..shapes.dims import is_single, show
from ..syntax.nodes import Name
from ..vocabulary import LOSSES
from ._finding import clash
from ._rule import Case, Rule
from ._wording import spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    return _loss(rule, case, fact) if fact.kind == "sides" else _exponent(rule, case, fact)


def _exponent(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    exponent, shape = fact.operands[0], fact.shapes[0]
    text = exponent.text if type(exponent) is Name else spelled(exponent, case.source, "this")
    message = f"an exponent must be a scalar: {text} is {show(shape)}"
    return clash(rule, case, message, ((exponent, show(shape)),))


def _loss(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    (target, side), (wanted, given) = fact.operands, fact.shapes
    is_loss = is_definition(target) or (type(target) is Name and target.base in LOSSES | case.section.table.losses)
    if not is_loss or not is_single(wanted):
        return None
    name = target.text if type(target) is Name else spelled(target, case.source, "it")
    noun = "divergence" if is_divergence(target) else "loss"
    message = f"a {noun} is a single number: {name} is a scalar, the right side is {show(given)}"
    hints = ("sum or average the loss over all examples and all outputs",) if noun == "loss" else ()
    return clash(rule, case, message, ((target, "a scalar"), (side, show(given))), hints)


rule = Rule(
    code="SC211",
    name="not-scalar",
    severity="error",
    finds="""
Finds arrays where a scalar is expected: as the value of a loss or a divergence, or as an exponent.
""",
    why="""
A gradient tells how a single number, the loss, changes with each entry of a variable. A loss that is an array is many
losses, one per entry, and has no gradient in this sense. An exponent that is an array is almost always a mistake.
""",
    fix="""
Sum or average over the examples, and over the outputs: `J = -1/m sum(Y * log(A2))`.
""",
    bad="""
J: scalar
J = -1/m (Y * log(A2))
""",
    good="""
J: scalar
J = -1/m sum(Y * log(A2))
""",
    explain=_explain,
)
