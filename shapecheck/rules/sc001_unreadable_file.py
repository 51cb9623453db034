"""SC001: a file that cannot be read."""

from __future__ import annotations

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ..text import Source
from ._finding import unread
from ._rule import Rule


def _explain(rule: Rule, trouble: Trouble, source: Source) -> Diagnostic:
    return unread(rule, trouble, f"cannot read this file: {trouble.words['what']}")


rule = Rule(
    code="SC001",
    name="unreadable-file",
    severity="error",
    finds="""
Finds files that cannot be read: missing or locked files, and files that are not text in UTF-8 (with or without a byte
order mark) or UTF-16 (with one). The other files are still checked.
""",
    why="""
A file that is skipped silently looks like one without mistakes.
""",
    fix="""
Save the file as UTF-8: `iconv -f latin1 -t utf-8 notes.md > notes-utf8.md`. Skip files that are not text with
`--exclude` or in `.gitignore`.
""",
    bad="",
    good="",
    explain=_explain,
)
