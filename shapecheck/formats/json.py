"""One JSON object for the whole run, for programs; the keys are fixed by `version`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..diagnostic import Report
from ._format import Format, Options
from ._objects import diagnostic_object, formula_object, summary_object

VERSION = 1
"""The version of this format, raised when a field changes its meaning."""


def render(reports: Sequence[Report], options: Options) -> str:
    """The reports as one object; it is ASCII, so that it stays whole in any encoding."""
    whole = {
        "version": VERSION,
        "formulas": [formula_object(report.source, formula) for report in reports for formula in report.formulas],
        "diagnostics": [diagnostic_object(report.source, found) for report in reports for found in report.diagnostics],
        "summary": summary_object(reports),
    }
    return json.dumps(whole, indent=2) + "\n"


format = Format("json", render, whole=True)
