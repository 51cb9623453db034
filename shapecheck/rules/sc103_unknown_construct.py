"""SC103: something that can be read, and has no meaning here."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    return unread(rule, trouble, f"not understood: {trouble.words['what']}")


rule = Rule(
    code="SC103",
    name="unknown-construct",
    severity="error",
    finds="""
Finds what can be read, and has no meaning that is known: arguments that a function does not take, words behind a
formula, a derivative that is not written ∂P/∂Q.
""",
    why="""
Its shape is not known, so the formula around it cannot be checked. Some of these run and do something else: the third
argument of `np.matmul(A, B, C)` is the array that the result is written to, and not a third factor.
""",
    fix="""
Write it in other words. Three matrices are multiplied by `A @ B @ C`; a comment begins with `#`.
""",
    bad="dZ1 = np.matmul(W2.T, dZ2, Z1)",
    good="dZ1 = np.matmul(W2.T, dZ2)",
    explain=_explain,
)
