"""What a format is, and what is the same in all of them: the summary of reports and the words for a right formula."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from ..diagnostic import Diagnostic, FormulaResult, Report, Severity, Shape, Verdict
from ..text import Span
from ..values import NamedTuple
from ._cells import one_line

TERMINAL = "<formula>"
"""The path under which a formula in the terminal is reported."""
_BLANKS = re.compile(r"[ \t]*")


class Page(NamedTuple):
    """What there is to read about a code: its name and severity, a sentence, and its page as Markdown."""

    code: str
    name: str
    severity: Severity
    sentence: str
    text: str


class Options(NamedTuple):
    """How to write: the width in columns, with colour or not, the not understood formulas listed, findings only.

    `pages` are those of all rules, for a format that `explains` them.
    """

    width: int = 100
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    pages: tuple[Page, ...] = ()


class Format(NamedTuple):
    """A name and a function that renders reports; the text ends with a line end, or is empty.

    `whole` says that the output is one document for programs, in which no other line may stand; `explains` that it
    holds the pages of the rules.
    """

    name: str
    render: Callable[[Sequence[Report], Options], str]
    whole: bool = False
    explains: bool = False


class Summary(NamedTuple):
    """The counts of a run.

    `errors` counts wrong formulas, `doubtful` those that are not wrong and have a warning, `warnings` and `findings`
    count findings; `loose_errors` and `loose_warnings` are findings that stand on no formula. Where derivatives are
    judged, `right`, `wrong` and `unverified` count the formulas for them, and `unknown` those not among the last.
    """

    files: int
    formulas: int
    ok: int
    errors: int
    warnings: int
    unknown: int
    findings: int
    right: int
    wrong: int
    unverified: int
    doubtful: int
    loose_errors: int
    loose_warnings: int


def summarize(reports: Sequence[Report]) -> Summary:
    """Count the results in reports."""
    by_status = {"ok": 0, "error": 0, "unknown": 0}
    by_verdict: dict[Verdict, int] = {"right": 0, "wrong": 0, "not verified": 0, "": 0}
    for report in reports:
        for formula in report.formulas:
            by_status[formula.status] += 1
            by_verdict[formula.verdict] += 1
    return Summary(
        files=len({report.source.path for report in reports}),
        formulas=sum(by_status.values()),
        ok=by_status["ok"],
        errors=by_status["error"],
        warnings=sum(report.warnings for report in reports),
        unknown=by_status["unknown"],
        right=by_verdict["right"],
        wrong=by_verdict["wrong"],
        unverified=by_verdict["not verified"],
        findings=sum(len(report.diagnostics) for report in reports),
        doubtful=sum(_doubtful(report) for report in reports if report.diagnostics),
        loose_errors=sum(_loose(report, "error") for report in reports if report.diagnostics),
        loose_warnings=sum(_loose(report, "warning") for report in reports if report.diagnostics),
    )


def _doubtful(report: Report) -> int:
    """How many formulas have a warning but no error."""
    spans = sorted(formula.span for formula in report.formulas if formula.status != "error")
    warned = (formula_at(found.span, spans, report) for found in report.diagnostics if found.severity == "warning")
    return len(set(warned) - {None})


def _loose(report: Report, severity: str) -> int:
    """How many findings of a severity do not belong to a formula."""
    spans = sorted(formula.span for formula in report.formulas)
    found = (each.span for each in report.diagnostics if each.severity == severity)
    return sum(formula_at(span, spans, report) is None for span in found)


def formula_at(span: Span, spans: list[Span], report: Report) -> Span | None:
    """The formula that a finding belongs to: the finding is in it, or separated from its end only by blanks."""
    place = bisect_right(spans, (span.start, float("inf"))) - 1
    if place < 0:
        return None
    end = spans[place].end
    blanks = _BLANKS.match(report.source.text, end)
    return spans[place] if span.start <= end or (blanks and blanks.end() >= span.start) else None


def summary_line(reports: Sequence[Report]) -> str:
    """The last line of a report: `checked 12 formulas: 2 errors, 1 warning, 3 not understood; 1 error elsewhere`.

    It counts formulas, then findings that belong to none, then the derivatives that were verified.
    """
    summary = summarize(reports)
    lost = summary.unknown - summary.unverified
    unknown = f"{lost} not understood" if lost else ""
    said = ", ".join(filter(None, (_counts(summary.errors, summary.doubtful), unknown)))
    loose = _counts(summary.loose_errors, summary.loose_warnings)
    judged = _judged(summary) if any(report.gradients for report in reports) else ""
    checked = f"checked {_count(summary.formulas, 'formula')}"
    if not summary.formulas:
        return f"{checked}: {loose or 'nothing to check'}"
    verified = summary.right and not (summary.wrong or summary.unverified)
    told = said or ("the shapes fit" if judged and not verified else "all right")
    return "; ".join(filter(None, (f"{checked}: {told}", f"{loose} elsewhere" if loose else "", judged)))


def _judged(summary: Summary) -> str:
    """How many derivatives are right, wrong or not verified: `2 derivatives: 1 right, 1 not verified`."""
    counts = {"right": summary.right, "wrong": summary.wrong, "not verified": summary.unverified}
    total = sum(counts.values())
    if total == summary.right:
        return f"{_count(total, 'derivative')} right" if total else "no derivative to verify"
    return f"{_count(total, 'derivative')}: " + ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _counts(errors: int, warnings: int) -> str:
    parts = (_count(errors, "error") if errors else "", _count(warnings, "warning") if warnings else "")
    return ", ".join(filter(None, parts))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def formula_text(report: Report, formula: FormulaResult) -> str:
    """A formula on one line, as its author wrote it."""
    return one_line(report.source.slice(formula.span)).strip()


def ok_line(report: Report, formula: FormulaResult) -> str:
    """The line for a right formula in the terminal: its name, its shape, and what it is the gradient of."""
    name = one_line(formula.name) if formula.name else formula_text(report, formula)
    shape = one_line(show(formula.shape)) if formula.shape is not None else "of unknown shape"
    gradient = f", the {_turned(formula)}gradient of {one_line(formula.gradient_of)}" if formula.gradient_of else ""
    gradient += ": right in numerator layout" if formula.transposed else ""
    gradient = gradient or (", the right derivative" if formula.verdict == "right" else "")
    return f"ok: {name} is {shape}{gradient}{_remark(report.convention, formula.shape or ())}"


def _turned(formula: FormulaResult) -> str:
    return "transpose of the " if formula.transposed else ""


_LAYOUTS = {"coursera": "columns", "forward-index": "columns", "batch-first": "rows", "torch": "rows"}


def _remark(convention: str | None, shape: Shape) -> str:
    """In brackets, the convention that a shape comes from, and the meaning of a `?` in it."""
    layout = _LAYOUTS.get(convention or "")
    of_examples = layout and len(shape) == 2 and shape.index(None) == (layout == "columns") if None in shape else False
    meaning = "? is any number of examples" if of_examples else "? is unknown" if None in shape else ""
    start = f"{one_line(convention)}: {layout} are examples" if layout and convention else one_line(convention or "")
    said = "; ".join(filter(None, (start, meaning)))
    return f"  ({said})" if said else ""


def show(shape: Shape) -> str:
    """A reported shape as people write it: `n1×m`, `(n1,)` for rank 1, `()` for a scalar, `?` for unknown."""
    texts = ["?" if dim is None else dim for dim in shape]
    if len(texts) < 2:
        return f"({texts[0]},)" if texts else "()"
    return "×".join(f"({text})" if " " in text else text for text in texts)


def listed(report: Report, everything: bool) -> list[tuple[str, FormulaResult]]:
    """The formulas that are not wrong but not fully known, each with the words that say so.

    Derivatives that are not verified are always listed, formulas that are not understood only with `everything`.
    """
    told = ((formula.verdict or "not understood", formula) for formula in not_understood(report))
    return [(words, formula) for words, formula in told if everything or words == "not verified"]


def not_understood(report: Report) -> list[FormulaResult]:
    """The formulas that are not wrong, but have a part of unknown shape."""
    return [formula for formula in report.formulas if formula.status == "unknown"]


def title(found: Diagnostic) -> str:
    """Severity and code as every text format writes them: `error[SC201]`."""
    return f"{found.severity}[{found.code}]"


def where(report: Report, offset: int) -> str:
    """`path:line:column`, with the cell of a notebook as `path:cell 3:line:column`."""
    line, column = report.source.place(offset)
    cell = "" if report.source.cell is None else f":cell {report.source.cell}"
    return f"{one_line(report.source.path)}{cell}:{line}:{column}"
