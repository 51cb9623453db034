"""`--fix`, `--add-ignore`, `--diff`: the new formula or text printed, files rewritten, or the change shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..diagnostic import Report
from ..documents import message_in
from ..files import Check, Content, Fixed, check_content, fix_source, read, silence, unified_diff, write
from ..formats import formats
from ..formats._format import TERMINAL, summary_line
from ..text import Source
from ..values import NamedTuple
from . import _output, _targets
from ._output import complain

if TYPE_CHECKING:
    from ._checking import CheckRun


class _Corrected(NamedTuple):
    """What is left to report of a file, its new text, and how many findings were fixed and silenced."""

    reports: tuple[Report, ...]
    source: Source
    fixed: int = 0
    silenced: int = 0


def correct(reports: Sequence[Report], run: CheckRun) -> list[Report]:
    """Fix and silence as is asked for, and return the reports of what is left.

    With `--diff` the change is only shown, by default that of the fixes, and the reports are returned as they are.
    """
    request = run.request
    files = [_of_file(tuple(group), run) for _, group in groupby(reports, key=_file_of)]
    made = [_corrected(file, run) for file in files]
    if request.diff:
        for file, corrected in zip(files, made, strict=True):
            _output.write(unified_diff(_lined(file.whole), _lined(corrected.source)), sys.stdout)
        if not request.quiet:
            _output.write(f"{summary_line(reports)}\n", sys.stderr)
        return list(reports)
    kept = [_kept(file, corrected, run) for file, corrected in zip(files, made, strict=True)]
    if not request.quiet:
        _output.write(_counts(kept, request.add_ignore), sys.stderr)
    return [report for corrected in kept for report in corrected.reports]


def _counts(kept: Sequence[_Corrected], silencing: bool) -> str:
    """How many findings were fixed, where any was, and how many were silenced, where that was asked for."""
    counts = (("fixed", sum(each.fixed for each in kept)), ("silenced", sum(each.silenced for each in kept)))
    said = [(verb, count) for verb, count in counts if count or (verb == "silenced" and silencing)]
    return "".join(f"{verb} {count} finding{'s' * (count != 1)}\n" for verb, count in said)


def _file_of(report: Report) -> tuple[str, int]:
    """What the reports of the cells of one file have in common; two formulas of the terminal are two texts."""
    return report.source.path, id(report) if report.source.path == TERMINAL else 0


def _lined(source: Source) -> Source:
    """A source as it is shown: a formula of the terminal is a line."""
    return Source(f"{source.text}\n", source.path) if source.path == TERMINAL else source


class _File(NamedTuple):
    """The reports of a file, one for each cell where it has cells, and its whole text."""

    reports: tuple[Report, ...]
    whole: Source


def _of_file(reports: tuple[Report, ...], run: CheckRun) -> _File:
    source = reports[0].source
    if source.cell is None:
        return _File(reports, source)
    content = read(source.path) if run.stdin is None or source.path != run.request.stdin_filename else run.content()
    return _File(reports, content.source)


def _corrected(file: _File, run: CheckRun) -> _Corrected:
    """What the fixes of a file give, and then the comments that silence the rest."""
    request, check = run.request, _checker(file, run)
    if file.whole.path in (TERMINAL, _targets.STDIN) and message_in(file.whole.text):
        return _Corrected(file.reports, file.whole)  # its shapes are those of the line as it was run
    fixed = Fixed(file.reports, file.whole, 0)
    if request.fix or not request.add_ignore:
        fixed = fix_source(file.reports, file.whole, check, request.unsafe_fixes)
    silenced = silence(fixed.reports, fixed.source, check) if request.add_ignore else fixed._replace(made=0)
    return _Corrected(silenced.reports, silenced.source, fixed.made, silenced.made)


def _checker(file: _File, run: CheckRun) -> Check:
    """Checks another text of a file as the file itself was checked."""
    path = file.whole.path
    named = None if path in (TERMINAL, run.request.stdin_filename) else path
    settings = run.settings if path in (TERMINAL, _targets.STDIN) else run.of_file(path)

    def check(source: Source) -> tuple[Report, ...]:
        return check_content(Content(source), settings, named)

    return check


def _kept(file: _File, corrected: _Corrected, run: CheckRun) -> _Corrected:
    """Put the corrected text where it belongs; where a file refuses it, what was found before stands."""
    path, text = file.whole.path, corrected.source.text
    is_changed = bool(corrected.fixed or corrected.silenced)
    if run.stdin is not None and path == run.request.stdin_filename:
        _output.write_bytes(run.stdin if run.content().trouble else run.content().encode(text))
    elif path == TERMINAL:
        if is_changed and not formats[run.format].whole:
            _output.write(f"{text}\n", sys.stdout)
    elif is_changed:
        refused = _write(file.whole, text)
        if refused:
            complain(f"{path} was not changed: {refused}")
            return _Corrected(file.reports, file.whole)
    return corrected


def _write(before: Source, text: str) -> str | None:
    content = read(before.path)
    if content.trouble or content.source.text != before.text:
        return "it changed while it was checked"
    return write(before.path, content, text)
