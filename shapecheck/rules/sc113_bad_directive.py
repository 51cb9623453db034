"""SC113: a line `@word`, or a comment, that asks for something that there is not."""

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
Finds directives that cannot be followed: a word that is none, a convention or a file that there is not, sizes that
are no numbers. `-s` options that declare nothing are found too, and comments that are meant for shapecheck and are
not written so that they have an effect: `expect SC201`, `shapecheck: disable`, `ignore[sc201]`, `noqa: SC201`.
""",
    why="""
A directive changes how all lines behind it are read. If it is left aside, their shapes are not those that were meant.
A comment without effect leaves its readers in the belief that it has one.
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
