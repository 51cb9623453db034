"""The texts of a document, one or a cell each, and what is found in each of them."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostic import Diagnostic, FormulaResult, Report
from ..documents import Document, Passage
from ..rules import explain_troubles
from ..syntax.nodes import NOWHERE, Trouble
from ..text import Source

UNREADABLE = "SC001"


class Texts:
    """The texts in which passages stand, by their cells; `unreadable` is why a file cannot be taken apart into them."""

    def __init__(self, document: Document, source: Source) -> None:
        cells = document.sources(source) if document.sources else []
        troubles = [Trouble(UNREADABLE, NOWHERE, {"what": cells})] if isinstance(cells, str) else []
        self.unreadable = explain_troubles(troubles, source)
        self.notes: list[str] = []
        self._whole = source
        self._cells = [] if isinstance(cells, str) else cells
        self._formulas: dict[int | None, list[FormulaResult]] = {}
        self._found: dict[int | None, list[Diagnostic]] = {}

    def of(self, passage: Passage) -> Source:
        """The text that a passage stands in."""
        return self.cell(passage.cell)

    def cell(self, number: int | None) -> Source:
        """The text of a cell, counted from 1; the whole text for None."""
        return self._cells[number - 1] if number else self._whole

    def add(self, cell: int | None, formulas: Iterable[FormulaResult], found: Iterable[Diagnostic]) -> None:
        """Add the results and findings of a passage."""
        self._formulas.setdefault(cell, []).extend(formulas)
        self._found.setdefault(cell, []).extend(found)

    def reports(self, convention: str | None, gradients: bool) -> tuple[Report, ...]:
        """A report for each text that has results, in order; the notes are on the first."""
        cells = sorted(self._formulas, key=lambda cell: cell or 0)
        notes = [tuple(self.notes), *[()] * len(cells)]
        return tuple(
            Report(
                self._cells[cell - 1] if cell else self._whole,
                self._formulas[cell],
                self._found[cell],
                notes[place],
                convention,
                gradients,
            )
            for place, cell in enumerate(cells)
        )
