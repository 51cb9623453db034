"""SC203: an equation whose sides have different shapes."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a
from ..ops.derivatives import LAID_OUT
from ..shapes.dims import prune
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
    is_laid_out = is_a(target, "derivative") and target.sign in LAID_OUT
    if len(wanted) > 1 and wanted == given[::-1] and is_laid_out:
        yield "this is the shape of its transpose: the derivative in numerator layout"
    elif len(wanted) > 1 and wanted == given[::-1]:
        yield "one side has the shape of the other transposed"
    elif wanted and not given:
        yield "the right side is a single number: a sum over all entries, or an inner product"


rule = Rule(
    code="SC203",
    name="sides-differ",
    severity="error",
    finds="""
Finds equations whose sides have different shapes, including chains `a = b = c` with a member that has another shape
than the first.
""",
    why="""
Equal arrays have equal shapes. If the shapes differ, the two sides cannot be equal, even if every product in them
exists.
""",
    fix="""
Compare the two shapes. If the numbers are the same in the opposite order, a transpose is missing; if there is an extra
axis, a sum over it. If the shape of the left side is not what you meant, declare it: `Y: n x m`.
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
