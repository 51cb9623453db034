"""SC004: a text on which the program itself fails."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    return unread(rule, trouble, f"this could not be checked: {trouble.words['what']}")


rule = Rule(
    code="SC004",
    name="failed-check",
    severity="error",
    finds="""
Finds files whose check came to no end: the computer has too little memory for them, or the program has a mistake of its
own. The other files are still checked.
""",
    why="""
It is no mistake of the file's author. But a file that nobody has checked must not pass for one that is right.
""",
    fix="""
Report it, with the file or the part of it on which it happens. Until then leave the file out, by `--exclude`.
""",
    bad="",
    good="",
    explain=_explain,
)
