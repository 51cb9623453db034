"""Formulas and findings as objects of JSON; lines and columns count from 1, columns in code points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostic import Diagnostic, Fix, FormulaResult, Report
from ..text import Source, Span
from ._format import summarize

_SUMMARY = ("files", "formulas", "ok", "errors", "warnings", "unknown", "findings")


def formula_object(source: Source, formula: FormulaResult) -> dict[str, Any]:
    """A formula with its place, its status and its shape; numbers among its dimensions are integers.

    A formula for a derivative that was judged has the verdict too.
    """
    line, column = source.place(formula.span.start)
    found = {
        "path": source.path,
        "cell": source.cell,
        "line": line,
        "column": column,
        "text": source.slice(formula.span),
        "status": formula.status,
        "name": formula.name,
        "shape": None if formula.shape is None else [_dimension(dim) for dim in formula.shape],
    }
    return {**found, "derivative": formula.verdict} if formula.verdict else found


def _dimension(text: str | None) -> str | int | None:
    if text is not None and text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 1000:
        return int(text)
    return text


def diagnostic_object(source: Source, found: Diagnostic) -> dict[str, Any]:
    """A finding with its place, labels, notes and fixes."""
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "path": source.path,
        "cell": source.cell,
        **place_object(source, found.span),
        "labels": [{**place_object(source, label.span), "message": label.message} for label in found.labels],
        "notes": list(found.notes),
        "fixes": [_fix(source, fix) for fix in found.fixes],
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    edits = [{**place_object(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "formula": fix.formula, "edits": edits, "safe": fix.safe}


def place_object(source: Source, span: Span) -> dict[str, int]:
    """Where a span begins and where it ends, the end exclusive."""
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def summary_object(reports: Sequence[Report]) -> dict[str, int]:
    """The counts of a run."""
    summary = summarize(reports)
    return {name: getattr(summary, name) for name in _SUMMARY}
