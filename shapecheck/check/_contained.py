"""A text on which the program itself fails costs its own report, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..diagnostic import Report
from ..rules import explain_troubles
from ..syntax.nodes import NOWHERE, Trouble
from ..text import Source

FAILED = "SC004"


def contained(source: Source, check: Callable[[], tuple[Report, ...]]) -> tuple[Report, ...]:
    """The reports of a check; where it raises, whatever it be, that is the only finding.

    The last line of defence: what is beyond a limit, or cannot be read, is found before.
    """
    try:
        return check()
    except Exception as error:
        return (unchecked(source, _what(error)),)


def unchecked(source: Source, what: str) -> Report:
    """The report of a text that could not be checked, with the words for why."""
    return Report(source, diagnostics=explain_troubles([Trouble(FAILED, NOWHERE, {"what": what})], source))


def failed(reports: Iterable[Report]) -> bool:
    """Whether a check has failed: another time, with more memory, it may not."""
    return any(found.code == FAILED for report in reports for found in report.diagnostics)


def _what(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    said = f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": .")
    return f"shapecheck itself made a mistake on it, please report that: {said}"
