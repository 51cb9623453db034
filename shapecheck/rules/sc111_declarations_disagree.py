"""SC111: two declarations that give one name two shapes."""

from __future__ import annotations

from ..diagnostic import Diagnostic, Label
from ..shapes.dims import show
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule

_ELSEWHERE = {"option": "the option -s", "include": "the included file", "stated": "what the text says"}


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    name, before, now = (trouble.words[word] for word in ("name", "before", "now"))
    here, there = show(now), show(before.shape)
    by = _ELSEWHERE.get(before.origin.kind)
    if by is not None or before.origin.span is None:
        message = f"{name} is {here} here, and {there} by {by or 'an earlier declaration'}"
        return Diagnostic(rule.code, rule.name, rule.severity, message, trouble.span, (Label(trouble.span, here),))
    labels = (Label(trouble.span, here), Label(before.origin.span, f"{name} is {there} by this declaration"))
    message = f"{name} is declared as {here} here, and as {there} before"
    return Diagnostic(rule.code, rule.name, rule.severity, message, trouble.span, labels)


rule = Rule(
    code="SC111",
    name="declarations-disagree",
    severity="error",
    finds="""
Finds names that are declared twice, with different shapes: in two lines of a file, in a file and one that it
includes, or in a file and by the option `-s`.
""",
    why="""
A name has one shape in a file, and one of the two is wrong. The first holds for the formulas (an option before the
file, the file before what it includes), so that a second one that was meant changes nothing.
""",
    fix="""
Delete the one that is wrong. A gradient has the shape of its variable and needs no declaration. Where a new set of
names begins, write `@reset`.
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
