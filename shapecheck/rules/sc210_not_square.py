"""SC210: an inverse, a determinant or a trace of a matrix that is not square."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..infer.facts import Fact
from ..ops import is_a, ops
from ..shapes.dims import show
from ._finding import clash
from ._rule import Case, Rule
from ._wording import is_of, with_article


def _explain(rule: Rule, case: Case, fact: Fact) -> Diagnostic | None:
    if fact.kind == "rank" and not is_a(fact.node, "square"):
        return None
    matrix, shape = fact.operands[0], fact.shapes[0]
    what = with_article(ops()[fact.node.op].noun) if is_a(fact.node, "square") else "this"
    message = f"{what} needs a square matrix: {is_of(matrix, shape, case.source, 'this')}"
    return clash(rule, case, message, ((matrix, show(shape)),))


rule = Rule(
    code="SC210",
    name="not-square",
    severity="error",
    finds="""
Finds inverses, determinants, traces and matrix powers of matrices that are not square.
""",
    why="""
The inverse undoes a map from a space to itself, the determinant tells how much it stretches volumes, the trace sums the
diagonal from corner to corner: all of these need as many rows as columns.
""",
    fix="""
The least-squares solution inverts `X.T X`, which is square, not X itself: `w = (X.T X)^-1 X.T y`. For other matrices
use the pseudo-inverse, `pinv(X)`.
""",
    bad="""
X: m x n
y: m x 1
w: n x 1
w = X^-1 y
""",
    good="""
X: m x n
y: m x 1
w: n x 1
w = (X.T X)^-1 X.T y
""",
    explain=_explain,
)
