"""`--fix` and `--diff`: the corrected formula or text printed, files rewritten, or the change shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..diagnostic import Report
from ..files import Content, Fixed, check_content, fix_source, read, unified_diff, write
from ..formats import formats
from ..formats._format import TERMINAL, summary_line
from ..text import Source
from . import _output, _targets
from ._output import complain

if TYPE_CHECKING:
    from ._checking import Request


def fix(reports: Sequence[Report], request: Request) -> list[Report]:
    """Make the fixes and return the reports of what is left; with `--diff` only show them and return the reports."""
    made = [_fixed(report, request) for report in reports]
    if request.diff:
        for report, fixed in zip(reports, made, strict=True):
            _output.write(unified_diff(_lined(report.source), _lined(fixed.report.source)), sys.stdout)
        if not request.quiet:
            _output.write(f"{summary_line(reports)}\n", sys.stderr)
        return list(reports)
    kept = [_kept(report, fixed, request) for report, fixed in zip(reports, made, strict=True)]
    count = sum(fixed.made for fixed in kept)
    if count and not request.quiet:
        _output.write(f"fixed {count} finding{'s' * (count != 1)}\n", sys.stderr)
    return [fixed.report for fixed in kept]


def _lined(source: Source) -> Source:
    """A source as it is shown: a formula of the terminal is a line."""
    return Source(f"{source.text}\n", source.path) if source.path == TERMINAL else source


def _fixed(report: Report, request: Request) -> Fixed:
    """What the fixes of a report give; what is left is checked as the file itself was."""
    path = report.source.path
    named = None if path in (TERMINAL, _targets.STDIN) else path
    return fix_source(report, lambda source: check_content(Content(source), request.settings, named), request.unsafe)


def _kept(report: Report, fixed: Fixed, request: Request) -> Fixed:
    """Put the corrected text where it belongs; where a file refuses it, what was found before stands."""
    path, text = report.source.path, fixed.report.source.text
    if path == _targets.STDIN:
        _output.write(text, sys.stdout)
    elif path == TERMINAL:
        if fixed.made and not formats[request.format].whole:
            _output.write(f"{text}\n", sys.stdout)
    elif fixed.made:
        refused = _write(report.source, text)
        if refused:
            complain(f"{path} is left as it was: {refused}")
            return Fixed(report, 0)
    return fixed


def _write(before: Source, text: str) -> str | None:
    content = read(before.path)
    if content.trouble or content.source.text != before.text:
        return "it changed while it was checked"
    return write(before.path, content, text)
