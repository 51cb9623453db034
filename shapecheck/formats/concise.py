"""One line a finding, `path:line:column: error[SC201]: …`, for editors and for grep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostic import Diagnostic, Report
from ._cells import one_line
from ._format import TERMINAL, Format, Options, formula_text, listed, ok_line, summary_line, title, where


def render(reports: Sequence[Report], options: Options) -> str:
    """A line for each finding, in the order of the files, and the summary."""
    lines = [line for report in reports for line in _lines(report, options)]
    if not options.quiet:
        lines.append(summary_line(reports))
    return "".join(f"{line}\n" for line in lines)


def _lines(report: Report, options: Options) -> Iterator[str]:
    for found in report.diagnostics:
        yield line_of(report, found)
    if options.quiet:
        return
    if report.source.path == TERMINAL:
        yield from (ok_line(report, formula) for formula in report.formulas if formula.status == "ok")
    for words, formula in listed(report, everything=options.verbose or report.source.path == TERMINAL):
        why = f" ({one_line(formula.why)})" if formula.why else ""
        yield f"{where(report, formula.span.start)}: {words}: {formula_text(report, formula)}{why}"


def line_of(report: Report, found: Diagnostic) -> str:
    """The line that tells a finding."""
    fixes = "".join(f"; {one_line(fix.title)}" for fix in found.fixes[:1])
    return f"{where(report, found.span.start)}: {title(found)}: {one_line(found.message)}{fixes}"


format = Format("concise", render)
