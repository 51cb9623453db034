"""The definition of a rule: a code, a documentation page with tested examples, and the wording of its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..diagnostic import Diagnostic
from ..values import NamedTuple

if TYPE_CHECKING:
    from ..diagnostic import Fix, Label, Severity
    from ..infer import Checked
    from ..sections import Section
    from ..syntax.nodes import Equation
    from ..text import Source, Span


class Case(NamedTuple):
    """A statement to be explained.

    `checked` holds the facts and `section` the names around the statement. `statement` is the statement as parsed, if
    other layouts may be tried on it. `is_read` says that it is addressed to shapecheck.
    """

    checked: Checked
    section: Section
    source: Source
    statement: Equation | None = None
    is_read: bool = False
    strict: bool = False


class Finding(NamedTuple):
    """What a rule finds in a statement that fits; the fix, by its `title`, writes it as the `mended` one."""

    diagnostic: Diagnostic
    mended: Equation | None = None
    title: str = ""


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
    find      (rule, case) -> findings in a statement that fits, as far as it is known
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    fix: str
    bad: str
    good: str
    explain: Callable[..., Diagnostic | None] = lambda *_: None
    find: Callable[[Rule, Case], Iterable[Finding]] = lambda *_: ()

    def finding(
        self,
        message: str,
        span: Span,
        labels: Iterable[Label] = (),
        notes: Iterable[str] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> Diagnostic:
        """A finding of this rule."""
        return Diagnostic(self.code, self.name, self.severity, message, span, tuple(labels), tuple(notes), fixes)

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
