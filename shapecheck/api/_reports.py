"""Reports as values that speak for themselves: what was found knows its place, and all of it prints."""

from __future__ import annotations

from collections.abc import Sequence

from .. import diagnostic
from ..formats import Options
from ..formats._format import formula_text, ok_line, show, summary_line, where
from ..formats.concise import line_of
from ..formats.full import render
from ..text import Place, Source
from ..values import dataclass, field, fields

_NOTHING = diagnostic.Report(Source(""))


@dataclass(slots=True)
class Diagnostic(diagnostic.Diagnostic):
    """One finding: its code, its message, where it stands, and its labels, notes and fixes.

    Lines and columns count from 1, columns in code points, and `end_column` is the first one after; in a notebook they
    are counted in a cell.
    """

    about: diagnostic.Report = field(default=_NOTHING, compare=False)

    @property
    def path(self) -> str:
        """The path of its file, `<formula>` of a text."""
        return self.about.source.path

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return self._place(self.span.start).line

    @property
    def column(self) -> int:
        """The column at which it begins."""
        return self._place(self.span.start).column

    @property
    def end_line(self) -> int:
        """The line in which it ends."""
        return self._place(self.span.end).line

    @property
    def end_column(self) -> int:
        """The column after its last one."""
        return self._place(self.span.end).column

    def _place(self, offset: int) -> Place:
        return self.about.source.place(offset)

    def __str__(self) -> str:
        return line_of(self.about, self)

    def __repr__(self) -> str:
        return f"Diagnostic({self.code!r}, {where(self.about, self.span.start)!r}, {self.message!r})"


@dataclass(slots=True)
class FormulaResult(diagnostic.FormulaResult):
    """One formula of a text: whether it fits, its name, its shape, and where it stands."""

    about: diagnostic.Report = field(default=_NOTHING, compare=False)

    @property
    def text(self) -> str:
        """The formula as its author wrote it, in one line."""
        return formula_text(self.about, self)

    @property
    def line(self) -> int:
        """The line in which it begins."""
        return self.about.source.place(self.span.start).line

    @property
    def column(self) -> int:
        """The column at which it begins."""
        return self.about.source.place(self.span.start).column

    def __str__(self) -> str:
        words = {"error": "error", "unknown": "not understood"}
        return ok_line(self.about, self) if self.status == "ok" else f"{words[self.status]}: {self.text}"

    def __repr__(self) -> str:
        return f"FormulaResult({described(self.text, self)})"


@dataclass(slots=True)
class Report(diagnostic.Report):
    """Everything that a check says of one text, or of one cell of a notebook; `print` shows it as the command does."""

    formulas: Sequence[FormulaResult] = field(default_factory=list)
    diagnostics: Sequence[Diagnostic] = field(default_factory=list)

    def __str__(self) -> str:
        return printed([self])

    def __repr__(self) -> str:
        return f"Report({self.source.path!r}, {summary_line([self])!r})"


def described(text: str, result: diagnostic.FormulaResult) -> str:
    """A formula in one line: its text, its status, and its shape where that is known."""
    return ", ".join((repr(text), result.status, *([] if result.shape is None else [show(result.shape)])))


def printed(reports: Sequence[diagnostic.Report]) -> str:
    """Reports as the command prints them into a pipe."""
    return render(reports, Options()).rstrip("\n")


def placed(report: diagnostic.Report) -> Report:
    """A report whose formulas and findings know where they stand."""
    about = diagnostic.Report(report.source, convention=report.convention)
    formulas = [FormulaResult(**fields(each), about=about) for each in report.formulas]
    found = [Diagnostic(**fields(each), about=about) for each in report.diagnostics]
    return Report(**{**fields(report), "formulas": formulas, "diagnostics": found})
