"""GitHub's annotations, a workflow command a finding: `::error file=…,line=…,title=…::message`.

Source: GitHub Docs, "Workflow commands for GitHub Actions": what may end a command or a property is percent-encoded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostic import Diagnostic, Report
from ._cells import one_line
from ._fingerprint import relative
from ._format import Format, Options, summary_line, where

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_IN_MESSAGE = {"%": "%25"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render(reports: Sequence[Report], options: Options) -> str:
    """An annotation for each finding, and the summary."""
    lines = [_annotation(report, found) for report in reports for found in report.diagnostics]
    if not options.quiet:
        lines.append(summary_line(reports))
    return "".join(f"{line}\n" for line in lines)


def _annotation(report: Report, found: Diagnostic) -> str:
    properties = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in _properties(report, found))
    message = "%0A".join(_escaped(line, _IN_MESSAGE) for line in _lines(report, found))
    return f"::{_LEVELS[found.severity]} {properties}::{message}"


def _properties(report: Report, found: Diagnostic) -> Iterator[tuple[str, str]]:
    """Where a finding stands, and its title; of a cell of a notebook the file alone can be named."""
    source = report.source
    yield "file", relative(source.path)
    if source.cell is None:
        line, column = source.place(found.span.start)
        end_line, end_column = source.place(found.span.end)
        yield from (("line", str(line)), ("endLine", str(end_line)))
        if line == end_line:
            yield from (("col", str(column)), ("endColumn", str(max(end_column - 1, column))))
    yield "title", f"{found.code} {found.name}"


def _lines(report: Report, found: Diagnostic) -> Iterator[str]:
    place = "" if report.source.cell is None else f"{where(report, found.span.start)}: "
    yield f"{place}{found.message}"
    yield from (f"{fix.title}: {fix.formula}" for fix in found.fixes)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in one_line(text))


format = Format("github", render)
