"""One JSON object for the whole run, for programs; the keys are fixed by `version`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..diagnostic import Diagnostic, Fix, FormulaResult, Report
from ..text import Source, Span
from ._format import Format, Options, summarize

VERSION = 1
_SUMMARY = ("files", "formulas", "ok", "errors", "warnings", "unknown", "findings")


def render(reports: Sequence[Report], options: Options) -> str:
    """The reports as one object; it is ASCII, so that it stays whole in any encoding."""
    summary = summarize(reports)
    whole = {
        "version": VERSION,
        "formulas": [_formula(report.source, formula) for report in reports for formula in report.formulas],
        "diagnostics": [_diagnostic(report.source, found) for report in reports for found in report.diagnostics],
        "summary": {name: getattr(summary, name) for name in _SUMMARY},
    }
    return json.dumps(whole, indent=2) + "\n"


def _formula(source: Source, formula: FormulaResult) -> dict[str, Any]:
    line, column = source.place(formula.span.start)
    return {
        "path": source.path,
        "cell": source.cell,
        "line": line,
        "column": column,
        "text": source.slice(formula.span),
        "status": formula.status,
        "name": formula.name,
        "shape": None if formula.shape is None else [_dimension(dim) for dim in formula.shape],
    }


def _dimension(text: str | None) -> str | int | None:
    if text is not None and text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 1000:
        return int(text)
    return text


def _diagnostic(source: Source, found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "path": source.path,
        "cell": source.cell,
        **_place(source, found.span),
        "labels": [{**_place(source, label.span), "message": label.message} for label in found.labels],
        "notes": list(found.notes),
        "fixes": [_fix(source, fix) for fix in found.fixes],
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    edits = [{**_place(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "formula": fix.formula, "edits": edits, "safe": fix.safe}


def _place(source: Source, span: Span) -> dict[str, int]:
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


format = Format("json", render, whole=True)
