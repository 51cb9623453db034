"""SC208: a reshape that changes the number of entries."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..shapes.dims import Dim, prune, show
from ._finding import clash
from ._rule import Case, Rule
from ._wording import counted, is_of


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic:
    array, shape = fact.operands[0], fact.shapes[0]
    said = is_of(array, shape, case.source, "the array")
    labels = ((array, show(shape)),)
    if len(fact.clash.axes) > 1:
        return clash(rule, case, f"only one dimension can be -1: {said}", labels)
    before, after = map(prune, fact.clash.dims)
    message = f"the new shape has a different number of entries: {said}"
    if not (isinstance(before, Dim) and isinstance(after, Dim)):
        return clash(rule, case, message, labels)
    hint = f"{show(shape)} has {counted(before, 'entry')}, the new shape {after}"
    return clash(rule, case, message, labels, (hint,))


rule = Rule(
    code="SC208",
    name="reshape-changes-size",
    severity="error",
    finds="""
Finds reshapes to a shape with a different number of entries than the array has.
""",
    why="""
A reshape rearranges the entries; it neither adds nor removes any. If the sizes are symbols, only a reshape that fails
for all sizes is reported.
""",
    fix="""
Write -1 for one dimension, and it follows from the others: `x.reshape(m, -1)`. Note that a reshape to m×n is not a
transpose: it mixes rows and columns.
""",
    bad="""
X: 64 x m
X.reshape(28, 28, m)
""",
    good="""
X: 784 x m
X.reshape(28, 28, m)
""",
    explain=_explain,
)
