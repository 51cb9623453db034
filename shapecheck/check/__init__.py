"""Check a text from its first line to its report: read, parse, resolve, infer, explain, suggest."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ..diagnostic import Diagnostic, FormulaResult, Report
from ..documents import Passage, document_of
from ..documents.formulas import document as formulas
from ..infer import Checked
from ..notations.matlab import is_matlab
from ..rules import explain_troubles
from ..sections import Include, Section, sections
from ..settings import Settings
from ..syntax.nodes import Trouble
from ..text import Source
from ._layouts import laid_out, parsed
from ._outcomes import reported, settled

__all__ = ["check", "open_sections", "reported", "statements"]


def check(source: Source, settings: Settings | None = None, include: Include | None = None) -> Report:
    """Check every formula of a source.

    `include` reads what `@include` names. Nothing is raised for what the text says: it is in the report.
    """
    settings = settings or Settings()
    results: list[FormulaResult] = []
    notes: list[str] = []
    with uncollected():
        found, troubles = open_sections(source, settings, include)
        diagnostics: list[Diagnostic] = [each for each in explain_troubles(troubles, source) if settings.wants(each.code)]
        for section in found:
            outcomes, said = laid_out(section, source, settings)
            notes.extend(said)
            for passage, outcome in zip(section.part.passages, outcomes, strict=True):
                left, findings = settled(outcome, passage, settings)
                results.extend(left)
                diagnostics.extend(findings)
    return Report(source, results, diagnostics, tuple(notes), _convention(found))


def statements(
    source: Source, settings: Settings | None = None, include: Include | None = None
) -> Iterator[tuple[Section, Checked]]:
    """The statements of a source that are equations or expressions, each with its section and what is known of it."""
    for section in open_sections(source, settings or Settings(), include)[0]:
        for statement in parsed(section, section.part.passages):
            section.resolver.troubles.clear()
            yield section, section.statements.check(section.resolver.resolve(statement))


def open_sections(source: Source, settings: Settings, include: Include | None) -> tuple[list[Section], list[Trouble]]:
    """The sections of a source, with what they state, and what is wrong with that."""
    document = document_of(source.path) or formulas
    passages = list(document.windows(source))
    notation = settings.notation or ("matlab" if _is_matlab(passages) else "plain")
    return sections(passages, notation, settings, include)


def _is_matlab(passages: Iterable[Passage]) -> bool:
    """Whether the formulas of a file are plainly MATLAB; what it states counts for nothing."""
    texts = (passage.window.text for passage in passages)
    return is_matlab("\n".join(text for text in texts if "@" not in text and ":" not in text.partition("=")[0]))


def _convention(found: list[Section]) -> str | None:
    """The convention under which the first section's shapes stand, None where it says nothing there."""
    return found[0].convention.name if found and found[0].table.layout.speaks else None


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the cyclic garbage collector: trees have no cycles, and its walks over the results would cost as much as the checks."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
