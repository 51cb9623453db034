"""Reports to where they are wanted: to stdout or to files, in the formats asked for, or counted by code."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..diagnostic import Report
from ..formats import Options, formats
from ..formats._format import Page, summary_line
from ._command import UsageError
from ._output import has_color, width_of, write

if TYPE_CHECKING:
    from ._checking import CheckRun


def report(reports: Sequence[Report], run: CheckRun) -> None:
    """Write the reports to their files and to stdout; to stderr where stdout has the corrected standard input."""
    request = run.request
    for name, path in (*request.others, *([(run.format, request.output)] if request.output is not None else ())):
        options = Options(quiet=request.quiet, verbose=request.verbose, color=request.color == "always")
        _save(render(name, reports, options), path)
    if request.output is not None:
        return
    is_corrected = run.stdin is not None and (request.fix or request.add_ignore)
    stream = sys.stderr if is_corrected else sys.stdout
    if request.statistics:
        write(statistics(reports), stream)
        return
    options = Options(width_of(stream), has_color(request.color, stream), request.verbose, request.quiet)
    write(render(run.format, reports, options), stream)


def render(name: str, reports: Sequence[Report], options: Options) -> str:
    """The reports in a format, with the pages of the rules where it explains them."""
    format = formats[name]
    if format.explains:
        from ..rules import rules

        pages = tuple(Page(each.code, each.name, each.severity, each.sentence, each.page) for each in rules.all())
        options = options._replace(pages=pages)
    return str(format.render(reports, options))


def statistics(reports: Sequence[Report]) -> str:
    """How often each code was found, the most frequent first, how many of them have a safe fix, and the summary."""
    found = [each for report in reports for each in report.diagnostics]
    counts = Counter((each.code, each.name) for each in found)
    fixable = Counter(each.code for each in found if any(fix.safe for fix in each.fixes))
    digits = len(str(max(counts.values(), default=0)))
    lines = [
        f"{count:{digits}}  {code}  {name}" + (f"  ({fixable[code]} fixable with --fix)" if fixable[code] else "")
        for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return "".join(f"{line}\n" for line in (*lines, summary_line(reports)))


def _save(text: str, path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error
