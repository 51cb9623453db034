"""SC212: the scalar chain rule on matrices: a derivative that is a tensor, as a factor."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import show
from ..syntax.nodes import Apply, Name
from ._finding import clash
from ._origins import entry_of, written
from ._rule import Case, Rule
from ._wording import spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    factor = fact.operands[0]
    shape = fact.shapes[0] or case.checked.shapes.get(id(factor)) or ()
    text = spelled(factor, case.source, "this derivative")
    message = f"{text} is no matrix but a tensor of rank {len(shape)}, {show(shape)}: it cannot be a factor here"
    return clash(rule, case, message, ((factor, show(shape)),), _hints(case, fact))


def _hints(case: Case, fact: Fact) -> Iterator[str]:
    factor = fact.operands[0]
    if type(factor) is Apply and factor.op == "jacobian" and all(type(part) is Name for part in factor.args):
        above, below = factor.args
        assert type(above) is Name and type(below) is Name
        first, second = entry_of(case, above), entry_of(case, below)
        if first and second:
            each = f"each entry of {written(case, above)} ({show(first.shape)})"
            yield f"it holds the derivative of {each} by each of {written(case, below)} ({show(second.shape)})"
    yield "the chain rule of numbers multiplies derivatives; with matrices, write the products that come out of it"


rule = Rule(
    code="SC212",
    name="tensor-as-factor",
    severity="error",
    finds="""
Finds products in which a factor is the derivative of a matrix by a matrix (`∂Z/∂W`), written as if the chain rule of
numbers held for matrices.
""",
    why="""
The derivative of an n2×m matrix by an n2×n1 matrix holds a number for each pair of entries: it has four axes. There
is no matrix product with it. What the chain rule comes to is a product of ordinary matrices, in an order and with
transposes that the scalar rule does not show. (As a step of thought, in the middle of a chain of equalities, it
passes.)
""",
    fix="""
Write the result: for `Z = W A`, the gradients are `∂L/∂W = ∂L/∂Z A.T` and `∂L/∂A = W.T ∂L/∂Z`.
""",
    bad="∂L/∂W2 = ∂L/∂Z2 ∂Z2/∂W2",
    good="∂L/∂W2 = ∂L/∂Z2 A1.T",
    explain=_explain,
)
