"""A report as cases: each formula with what was found on it, for programs that count tests."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Diagnostic, FormulaResult, Report
from ._cells import one_line
from ._format import formula_at, formula_text


def cases(report: Report) -> Iterator[tuple[FormulaResult | None, list[Diagnostic]]]:
    """Each formula with its findings, in order; before them, each alone, the findings that stand on none."""
    spans = sorted(formula.span for formula in report.formulas)
    found: dict[object, list[Diagnostic]] = {}
    for each in report.diagnostics:
        place = formula_at(each.span, spans, report)
        if place is None:
            yield None, [each]
        else:
            found.setdefault(place, []).append(each)
    for formula in sorted(report.formulas, key=lambda formula: formula.span):
        yield formula, found.pop(formula.span, [])


def case_name(report: Report, formula: FormulaResult | None, found: list[Diagnostic]) -> str:
    """The line and the text of a formula; of a finding that stands on none, its line and its code."""
    span = found[0].span if formula is None else formula.span
    cell = "" if report.source.cell is None else f"cell {report.source.cell}, "
    text = f"{found[0].code} {found[0].name}" if formula is None else formula_text(report, formula)
    return one_line(f"{cell}line {report.source.place(span.start).line}: {text}")
