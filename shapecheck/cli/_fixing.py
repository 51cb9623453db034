"""`--fix` and `--diff`: the corrected formula or text printed, files rewritten, or the change shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostic import Report
from ..files import Check, Content, Fixed, check_content, fix_source, read, silence, unified_diff, write
from ..formats import formats
from ..formats._format import TERMINAL, summary_line
from ..text import Source
from . import _output, _targets
from ._output import complain

if TYPE_CHECKING:
    from ._checking import Run


def fix(reports: Sequence[Report], run: Run) -> list[Report]:
    """Make the fixes and return the reports of what is left; with `--diff` only show them and return the reports."""
    request = run.request
    files = [_of_file(tuple(group)) for _, group in groupby(reports, key=_file_of)]
    made = [_fixed(file, run) for file in files]
    if request.diff:
        for file, fixed in zip(files, made, strict=True):
            _output.write(unified_diff(_lined(file.whole), _lined(fixed.source)), sys.stdout)
        if not request.quiet:
            _output.write(f"{summary_line(reports)}\n", sys.stderr)
        return list(reports)
    kept = [_kept(file, fixed, run) for file, fixed in zip(files, made, strict=True)]
    count = sum(fixed.made for fixed in kept)
    if count and not request.quiet:
        _output.write(f"fixed {count} finding{'s' * (count != 1)}\n", sys.stderr)
    return [report for fixed in kept for report in fixed.reports]


def add_ignore(reports: Sequence[Report], run: Run) -> list[Report]:
    """Silence what is found in files by comments there, and return the reports of what is left."""
    files = [_of_file(tuple(group)) for _, group in groupby(reports, key=_file_of)]
    kept = [_kept(file, silence(file.reports, file.whole, _checker(file, run)), run) for file in files]
    count = sum(fixed.made for fixed in kept)
    if not run.request.quiet:
        _output.write(f"silenced {count} finding{'s' * (count != 1)}\n", sys.stderr)
    return [report for fixed in kept for report in fixed.reports]


def _file_of(report: Report) -> tuple[str, int]:
    """What the reports of the cells of one file have in common; two formulas of the terminal are two texts."""
    return report.source.path, 0 if report.source.cell is not None else id(report)


def _lined(source: Source) -> Source:
    """A source as it is shown: a formula of the terminal is a line."""
    return Source(f"{source.text}\n", source.path) if source.path == TERMINAL else source


class _File(NamedTuple):
    """The reports of a file, one for each cell where it has cells, and its whole text."""

    reports: tuple[Report, ...]
    whole: Source


def _of_file(reports: tuple[Report, ...]) -> _File:
    source = reports[0].source
    return _File(reports, source if source.cell is None else read(source.path).source)


def _fixed(file: _File, run: Run) -> Fixed:
    """What the fixes of a file give."""
    return fix_source(file.reports, file.whole, _checker(file, run), run.request.unsafe_fixes)


def _checker(file: _File, run: Run) -> Check:
    """Checks another text of a file as the file itself was checked."""
    path = file.whole.path
    named = None if path in (TERMINAL, run.request.stdin_filename) else path
    settings = run.settings if path in (TERMINAL, _targets.STDIN) else run.of_file(path)

    def check(source: Source) -> tuple[Report, ...]:
        return check_content(Content(source), settings, named)

    return check


def _kept(file: _File, fixed: Fixed, run: Run) -> Fixed:
    """Put the corrected text where it belongs; where a file refuses it, what was found before stands."""
    path, text = file.whole.path, fixed.source.text
    if path == run.request.stdin_filename:
        _output.write(text, sys.stdout)
    elif path == TERMINAL:
        if fixed.made and not formats[run.format].whole:
            _output.write(f"{text}\n", sys.stdout)
    elif fixed.made:
        refused = _write(file.whole, text)
        if refused:
            complain(f"{path} is left as it was: {refused}")
            return Fixed(file.reports, file.whole, 0)
    return fixed


def _write(before: Source, text: str) -> str | None:
    content = read(before.path)
    if content.trouble or content.source.text != before.text:
        return "it changed while it was checked"
    return write(before.path, content, text)
