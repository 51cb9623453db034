"""One JSON object a line, for pipes: each formula, then its file's findings, at the end the summary."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..diagnostic import Report
from ._format import Format, Options
from ._objects import diagnostic_object, formula_object, summary_object


def render(reports: Sequence[Report], options: Options) -> str:
    """A line for each formula, for each finding, and for the summary; `type` says which one it is."""
    return "".join(f"{json.dumps(each)}\n" for each in _objects(reports))


def _objects(reports: Sequence[Report]) -> Iterator[dict[str, Any]]:
    for report in reports:
        for formula in report.formulas:
            yield {"type": "formula", **formula_object(report.source, formula)}
        for found in report.diagnostics:
            yield {"type": "diagnostic", **diagnostic_object(report.source, found)}
    yield {"type": "summary", **summary_object(reports)}


format = Format("jsonl", render, whole=True)
