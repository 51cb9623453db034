"""SC001: a file that cannot be read."""

from __future__ import annotations

from ._finding import saying
from ._rule import Rule

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
    explain=saying("cannot read this file: {what}"),
)
