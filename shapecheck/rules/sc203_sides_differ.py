"""SC203: an equation whose sides have different shapes."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops.derivatives import JACOBIANS, LAID_OUT
from ..shapes.dims import prune
from ..syntax.nodes import Apply
from ._finding import clash
from ._rule import Case, Rule
from ._wording import named, spelled


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    (target, side), (wanted, given) = fact.operands, fact.shapes
    left = spelled(target, case.source, "the left side")
    right = "the right side" if len(case.checked.equation.members) == 2 else spelled(side, case.source, "a later side")
    message = f"the sides differ: {left} is {named(wanted)}, {right} is {named(given)}"
    return clash(rule, case, message, ((target, named(wanted)), (side, named(given))), _hints(fact))


def _hints(fact: Fact) -> Iterator[str]:
    wanted, given = (tuple(map(prune, shape)) for shape in fact.shapes)
    target = fact.operands[0]
    is_laid_out = type(target) is Apply and target.op in JACOBIANS and target.sign in LAID_OUT
    if len(wanted) > 1 and wanted == given[::-1] and is_laid_out:
        yield "this is the shape of its transpose, which the derivative has in numerator layout"
    elif len(wanted) > 1 and wanted == given[::-1]:
        yield "the one side is the shape of the other transposed"
    elif wanted and not given:
        yield "the right side is one number: everything was summed, or multiplied to an inner product"


rule = Rule(
    code="SC203",
    name="sides-differ",
    severity="error",
    finds="""
Finds equations whose two sides have different shapes, and chains `a = b = c` of which a later member has not the
shape of the first.
""",
    why="""
Equal arrays have equal shapes. A side of another shape is another thing, even where all its products exist.
""",
    fix="""
Compare the two shapes. The same numbers in the other order ask for a transpose, a further axis for a sum over it. If
the shape of the left side is not what you meant, declare it: `Y: n x m`.
""",
    bad="""
A: n x m
Y: m x n
Y = A + A
""",
    good="""
A: n x m
Y: m x n
Y = A.T + A.T
""",
    explain=_explain,
)
