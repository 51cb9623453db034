"""The check command without the parsing of options: targets in, reports written, exit status out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..configuration import Configurations
from ..diagnostic import Report
from ..formats._format import TERMINAL
from ..settings import Settings
from ..text import Source
from ..values import NamedTuple
from . import _status, _targets
from ._configuration import configuring
from ._reporting import report

if TYPE_CHECKING:
    from ..files import Content


class Request(NamedTuple):
    """How to check and what to do with the reports: `others` are further formats, each with its file.

    `options` are fields of Settings, in place of what the project of a file says. A `format` of None is the project's.
    `stdin_filename` is the name under which standard input is read and reported.
    """

    options: Mapping[str, Any] = MappingProxyType({})
    format: str | None = None
    output: str | None = None
    others: tuple[tuple[str, str], ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_ignore: bool = False
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    exit_zero: bool = False
    jobs: int | None = None
    no_cache: bool = False
    watch: bool = False
    color: str = "auto"
    stdin_filename: str = _targets.STDIN
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False


class CheckRun(NamedTuple):
    """A request with the settings of each file, those of the folder that it is made in, and the bytes of stdin."""

    request: Request
    of_file: Configurations
    settings: Settings
    format: str
    stdin: bytes | None = None

    def content(self) -> Content:
        """What standard input holds."""
        from ..files import decode

        return decode(self.stdin or b"", self.request.stdin_filename)


def check(words: Sequence[str], request: Request) -> int:
    """Check what the words name, write the reports, and return the exit status."""
    if request.watch:
        from ._watching import watch

        return watch(words, lambda: check(words, request._replace(watch=False)))
    with configuring():
        of_file = Configurations(request.options, request.exclude, request.extend_exclude)
        here = of_file.of_folder()
        return _check(words, CheckRun(request, of_file, here.settings, request.format or here.format or "full"))


def _check(words: Sequence[str], run: CheckRun) -> int:
    request = run.request
    targets = list(_targets.find(words, run.of_file.excludes, request.force_exclude))
    if request.others or request.output is not None:
        from ._outputs import refuse

        refuse(request, targets)
    if any(target.kind == "stdin" for target in targets):
        _targets.refuse_twice(targets, request.stdin_filename)
        run = run._replace(stdin=_targets.read_stdin())
    reports = list(_reports(targets, run))
    if request.fix or request.diff or request.add_ignore:
        from ._fixing import correct

        reports = correct(reports, run)
    if not request.diff:
        report(reports, run)
    return _status.CLEAN if request.exit_zero else status_of(reports, run.settings.strict)


def _reports(targets: list[_targets.Target], run: CheckRun) -> Iterator[Report]:
    """A report for each target, in order; files that follow each other are checked together."""
    paths: list[str] = []
    for target in targets:
        if target.kind == "file":
            paths.append(target.text)
            continue
        yield from _of_files(paths, run)
        paths = []
        if target.kind == "formula":
            yield _of_formula(target.text, run)
        else:
            yield from _of_stdin(run)
    yield from _of_files(paths, run)


def _of_formula(text: str, run: CheckRun) -> Report:
    source = Source(text, TERMINAL)
    if run.settings.gradients:
        from ..verification import verify

        return verify(source, run.settings)[0]
    from ..check import check

    return check(source, run.settings)


def _of_stdin(run: CheckRun) -> tuple[Report, ...]:
    from ..files import check_content

    name, content = run.request.stdin_filename, run.content()
    if name == _targets.STDIN:
        return check_content(content, run.settings)
    if run.request.force_exclude and _targets.is_excluded(name, run.of_file.excludes):
        return (Report(content.source),)
    return check_content(content, run.of_file(name))


def _of_files(paths: list[str], run: CheckRun) -> Iterator[Report]:
    if not paths:
        return
    from ..cache import Cache
    from ..files import check_files
    from ._progress import watched

    # What is written into a file follows from that file alone, never from what was kept of an earlier run.
    writes = run.request.fix or run.request.diff or run.request.add_ignore
    cache = None if run.request.no_cache or writes else Cache(run.settings.root or ".")
    yield from watched(check_files(paths, run.of_file, run.request.jobs, cache), len(paths), run.request.quiet)


def status_of(reports: Sequence[Report], strict: bool) -> int:
    """1 if there is an error; in a strict check, also for a warning or a formula that is not understood."""
    if any(report.errors for report in reports):
        return _status.FINDINGS
    if strict and any(report.warnings or any(f.status == "unknown" for f in report.formulas) for report in reports):
        return _status.FINDINGS
    return _status.CLEAN
