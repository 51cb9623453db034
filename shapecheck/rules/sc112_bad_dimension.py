"""SC112: an invalid dimension in a declaration."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    dim, what = trouble.words.get("dim", ""), trouble.words["what"]
    said = f"`{dim}` is not a dimension: {what}" if dim else f"a dimension is missing: {what}"
    return rule.finding(said, trouble.span, notes=("write a shape as n x m, (n, m), 4x3, (n,) or scalar",))


rule = Rule(
    code="SC112",
    name="bad-dimension",
    severity="error",
    finds="""
Finds declarations with a dimension that is not a positive whole number, a name, or a sum, product or exact quotient
of these.
""",
    why="""
A dimension counts rows or columns: it cannot be -3 or 2.5, or a name that cannot be read.
""",
    fix="""
Write the shape as `n x m`, `(n, m)`, `4x3`, `n_a + n_x x m`, `(n,)` for rank 1, `scalar` or `()`.
""",
    bad="W1: n1 x 0",
    good="""
W1: n1 x 3
W1.T W1
""",
    explain=_explain,
)
