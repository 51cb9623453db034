"""SC111: two declarations that give a name different shapes."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..shapes.dims import show
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule

_ELSEWHERE = {"option": "by -s", "include": "in the included file", "stated": "in the text"}


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    name, before, now = (trouble.words[word] for word in ("name", "before", "now"))
    here, there = show(now), show(before.shape)
    by = _ELSEWHERE.get(before.origin.kind)
    if by is not None or before.origin.span is None:
        message = f"{name} is {here} here, but {there} {by or 'in an earlier declaration'}"
        return rule.finding(message, trouble.span, (Label(trouble.span, here),))
    labels = (Label(trouble.span, here), Label(before.origin.span, f"{name} is declared as {there} here"))
    message = f"{name} is declared as {here} here, but was declared as {there} before"
    return rule.finding(message, trouble.span, labels)


rule = Rule(
    code="SC111",
    name="declarations-disagree",
    severity="error",
    finds="""
Finds names that are declared twice with different shapes: on two lines of a file, in a file and in one it includes, or
in a file and with the option `-s`.
""",
    why="""
A name has one shape in a file, so one of the two is wrong. The first takes precedence (options over the file, the file
over what it includes), so the second has no effect.
""",
    fix="""
Delete the wrong one. A gradient has the shape of its variable and needs no declaration. To start a new set of names,
write `@reset`.
""",
    bad="""
W: n x k
W: k x n
W A
""",
    good="""
W: n x k
A: k x m
W A
""",
    explain=_explain,
)
