"""Reports as values of JSON, and back; the text of a file is not among them, that of a cell is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostic import Diagnostic, Fix, FormulaResult, Label, Report
from ..text import Edit, Source, Span
from ..values import names


def to_record(report: Report) -> list[Any]:
    """What `from_record` makes the report of again."""
    cell = None if report.source.cell is None else [report.source.cell, report.source.text]
    values = (report.formulas, report.diagnostics, report.notes, report.convention, report.gradients)
    return [cell, *(_plain(value) for value in values)]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, FormulaResult | Diagnostic | Label | Fix):
        return [_plain(getattr(value, name)) for name in names(value)]
    return value


def from_record(record: Sequence[Any], whole: Source) -> Report:
    """The report of a file whose text is `whole`, or of a cell of it."""
    cell, formulas, found, notes, convention, gradients = record
    source = whole if cell is None else Source(cell[1], whole.path, cell[0])
    results = list(map(_formula, formulas))
    return Report(source, results, list(map(_diagnostic, found)), tuple(notes), convention, gradients)


def _formula(record: Sequence[Any]) -> FormulaResult:
    span, status, name, shape, *rest = record
    return FormulaResult(Span(*span), status, name, None if shape is None else tuple(shape), *rest)


def _diagnostic(record: Sequence[Any]) -> Diagnostic:
    code, name, severity, message, span, labels, notes, fixes = record
    return Diagnostic(
        code,
        name,
        severity,
        message,
        Span(*span),
        tuple(Label(Span(*place), *rest) for place, *rest in labels),
        tuple(notes),
        tuple(map(_fix, fixes)),
    )


def _fix(record: Sequence[Any]) -> Fix:
    title, formula, edits, *rest = record
    return Fix(title, formula, tuple(Edit(Span(*span), text) for span, text in edits), *rest)
