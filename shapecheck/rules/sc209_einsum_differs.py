"""SC209: an einsum whose subscripts do not fit its arrays."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import show
from ._finding import clash
from ._rule import Case, Rule
from ._wording import LONGEST, named, spelled, text_of


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    labels = tuple((node, show(shape)) for node, shape in zip(fact.operands, fact.shapes, strict=True))
    return clash(rule, case, _message(case, fact), labels or ((fact.node, "this einsum"),))


def _message(case: Case, fact: Fact) -> str:
    words = fact.clash.words
    spec = words["spec"] if len(words["spec"]) <= LONGEST else "..."
    said = [spelled(node, case.source, "an array") for node in fact.operands]
    if len(fact.clash.dims) == 2:
        (first, second), (one, other) = map(text_of, fact.clash.dims), said
        where = f"{first} in {one}, {second} in {other}" if one != other else f"{first} and {second} in {one}"
        return f"einsum '{spec}': {words['letter']} is {where}"
    if "rank" in words:
        count = len(words["letters"])
        axes = f"{count} {'axis' if count == 1 else 'axes'}"
        return f"einsum '{spec}': {words['letters']} names {axes}, but {said[0]} is {named(fact.shapes[0])}"
    if "terms" in words:
        return f"einsum '{spec}': expected {words['terms']} arrays, found {words['arguments']}"
    return f"einsum '{spec}': the letter {words['letter']} of the result is in no input, or twice in the result"


rule = Rule(
    code="SC209",
    name="einsum-differs",
    severity="error",
    finds="""
Finds `einsum` calls in which a letter stands for two different dimensions, or in which the number of letters is not the
number of axes.
""",
    why="""
In `einsum('ij,jk->ik', A, B)` each letter is one dimension: `j` is both the columns of A and the rows of B, so there
must be as many of one as of the other.
""",
    fix="""
Give each axis its letter, in the order of the array's axes: the transpose of A is `ji`.
""",
    bad="""
A: n x k
B: m x k
np.einsum('ij,jk->ik', A, B)
""",
    good="""
A: n x k
B: m x k
np.einsum('ij,kj->ik', A, B)
""",
    explain=_explain,
)
