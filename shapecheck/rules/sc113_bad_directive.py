"""SC113: a directive (`@word`) or comment that is not valid."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    return unread(rule, trouble, trouble.words["what"])


rule = Rule(
    code="SC113",
    name="bad-directive",
    severity="error",
    finds="""
Finds invalid directives: an unknown word, a convention or a file that does not exist, sizes that are not numbers. Also
finds `-s` options that declare nothing, and comments that are meant for shapecheck but have no effect as written:
`expect SC201`, `shapecheck: disable`, `ignore[sc201]`, `noqa: SC201`.
""",
    why="""
A directive changes how all lines after it are read. If it is ignored, their shapes are not the intended ones. A comment
without effect misleads its readers.
""",
    fix="""
The directives are `@convention NAME`, `@include FILE`, `@elementwise f swish`, `@loss J`, `@sizes n0=3, m=5`,
`@unroll 3` and `@reset`. The comments are `# expect: SC201, SC203`, `# shapecheck: ignore[SC204]` and
`# shapecheck: ignore`.
""",
    bad="""
@convention courseera
dZ1 = W2.T dZ2 * g1'(Z1)
""",
    good="""
@convention coursera
dZ1 = W2.T dZ2 * g1'(Z1)
""",
    explain=_explain,
)
