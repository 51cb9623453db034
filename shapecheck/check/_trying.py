"""Try the fixes of statements that others build upon: safe are those that leave fewer findings in the whole text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from ..diagnostic import Diagnostic, Fix, Report
from ..documents import document_of
from ..text import Edit, Source, apply_edits
from ..values import replace

MOST = 5
"""How many fixes are tried one by one if they are not safe together: each costs a check of the whole text."""
LARGEST = 1000
"""The most formulas of a text on which fixes are tried: a larger text is checked once, and its author decides."""
Check: TypeAlias = Callable[[Source], "tuple[Report, ...]"]


def tried(reports: tuple[Report, ...], whole: Source, check: Check) -> tuple[Report, ...]:
    """The reports of a text, with the fixes that give a name its shape safe only where the rest fits with it."""
    trials = [(report, fix) for report in reports for fix in _binding(report.diagnostics)]
    if not trials:
        return reports
    safe = _safe(trials, reports, whole, check)
    return tuple(_settled(report, safe) for report in reports)


def _binding(found: Iterable[Diagnostic]) -> list[Fix]:
    return [fix for each in found for fix in each.fixes if fix.safe and fix.binds]


def _safe(
    trials: Sequence[tuple[Report, Fix]], reports: tuple[Report, ...], whole: Source, check: Check
) -> frozenset[int]:
    """The fixes that leave fewer findings, by their `id`; all are tried together first."""
    if sum(len(report.formulas) for report in reports) > LARGEST:
        return frozenset()

    def is_better(text: Source | None, by: int) -> bool:
        after = check(text) if text is not None else None
        fewer = after is not None and _findings(after) <= _findings(reports) - by
        return fewer and after is not None and _unknown(after) <= _unknown(reports)

    if is_better(_made(trials, whole), len(trials)):
        return frozenset(id(fix) for _, fix in trials)
    if len(trials) == 1:
        return frozenset()
    return frozenset(id(fix) for report, fix in trials[:MOST] if is_better(_made([(report, fix)], whole), 1))


def _findings(reports: Iterable[Report]) -> int:
    """How many errors and warnings there are about shapes."""
    found = (each for report in reports for each in report.diagnostics)
    return sum(each.severity != "info" and not each.code.startswith("SC3") for each in found)


def _unknown(reports: Iterable[Report]) -> int:
    """How many formulas are not understood."""
    return sum(each.status == "unknown" for report in reports for each in report.formulas)


def _made(trials: Iterable[tuple[Report, Fix]], whole: Source) -> Source | None:
    """The text with some fixes made; None if two of them are about the same place."""
    edits = sorted(edit for report, fix in trials for edit in _in_file(whole, report.source.cell, fix.edits))
    if any(after.span.start < before.span.end for before, after in pairwise(edits)):
        return None
    return Source(apply_edits(whole.text, tuple(edits)), whole.path)


def _in_file(whole: Source, cell: int | None, edits: Sequence[Edit]) -> Iterable[Edit]:
    """Edits of a cell as edits of its file."""
    if cell is None:
        return edits
    document = document_of(whole.path)
    return document.host_edits(whole, cell, edits) if document and document.host_edits else ()


def _settled(report: Report, safe: frozenset[int]) -> Report:
    """A report whose fixes are safe or not, once for all."""
    found = [
        replace(each, fixes=tuple(_decided(fix, safe) for fix in each.fixes)) if _binding([each]) else each
        for each in report.diagnostics
    ]
    return replace(report, diagnostics=found)


def _decided(fix: Fix, safe: frozenset[int]) -> Fix:
    return replace(fix, safe=id(fix) in safe, binds=False) if fix.safe and fix.binds else fix
