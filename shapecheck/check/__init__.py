"""Check a text from its first line to its report: read, parse, resolve, infer, explain, suggest."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from ..diagnostic import Report
from ..documents import document_of
from ..documents.formulas import document as formulas
from ..infer import Checked
from ..opening import open_sections
from ..rules import explain_troubles
from ..sections import Include, Section
from ..settings import Settings
from ..text import Source
from ._judgements import Judgement, Judgements, judged, place_of
from ._layouts import TRANSPOSED, in_its_layout, laid_out
from ._outcomes import has_fixes, is_among_others, reported
from ._settled import is_any, is_computed, settled
from ._texts import Texts

if TYPE_CHECKING:
    from ._known import ByPlace, Opening
from collections.abc import Callable, Iterable

from ..syntax.nodes import NOWHERE, Trouble

__all__ = [
    "Judgement",
    "Judgements",
    "Texts",
    "check",
    "check_cells",
    "contained",
    "failed",
    "in_its_layout",
    "open_sections",
    "place_of",
    "reported",
    "statements",
    "unchecked",
]
FAILED = "SC004"


def check(source: Source, settings: Settings | None = None, include: Include | None = None) -> Report:
    """Check every formula of a source, or of the first cell with formulas.

    `include` reads what `@include` names. Nothing is raised for mistakes in the text; they are in the report.
    """
    return check_cells(source, settings, include)[0]


def check_cells(
    source: Source,
    settings: Settings | None = None,
    include: Include | None = None,
    judgements: Judgements | None = None,
) -> tuple[Report, ...]:
    """Check every formula of a source: one report, or one for each cell with results.

    `judgements` are those of its gradients, if they were verified. Nothing is raised, whatever the text.
    """
    return contained(source, lambda: _tried(source, settings or Settings(), include, judgements))


def _tried(
    source: Source, settings: Settings, include: Include | None, judgements: Judgements | None
) -> tuple[Report, ...]:
    """The reports of a source; a fix that other lines depend on is safe only if they fit with it."""
    reports = _checked(source, settings, include, judgements)
    if not any([fix.binds for report in reports for found in report.diagnostics for fix in found.fixes]):
        return reports
    from ._trying import tried

    return tried(reports, source, lambda fixed: _checked(fixed, settings, include, None))


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the cyclic garbage collector.

    Trees have no cycles, and its walks over them would cost as much as the checks.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@uncollected()
def _checked(
    source: Source, settings: Settings, include: Include | None, judgements: Judgements | None
) -> tuple[Report, ...]:
    document = document_of(source.path) or formulas
    texts = Texts(document, source)
    if texts.unreadable:
        return (Report(source, diagnostics=texts.unreadable),)
    found, troubles = open_sections(source, settings, include)
    said = explain_troubles(troubles, source)
    texts.add(None, (), [each for each in said if settings.wants(each.code, each.severity)])
    derived = cache(lambda: _derived(texts, (source, settings, include)))
    for section in found:
        assigned = dict(section.table.assigned)
        outcomes, notes = laid_out(section, texts, settings)
        if section.is_open or not all(passage.explicit for passage in section.part.passages):
            from ._adjoints import with_adjoints
            from ._hedges import without_hedged

            outcomes = without_hedged(section, with_adjoints(section, outcomes, texts, assigned), texts)
        texts.notes.extend(notes)
        if TRANSPOSED not in notes and is_among_others(outcomes) and any(map(has_fixes, outcomes)):
            from ._known import with_known

            outcomes = with_known(section, outcomes, texts, derived)
        for passage, outcome in zip(section.part.passages, outcomes, strict=True):
            if judgements is not None:
                outcome = judged(outcome, passage, judgements)
            computed = is_computed if judgements is None else is_any
            texts.add(passage.cell, *settled(outcome, passage, texts.of(passage), settings, computed))
    texts.notes.extend(judgements.notes if judgements else ())
    return texts.reports(_convention(found), judgements is not None)


def statements(
    source: Source, settings: Settings | None = None, include: Include | None = None
) -> Iterator[tuple[Section, Checked]]:
    """The equations and expressions of a source, each with its section and what is known about it."""
    for section in open_sections(source, settings or Settings(), include)[0]:
        for passage in section.part.passages:
            there = section.at(passage)
            there.enter(passage)
            for _, statement in section.equations((passage,)):
                there.resolver.troubles.clear()
                yield there, there.statements.check(there.resolver.resolve(statement))


def _derived(texts: Texts, opening: Opening) -> ByPlace:
    """The derived gradients, if any formula needs one."""
    from ._known import known_gradients

    return known_gradients(texts, opening)


def _convention(found: list[Section]) -> str | None:
    """The convention of the first section; None if it supplies nothing there."""
    return found[0].convention.name if found and found[0].table.layout.speaks else None


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
