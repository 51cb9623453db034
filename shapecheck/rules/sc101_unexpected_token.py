"""SC101: a sign, a name or a number where it cannot stand."""

from __future__ import annotations

import re

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule

_COMMAND = re.compile(r"\\[A-Za-z]+")
_LATEX = "LaTeX is read with --notation latex"
_CLOSING = {")": "(", "]": "[", "}": "{"}


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    found, expected = trouble.words["found"], trouble.words["expected"]
    if found == "the end":
        return unread(rule, trouble, f"the formula ends where {_quoted(expected)} is expected")
    if found in _CLOSING and expected not in _CLOSING:
        return unread(rule, trouble, f"`{found}` closes nothing, or {_quoted(expected)} is missing before it")
    notes = (_LATEX,) if found[:1] == "\\" and _COMMAND.match(source.text, trouble.span.start) else ()
    return unread(rule, trouble, f"`{found}` is not expected here; {_quoted(expected)} is", notes)


def _quoted(expected: str) -> str:
    return f"`{expected}`" if len(expected) < 3 else expected


rule = Rule(
    code="SC101",
    name="unexpected-token",
    severity="error",
    finds="""
Finds signs, names and numbers that cannot stand where they do, and formulas that end too early.
""",
    why="""
What cannot be read cannot be checked. In documents such a line is counted as not understood; in the terminal and in
`.formulas` files, where each line is meant as a formula, it is an error.
""",
    fix="""
Write the operand that is missing, or take away the sign that is too much. A comment begins with `#`.
""",
    bad="dZ1 = W2.T dZ2 * ",
    good="dZ1 = W2.T dZ2 * g1'(Z1)",
    explain=_explain,
)
