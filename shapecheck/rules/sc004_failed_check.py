"""SC004: a file whose check fails because of the program itself."""

from __future__ import annotations

from ._finding import saying
from ._rule import Rule

rule = Rule(
    code="SC004",
    name="failed-check",
    severity="error",
    finds="""
Finds files whose check could not be completed, because there was not enough memory or because of a bug in shapecheck.
The other files are still checked.
""",
    why="""
This is not the author's mistake, but a file that was not checked must not pass as correct.
""",
    fix="""
Report the bug, with the file or the part of it that causes it. Until it is fixed, skip the file with `--exclude`.
""",
    bad="",
    good="",
    explain=saying("this could not be checked: {what}"),
)
