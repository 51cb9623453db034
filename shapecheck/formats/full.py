"""The report for people: each finding with its snippet, labels, helps and notes, and a summary at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..diagnostic import Report
from ._format import TERMINAL, Format, Options, formula_text, listed, ok_line, summary_line, where
from ._line import Line, Run
from ._wrap import wrap

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "label": "blue",
    "gutter": "blue",
    "help": "bold green",
    "note": "bold cyan",
    "ok": "bold green",
    "bold": "bold",
}


def render(reports: Sequence[Report], options: Options) -> str:
    """The findings in the order of the files, a blank line between two, and the summary."""
    lines = list(_lines(reports, options))
    return as_text(lines, _STYLES if options.color else None)


def _lines(reports: Sequence[Report], options: Options) -> Iterator[Line]:
    if any(report.diagnostics for report in reports):
        yield from _findings(reports, options.width)
    if not options.quiet:
        for report in reports:
            yield from _rest(report, options)
        yield [Run(summary_line(reports), "bold")]


def _findings(reports: Sequence[Report], width: int) -> Iterator[Line]:
    from ._snippet import finding

    found = ((report, each) for report in reports for each in report.diagnostics)
    for number, (report, each) in enumerate(found):
        if number:
            yield []
        yield from finding(report, each, width)


def _rest(report: Report, options: Options) -> Iterator[Line]:
    """What is said of a source besides its findings: what is right, what was not understood, and its own notes."""
    in_terminal = report.source.path == TERMINAL
    if in_terminal:
        for formula in report.formulas:
            if formula.status == "ok":
                yield [Run("ok", "ok"), Run(ok_line(report, formula).removeprefix("ok"))]
    for words, formula in listed(report, everything=in_terminal or options.verbose):
        place = "" if in_terminal else f"{where(report, formula.span.start)}: "
        yield from _wrapped(words, f"{place}{formula_text(report, formula)}", options.width)
        if formula.why:
            yield from _wrapped("  because", formula.why, options.width)
    for note in report.notes:
        yield from _wrapped("note", note, options.width)


def _wrapped(head: str, message: str, width: int) -> Iterator[Line]:
    first, *others = wrap(message, width - len(head) - 2)
    yield [Run(head, "note"), Run(f": {first}")]
    for line in others:
        yield [Run(" " * (len(head) + 2) + line)]


def as_text(lines: Sequence[Line], styles: Mapping[str, str] | None) -> str:
    """The lines as text: plain, or where styles are given with the terminal's codes for them."""
    return _painted(lines, styles) if styles else "".join(f"{_plain(line)}\n" for line in lines)


def _plain(line: Line) -> str:
    return "".join(run.text for run in line).rstrip()


def _painted(lines: Sequence[Line], styles: Mapping[str, str]) -> str:
    """The lines with the terminal's codes for colours, by rich, which reads no markup in them."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="standard", width=10_000, no_color=False, legacy_windows=False
    )
    for line in lines:
        text = Text.assemble(*((run.text, styles.get(run.style, "")) for run in line), end="\n")
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)
    return out.getvalue()


format = Format("full", render)
