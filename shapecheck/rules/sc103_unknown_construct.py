"""SC103: text that can be parsed but has no known meaning."""

from __future__ import annotations

from ._finding import saying
from ._rule import Rule

rule = Rule(
    code="SC103",
    name="unknown-construct",
    severity="error",
    finds="""
Finds text that can be parsed but has no known meaning: arguments that a function does not take, words after a formula,
a derivative that is not written as ∂P/∂Q.
""",
    why="""
Its shape is not known, so the formula around it cannot be checked. Some of these run but do something else: the third
argument of `np.matmul(A, B, C)` is the array that receives the result, not a third factor.
""",
    fix="""
Write it another way. To multiply three matrices, write `A @ B @ C`. Comments start with `#`.
""",
    bad="dZ1 = np.matmul(W2.T, dZ2, Z1)",
    good="dZ1 = np.matmul(W2.T, dZ2)",
    explain=saying("not understood: {what}"),
)
