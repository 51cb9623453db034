"""GitLab's code quality report: a list with an object a finding.

Source: GitLab Docs, "Code Quality", on the format of a report.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..diagnostic import Report
from ._cells import one_line
from ._fingerprint import fingerprint, relative
from ._format import Format, Options

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(reports: Sequence[Report], options: Options) -> str:
    """The findings as one list."""
    return json.dumps(list(_issues(reports)), indent=2) + "\n"


def _issues(reports: Sequence[Report]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for report in reports:
        for found in report.diagnostics:
            place = f"cell {report.source.cell}: " if report.source.cell is not None else ""
            begin, end = (report.source.place(offset).line for offset in found.span)
            yield {
                "description": place + one_line(found.message),
                "check_name": f"{found.code} {found.name}",
                "fingerprint": fingerprint(report, found, seen),
                "severity": _SEVERITIES[found.severity],
                "location": {"path": relative(report.source.path), "lines": {"begin": begin, "end": end}},
            }


format = Format("gitlab", render, whole=True)
