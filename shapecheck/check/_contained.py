"""A text on which the program itself fails costs its own report, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..diagnostic import Report
from ..rules import explain_troubles
from ..syntax.nodes import NOWHERE, Trouble
from ..text import Source

FAILED = "SC004"


def contained(source: Source, check: Callable[[], tuple[Report, ...]]) -> tuple[Report, ...]:
    """The reports of a check; if it raises any exception, that is the only finding.

    This is the last line of defence: limits and unreadable text are reported earlier.
    """
    try:
        return check()
    except Exception as error:
        return (unchecked(source, _what(error)),)


def unchecked(source: Source, what: str) -> Report:
    """The report of a text that could not be checked, with the reason."""
    return Report(source, diagnostics=explain_troubles([Trouble(FAILED, NOWHERE, {"what": what})], source))


def failed(reports: Iterable[Report]) -> bool:
    """Whether a check failed; with more memory it may not fail again."""
    return any(found.code == FAILED for report in reports for found in report.diagnostics)


def _what(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    said = f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": .")
    return f"this is a bug in shapecheck, please report it: {said}"
