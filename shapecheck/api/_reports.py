"""Reports that can be printed, with findings and formulas that know their place."""

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
    """One finding: its code, message, place, labels, notes and fixes.

    Lines and columns start at 1 and are counted in code points, in a notebook within the cell. `end_column` is the
    first column after the finding.
    """

    about: diagnostic.Report = field(default=_NOTHING, compare=False)

    @property
    def path(self) -> str:
        """The path of the file; `<formula>` for a text."""
        return self.about.source.path

    @property
    def line(self) -> int:
        """The line where it starts."""
        return self._place(self.span.start).line

    @property
    def column(self) -> int:
        """The column where it starts."""
        return self._place(self.span.start).column

    @property
    def end_line(self) -> int:
        """The line where it ends."""
        return self._place(self.span.end).line

    @property
    def end_column(self) -> int:
        """The first column after it."""
        return self._place(self.span.end).column

    def _place(self, offset: int) -> Place:
        return self.about.source.place(offset)

    def __str__(self) -> str:
        return line_of(self.about, self)

    def __repr__(self) -> str:
        return f"Diagnostic({self.code!r}, {where(self.about, self.span.start)!r}, {self.message!r})"


@dataclass(slots=True)
class FormulaResult(diagnostic.FormulaResult):
    """One formula of a text: whether it fits, its name, its shape and its place."""

    about: diagnostic.Report = field(default=_NOTHING, compare=False)

    @property
    def text(self) -> str:
        """The formula as its author wrote it, in one line."""
        return formula_text(self.about, self)

    @property
    def line(self) -> int:
        """The line where it starts."""
        return self.about.source.place(self.span.start).line

    @property
    def column(self) -> int:
        """The column where it starts."""
        return self.about.source.place(self.span.start).column

    def __str__(self) -> str:
        words = {"error": "error", "unknown": "not understood"}
        return ok_line(self.about, self) if self.status == "ok" else f"{words[self.status]}: {self.text}"

    def __repr__(self) -> str:
        return f"FormulaResult({described(self.text, self)})"


@dataclass(slots=True)
class Report(diagnostic.Report):
    """The result of checking one text, or one cell of a notebook; it prints as the command prints it."""

    formulas: Sequence[FormulaResult] = field(default_factory=list)
    diagnostics: Sequence[Diagnostic] = field(default_factory=list)

    def __str__(self) -> str:
        return printed([self])

    def __repr__(self) -> str:
        return f"Report({self.source.path!r}, {summary_line([self])!r})"


def described(text: str, result: diagnostic.FormulaResult) -> str:
    """A formula on one line: its text, its status, and its shape if known."""
    return ", ".join((repr(text), result.status, *([] if result.shape is None else [show(result.shape)])))


def printed(reports: Sequence[diagnostic.Report]) -> str:
    """Reports as the command prints them to a pipe."""
    return render(reports, Options()).rstrip("\n")


def placed(report: diagnostic.Report) -> Report:
    """A report whose formulas and findings know their place."""
    about = diagnostic.Report(report.source, convention=report.convention)
    formulas = [FormulaResult(**fields(each), about=about) for each in report.formulas]
    found = [Diagnostic(**fields(each), about=about) for each in report.diagnostics]
    return Report(**{**fields(report), "formulas": formulas, "diagnostics": found})
