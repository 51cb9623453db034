"""The definition of a rule: a code, a documentation page with tested examples, and the wording of its findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..conventions import Convention
    from ..diagnostic import Diagnostic, Severity
    from ..infer import Checked
    from ..sections import Section
    from ..text import Source


class Case(NamedTuple):
    """A statement to be explained.

    `checked` holds the facts and `section` the names around the statement; `fitting` are the conventions, not asked
    for, in which the statement is right as written.
    """

    checked: Checked
    section: Section
    source: Source
    fitting: tuple[Convention, ...] = ()


class Rule(NamedTuple):
    """One kind of finding.

    code      `SC201`
    name      the code in words: `inner-dimensions-differ`
    severity  the severity of its findings, unless a finding overrides it
    finds     what it finds, in a few sentences
    why       why that is wrong
    fix       what to do about it
    bad       the text of a `.formulas` file that gives exactly this finding; "" if text alone cannot
    good      the same, corrected
    explain   (rule, case, fact) -> finding, or None to leave it to a less specific rule;
              (rule, trouble, source) -> finding, for text that could not be read
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    fix: str
    bad: str
    good: str
    explain: Callable[..., Diagnostic | None]

    @property
    def sentence(self) -> str:
        """What it finds, in one sentence."""
        return " ".join(self.finds.split()).partition(". ")[0].rstrip(".") + "."

    @property
    def page(self) -> str:
        """The documentation, as Markdown."""
        sections = (
            ("What it does", self.finds.strip()),
            ("Why it is wrong", self.why.strip()),
            ("Bad", _fence(self.bad)),
            ("Good", _fence(self.good)),
            ("The fix", self.fix.strip()),
        )
        written = "\n\n".join(f"## {title}\n\n{text}" for title, text in sections if text)
        return f"# {self.code} {self.name}\n\n{written}\n"


def _fence(text: str) -> str:
    return f"```formulas\n{text.strip()}\n```" if text.strip() else ""
