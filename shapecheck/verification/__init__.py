"""Verify gradients: evaluate each formula for one on random arrays and compare it with the true gradient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..check import Judgement, Judgements, check_cells, contained, failed, place_of
from ..derivation import assuming
from ..diagnostic import Report
from ..documents import Passage, document_of
from ..evaluate import silently
from ..gradient import Claim, Record, laid_out, section_records
from ..opening import open_sections
from ..sections import Include
from ..settings import Settings
from ..syntax.nodes import NOWHERE, Name
from ..text import Source, Span
from ..values import replace
from ._choice import Chosen
from ._large import has_other_number
from ._layout import NumeratorLayout, in_its_rows, layout_of
from ._passes import Site, written
from ._trial import Unverified
from ._whole import Judged, settled

__all__ = ["verify"]

Found = dict[tuple[int | None, int], dict[Span, Judgement]]
Placed = tuple[Passage, Span, Judgement]


def verify(source: Source, settings: Settings | None = None, include: Include | None = None) -> tuple[Report, ...]:
    """Check a source and verify its gradients; only its shapes, if the verification fails."""
    chosen = settings or Settings()
    reports = contained(source, lambda: check_cells(source, chosen, include, _judgements(source, chosen, include)))
    if not failed(reports):
        return reports
    shapes = check_cells(source, chosen, include)
    if failed(shapes):
        return shapes
    first, *others = shapes
    return (replace(first, diagnostics=[*reports[0].diagnostics, *first.diagnostics]), *others)


UNVERIFIED: Final = "not verified"
WRONG: Final = "wrong"


def _judgements(source: Source, settings: Settings, include: Include | None) -> Judgements:
    """The judgements; if shapes are missing, those under assumed matrix shapes, provided more is verified that way.

    Where something is wrong that way, small letters are columns, provided less is then.
    """
    best = judgements(source, settings, include)
    for upright in (False, True):
        if not _counted(best, WRONG if upright else UNVERIFIED):
            break
        known = assuming(source, settings, include, partly=True, upright=upright)
        others = judgements(source, known, include) if known is not settings else best
        if _costs(others) < _costs(best):
            taken = ", ".join(known.shapes[len(settings.shapes) :])
            best = others._replace(notes=(f"no shapes are stated; assuming {taken}", *others.notes))
    return best


def _costs(found: Judgements) -> tuple[int, int]:
    return _counted(found, UNVERIFIED), _counted(found, WRONG)


def _counted(found: Judgements, verdict: str) -> int:
    return sum(each.verdict == verdict for here in found.by_place.values() for each in here.values())


def judgements(source: Source, settings: Settings, include: Include | None) -> Judgements:
    """What is known about each formula for a derivative in a source."""
    found: Found = {}
    notes: dict[str, None] = {}
    for opened in open_sections(source, settings, include)[0]:
        section = in_its_rows(laid_out(opened))
        records = section_records(section)
        whole = tuple(settled(section, records, source.text, settings.seed))
        layout = layout_of(whole)
        for judged in whole:
            for passage, span, judgement in _placed(judged, source, settings.seed, layout):
                here = found.setdefault(place_of(passage), {})
                if judgement.verdict != UNVERIFIED or span not in here:
                    here[span] = judgement
            notes.update(dict.fromkeys(judged.notes))
        for passage, span, judgement in _left(records, found):
            found.setdefault(place_of(passage), {})[span] = judgement
    return Judgements(found, tuple(notes))


def _placed(judged: Judged, source: Source, seed: int, layout: NumeratorLayout) -> Iterator[Placed]:
    """The judgements on the claims of one forward pass, each with its place."""
    with silently():
        for claim, passage in _passages(judged):
            if judged.drawn is None or claim in judged.loose:
                yield passage, claim.span, Judgement(claim.name.text, UNVERIFIED, why=judged.why(claim))
            else:
                place = Site(judged.graph.section.at(passage), _text(source, passage), seed)
                yield passage, claim.span, _judgement(claim, judged.drawn, place, layout)


def _left(records: Sequence[Record], found: Found) -> Iterator[Placed]:
    """A judgement for each formula for a derivative that has none: it belongs to no forward pass."""
    told: set[str] = set()
    for record in reversed(records):
        equation, passage = record.checked.equation, record.passage
        if not record.is_claim or passage is None or equation.span == NOWHERE:
            continue
        name = equation.members[0]
        text = name.text if type(name) is Name else ""
        if equation.span in found.get(place_of(passage), {}):
            told.add(text)
        elif equation.sign != "+=" or text not in told:
            yield passage, equation.span, Judgement(text, UNVERIFIED)


def _judgement(claim: Claim, drawn: Chosen, place: Site, layout: NumeratorLayout) -> Judgement:
    name = claim.name.text
    try:
        if drawn.trial.is_on_the_way(claim):
            return Judgement(name, "")
        is_turned = layout.allows(claim, drawn.trial)
        if is_turned or drawn.trial.is_right(claim):
            of = "" if claim.is_of_array else written(drawn.trial.work.graph.names[claim.of])
            return Judgement(name, "right", of=of, transposed=is_turned or drawn.trial.turns(claim))
        if has_other_number(drawn.trial.work, claim, drawn.trial.world.sizes):
            raise Unverified("smaller sizes are drawn, and a number in it may be made of the declared ones")
        from ._findings import Writing

        return Judgement(name, "wrong", (Writing(claim, drawn, place).finding(),))
    except Unverified as error:
        return Judgement(name, UNVERIFIED, why=str(error))


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
