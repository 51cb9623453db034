"""The check command without its options' parsing: targets in, reports written, exit status out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..diagnostic import Report
from ..formats import Options, formats
from ..formats._format import TERMINAL, Page
from ..settings import Settings
from ..text import Source
from . import _status, _targets
from ._errors import UsageError
from ._output import has_color, width_of, write


class Request(NamedTuple):
    """How to check and what to do with the reports: `others` are further formats, each with its file."""

    settings: Settings = Settings()
    format: str = "full"
    output: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None
    color: str = "auto"


def check(words: Sequence[str], request: Request) -> int:
    """Check what the words name, write what there is to say, and return the exit status."""
    targets = list(_targets.find(words))
    reports = list(_reports(targets, request))
    if request.fix or request.diff:
        from ._fixing import fix

        reports = fix(reports, request)
    if not request.diff:
        _write(reports, request)
    return status_of(reports, request.settings.strict)


def _reports(targets: list[_targets.Target], request: Request) -> Iterator[Report]:
    """A report for each target, in order; files that follow each other are checked together."""
    paths: list[str] = []
    for target in targets:
        if target.kind == "file":
            paths.append(target.text)
            continue
        yield from _of_files(paths, request)
        paths = []
        if target.kind == "formula":
            yield _of_formula(target.text, request)
        else:
            yield from _of_stdin(request)
    yield from _of_files(paths, request)


def _of_formula(text: str, request: Request) -> Report:
    from ..check import check

    return check(Source(text, TERMINAL), request.settings)


def _of_stdin(request: Request) -> tuple[Report, ...]:
    from ..files import check_content, decode

    return check_content(decode(_targets.read_stdin(), _targets.STDIN), request.settings)


def _of_files(paths: list[str], request: Request) -> Iterator[Report]:
    if not paths:
        return
    from ..files import check_files
    from ._progress import watched

    yield from watched(check_files(paths, request.settings, request.jobs), len(paths), request.quiet)


def _write(reports: list[Report], request: Request) -> None:
    """Write the reports to their files and to stdout; to stderr where stdout has the corrected standard input."""
    for name, path in (*request.others, *([(request.format, request.output)] if request.output is not None else ())):
        options = Options(quiet=request.quiet, verbose=request.verbose, color=request.color == "always")
        _save(render(name, reports, options), path)
    if request.output is not None:
        return
    corrected = request.fix and any(report.source.path == _targets.STDIN for report in reports)
    stream = sys.stderr if corrected else sys.stdout
    options = Options(width_of(stream), has_color(request.color, stream), request.verbose, request.quiet)
    write(render(request.format, reports, options), stream)


def render(name: str, reports: Sequence[Report], options: Options) -> str:
    """The reports in a format, with the pages of the rules where it explains them."""
    format = formats[name]
    if format.explains:
        from ..rules import rules

        pages = tuple(Page(each.code, each.name, each.severity, each.sentence, each.page) for each in rules.all())
        options = options._replace(pages=pages)
    return str(format.render(reports, options))


def _save(text: str, path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def status_of(reports: Sequence[Report], strict: bool) -> int:
    """1 where there is an error; where the check is strict, a warning or a formula not understood counts as one."""
    if any(report.errors for report in reports):
        return _status.FINDINGS
    if strict and any(report.warnings or any(f.status == "unknown" for f in report.formulas) for report in reports):
        return _status.FINDINGS
    return _status.CLEAN
