"""Verify: is it the gradient? Each formula for one is evaluated on random arrays and held against the true one."""

from __future__ import annotations

from collections.abc import Iterator

from ..check import Judgement, Judgements, check_cells, contained, failed, place_of
from ..diagnostic import Report
from ..documents import Passage, document_of
from ..evaluate import silently
from ..gradient import Claim
from ..opening import open_sections
from ..sections import Include
from ..settings import Settings
from ..syntax.nodes import NOWHERE
from ..text import Source, Span
from ..values import replace
from ._choice import Chosen
from ._passes import Place, written
from ._trial import Unverified
from ._whole import Judged, settled

__all__ = ["verify"]

Placed = tuple[Passage, Span, Judgement]


def verify(source: Source, settings: Settings | None = None, include: Include | None = None) -> tuple[Report, ...]:
    """The reports of a check of a source in which its gradients are judged too; its shapes alone, where that fails."""
    chosen = settings or Settings()
    reports = contained(source, lambda: check_cells(source, chosen, include, judgements(source, chosen, include)))
    if not failed(reports):
        return reports
    shapes = check_cells(source, chosen, include)
    if failed(shapes):
        return shapes
    first, *others = shapes
    return (replace(first, diagnostics=[*reports[0].diagnostics, *first.diagnostics]), *others)


def judgements(source: Source, settings: Settings, include: Include | None) -> Judgements:
    """What is known of each gradient formula of a source."""
    found: dict[tuple[int | None, int], dict[Span, Judgement]] = {}
    notes: dict[str, None] = {}
    for section in open_sections(source, settings, include)[0]:
        for judged in settled(section, source, settings.seed):
            for passage, span, judgement in _placed(judged, source, settings.seed):
                here = found.setdefault(place_of(passage), {})
                if not judgement.why or span not in here:
                    here[span] = judgement
            notes.update(dict.fromkeys(judged.notes))
    return Judgements(found, tuple(notes))


def _placed(judged: Judged, source: Source, seed: int) -> Iterator[Placed]:
    """The judgements on the claims of one forward pass, each with its place."""
    with silently():
        for claim, passage in _passages(judged):
            if judged.drawn is None or claim in judged.loose:
                yield passage, claim.span, Judgement(claim.name.text, why=f"not verified: {judged.why(claim)}")
            else:
                place = Place(judged.graph.section.at(passage), _text(source, passage), seed)
                yield passage, claim.span, _judgement(claim, judged.drawn, place)


def _judgement(claim: Claim, drawn: Chosen, place: Place) -> Judgement:
    name = claim.name.text
    try:
        if drawn.trial.is_right(claim):
            return Judgement(name, of=written(drawn.trial.work.graph.names[claim.of]))
        from ._findings import Writing

        return Judgement(name, found=(Writing(claim, (drawn.trial, drawn.other), place).finding(),))
    except Unverified as error:
        return Judgement(name, why=f"not verified: {error}")


def _passages(judged: Judged) -> Iterator[tuple[Claim, Passage]]:
    """Each claim that its author wrote, with the passage in which it stands."""
    for claim in (*judged.graph.claims, *judged.loose):
        if claim.passage is not None and claim.span != NOWHERE:
            yield claim, claim.passage


def _text(source: Source, passage: Passage) -> Source:
    """The text in which a passage stands: the file, or a cell of it."""
    document = document_of(source.path)
    cells = document.sources(source) if passage.cell and document and document.sources else []
    return source if isinstance(cells, str) or not cells or not passage.cell else cells[passage.cell - 1]
