"""SC101: an operator, a name or a number in the wrong place."""

from __future__ import annotations

import re

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._rule import Rule

_COMMAND = re.compile(r"\\[A-Za-z]+")
_LATEX = "for LaTeX, use --notation latex"
_CLOSING = {")": "(", "]": "[", "}": "{"}


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    found, expected = trouble.words["found"], trouble.words["expected"]
    if found == "the end":
        return rule.finding(f"expected {_quoted(expected)}, found the end of the formula", trouble.span)
    if found in _CLOSING and expected not in _CLOSING:
        unmatched = f"`{found}` has no matching `{_CLOSING[found]}`"
        return rule.finding(f"{unmatched}, or {_quoted(expected)} is missing before it", trouble.span)
    notes = (_LATEX,) if found[:1] == "\\" and _COMMAND.match(source.text, trouble.span.start) else ()
    return rule.finding(f"expected {_quoted(expected)}, found `{found}`", trouble.span, notes=notes)


def _quoted(expected: str) -> str:
    return f"`{expected}`" if len(expected) < 3 else expected


rule = Rule(
    code="SC101",
    name="unexpected-token",
    severity="error",
    finds="""
Finds operators, names and numbers in the wrong place, and formulas that end too early.
""",
    why="""
A formula that cannot be read cannot be checked. In a document such a line is counted as not understood. On the command
line and in `.formulas` files, where every line is meant as a formula, it is an error.
""",
    fix="""
Add the missing operand, or remove the extra operator. Comments start with `#`.
""",
    bad="dZ1 = W2.T dZ2 * ",
    good="dZ1 = W2.T dZ2 * g1'(Z1)",
    explain=_explain,
)
