"""SC113: a directive (`@word`) or comment that is not valid."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Fix
from ..pragmas import Pragma
from ..syntax.nodes import Trouble
from ..text import Edit, Source
from ._comments import line_with
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    pragma: Pragma | None = trouble.words.get("pragma")
    if pragma is None:
        return rule.finding(trouble.words["what"], trouble.span)
    message = f"`{source.slice(pragma.span).strip()}` has no effect"
    if not pragma.meant:
        how = "written with codes, as in `expect: SC201` and `shapecheck: ignore[SC204]`"
        return rule.finding(f"{message}: it is {how}", pragma.span)
    edit = Edit(pragma.span, pragma.meant)
    fix = Fix("write it as it is read", line_with(edit, source, pragma.span.start), (edit,), safe="SC" in pragma.meant)
    return rule.finding(f"{message}; what is meant is written `{pragma.meant}`", pragma.span, fixes=(fix,))


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
