"""SARIF 2.1.0, for code scanning: rules with their pages, results with places, labels and fixes.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". Columns count code points.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..diagnostic import Diagnostic, Fix, Report
from ..text import Source, Span
from ._cells import one_line
from ._fingerprint import fingerprint, relative
from ._format import Format, Options, Page, where

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(reports: Sequence[Report], options: Options) -> str:
    """One run with a result for each finding; it is ASCII, so that it stays whole in any encoding."""
    found = {
        each.code: Page(each.code, each.name, each.severity, "", "")
        for report in reports
        for each in report.diagnostics
    }
    pages = options.pages or tuple(found.values())
    indices = {page.code: index for index, page in enumerate(pages)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "shapecheck", "rules": [_rule(page) for page in pages]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, each, indices, seen) for report in reports for each in report.diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(page: Page) -> dict[str, Any]:
    described = {
        "shortDescription": {"text": page.sentence},
        "help": {"text": page.text, "markdown": page.text},
    }
    return {
        "id": page.code,
        "name": page.name,
        **(described if page.text else {}),
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(report: Report, found: Diagnostic, indices: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    source = report.source
    is_cell = source.cell is not None
    related = [] if is_cell else [_related(source, label.span, label.message) for label in found.labels]
    fixes = [] if is_cell else [_fix(source, fix) for fix in found.fixes if fix.edits]
    return {
        "ruleId": found.code,
        "ruleIndex": indices[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": _message(report, found)},
        "locations": [_location(source, found.span)],
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if fixes else {}),
        "partialFingerprints": {"primaryLocationLineHash": fingerprint(report, found, seen)},
    }


def _message(report: Report, found: Diagnostic) -> str:
    place = "" if report.source.cell is None else f"{where(report, found.span.start)}: "
    return "\n".join(one_line(text) for text in (f"{place}{found.message}", *found.notes))


def _location(source: Source, span: Span) -> dict[str, Any]:
    """A place in a file; of a notebook, whose lines are those of a cell, the file alone."""
    region = {} if source.cell is not None else {"region": _region(source, span)}
    return {"physicalLocation": {"artifactLocation": _artifact(source), **region}}


def _related(source: Source, span: Span, message: str) -> dict[str, Any]:
    return {**_location(source, span), "message": {"text": one_line(message)}}


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": quote(relative(source.path).encode("utf-8", "surrogatepass"))}


def _region(source: Source, span: Span) -> dict[str, int]:
    line, column = source.place(span.start)
    end_line, end_column = source.place(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(source), "replacements": replacements}
    return {"description": {"text": one_line(fix.title)}, "artifactChanges": [change]}


format = Format("sarif", render, whole=True, explains=True)
