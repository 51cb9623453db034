"""Check the statements of a section, passage by passage."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostic import Diagnostic, FormulaResult, Shape, Status
from ..documents import Passage
from ..infer import Checked
from ..rules import Case, explain, explain_troubles, find, why_unknown
from ..sections import Section
from ..settings import Settings
from ..shapes.dims import Dim, prune
from ..suggest import mended, suggest
from ..syntax.nodes import NOWHERE, Equation, Scope, Trouble
from ..text import Source
from ..values import NamedTuple, dataclass, field, replace
from ._confidence import (
    OTHERWISE,
    THOUGHT,
    by_hand,
    holds_tensor,
    is_confident,
    is_one_example,
    is_open,
    is_otherwise,
    is_stated,
    is_told,
    stands_alone,
    without_tensors,
)
from ._far import alone, is_far
from ._operations import has_matrix_operation, has_product, is_formula
from ._texts import Texts
from ._ways import either_way

AGAIN = 3
"""How often a section is checked again, each time with the orientation of vectors that most formulas agree on."""
UNREAD = "part of it cannot be read"
ALONE = (
    "no other formula confirms the shapes of most of its arrays,"
    " and no convention is chosen (--convention coursera would supply them)"
)


class Outcome(NamedTuple):
    """The result of one passage: its formulas and findings.

    `far` counts the formulas that need shapes from below other headings: those that fit and those that do not. Shapes
    are `supposed` if none are stated.
    """

    formulas: tuple[FormulaResult, ...]
    found: tuple[Diagnostic, ...]
    far: tuple[int, int] = (0, 0)
    supposed: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether one of its formulas has an error."""
        return any([formula.status == "error" for formula in self.formulas])

    @property
    def is_unknown(self) -> bool:
        """Whether the shape of one of its formulas is not known."""
        return any([formula.status == "unknown" or formula.why for formula in self.formulas])


def check_section(section: Section, texts: Texts, settings: Settings) -> list[Outcome]:
    """Check a section's passages, again where the whole tells more than what stands before.

    Below some headings names may mean something else than elsewhere, and some vectors lie the same way throughout.
    """
    assigned = dict(section.table.assigned)
    outcomes = _checked(section, texts, settings)
    for _ in range(AGAIN):
        fars = ((passage.scope, it.far) for passage, it in zip(section.part.passages, outcomes, strict=True))
        scopes = section.alone | alone(fars)
        if not section.table.lying.settle() and scopes == section.alone:
            break
        section.stand_alone(scopes, assigned)
        outcomes = _checked(section, texts, settings)
    return outcomes


def _checked(section: Section, texts: Texts, settings: Settings) -> list[Outcome]:
    """Check a section's passages in order, then those once more that lacked a name assigned after them."""
    outcomes: list[Outcome] = []
    again: list[tuple[int, int, Passage]] = []
    assigned = section.table.assigned
    for passage in section.part.passages:
        outcome = check_passage(section, passage, texts.of(passage), settings)
        if outcome.is_unknown and not passage.scope:
            again.append((len(outcomes), len(assigned), passage))
        outcomes.append(outcome)
    for place, known, passage in again:
        if len(assigned) > known:
            outcomes[place] = check_passage(section, passage, texts.of(passage), settings)
    return outcomes


def check_passage(section: Section, passage: Passage, source: Source, settings: Settings) -> Outcome:
    """Check the statements of one passage; what cannot be read is an error only where the passage is explicit."""
    section = section.at(passage)
    section.enter(passage)
    program = section.program(passage)
    checks = Checks(section, source, settings, not passage.explicit, program.troubles)
    if program.troubles and checks.is_read:
        checks.found.extend(explain_troubles(program.troubles, source))
    for statement in program.statements:
        if type(statement) is Equation:
            checks.add(statement)
        elif type(statement) is Scope:
            section.begin_function(statement)
    section.table.end_functions()
    far = (checks.far.count(True), checks.far.count(False)) if checks.far else (0, 0)
    return Outcome(tuple(checks.formulas), tuple(checks.found), far, section.table.quantities is not None)


@dataclass(slots=True)
class Checks:
    """The checks of one passage's statements: their results, and what is found."""

    section: Section
    source: Source
    settings: Settings
    is_text: bool
    troubles: Sequence[Trouble]
    found: list[Diagnostic] = field(default_factory=list)
    formulas: list[FormulaResult] = field(default_factory=list)
    far: list[bool] = field(default_factory=list)

    @property
    def is_read(self) -> bool:
        """Whether what cannot be read is an error."""
        return self.settings.strict or not self.is_text

    @property
    def is_of_author(self) -> bool:
        """Whether the text is its author's own, and nobody asks for a convention."""
        return self.is_text and self.settings.convention is None and self.section.part.convention is None

    def add(self, statement: Equation) -> None:
        """Check one statement."""
        section, before = self.section, len(self.found)
        unread = bool(self.troubles) and self._is_unread(statement)
        section.resolver.troubles.clear()
        source = self.source if self.is_text else None
        checked = either_way(section, section.resolver.resolve(statement), source)
        if statement.span is NOWHERE:
            return
        if is_thought := self.is_of_author and holds_tensor(checked):
            checked = without_tensors(checked)
        if is_far(section, checked):
            checked = self._seen_from_afar(checked)
        is_solved = bool(checked.failures) and section.table.quantities is not None
        only_equates = self.is_text and len(statement.members) > 1 and not has_product(checked)
        is_alone = not checked.unknown and not only_equates and stands_alone(section, checked)
        is_meant = self.is_of_author and is_otherwise(section, checked)
        is_doubtful = (is_alone and not checked.failures) or is_meant or (self.is_text and is_one_example(checked))
        if is_doubtful or (is_solved and not self._may_be_blamed(checked)):
            checked = replace(checked, facts=(), unknown=True)
        if troubles := (*section.resolver.troubles, *checked.troubles):
            unread = True
            self.found.extend(explain_troubles(troubles, self.source) if self.is_read else ())
        elif not unread:
            explained = self._explained(statement, checked)
            is_supposed = is_solved and is_open(section, checked)
            is_found_out = is_solved and (is_supposed or not is_told(section, checked))
            if is_found_out and not any(found.fixes for found in explained):
                checked = replace(checked, facts=(), unknown=True)
            else:
                self.found.extend(by_hand(section, checked, explained) if is_supposed else explained)
        if is_formula(checked) and (
            self.is_read or not checked.is_clear or not checked.unknown or has_matrix_operation(checked)
        ):
            told = OTHERWISE if is_meant else UNREAD if unread else ALONE if is_alone else THOUGHT if is_thought else ""
            self._tell(statement, checked, self._status(unread, checked), told, self.found[before:])

    def _tell(self, statement: Equation, checked: Checked, status: Status, told: str, found: list[Diagnostic]) -> None:
        """Note what is said of a statement, with what was found in it, and why it is not understood."""
        name = self.source.slice(statement.members[0].span) if len(statement.members) > 1 else None
        why = "" if status != "unknown" else told or why_unknown(Case(checked, self.section, self.source))
        if why and any(each.severity == "error" for each in found):
            status = "error"
        self.formulas.append(FormulaResult(statement.span, status, name, reported(checked), why))

    def _explained(self, statement: Equation, checked: Checked) -> list[Diagnostic]:
        """The findings of a statement, with their fixes."""
        case = Case(checked, self.section, self.source, statement, self.is_read, self.settings.strict)
        return mended(case, find(case)) if checked.is_clear else suggest(case, explain(case))

    def _may_be_blamed(self, checked: Checked) -> bool:
        """Whether a statement that does not fit what the others together say is the one that is wrong."""
        table = self.section.table
        assert table.quantities is not None
        place = table.cell, checked.equation.span
        if place in table.quantities.spared:
            return False
        is_blamed = place in table.quantities.blamed
        return (is_blamed or is_stated(self.section, checked)) and is_confident(self.section, checked)

    def _seen_from_afar(self, checked: Checked) -> Checked:
        """What is known of a statement by what is said below other headings: no doubt of a reading is worth a word."""
        if checked.failures or (has_matrix_operation(checked) and not checked.unknown):
            self.far.append(checked.is_clear)
        return replace(checked, facts=(), unknown=True) if checked.doubts and not checked.failures else checked

    def _is_unread(self, statement: Equation) -> bool:
        """Whether a part of a statement was not read; a line is one whole, a program many statements."""
        if not self.section.notation.is_program:
            return True
        start, end = statement.span
        return any(trouble.span.start < end and start < trouble.span.end for trouble in self.troubles)

    def _status(self, unread: bool, checked: Checked) -> Status:
        if unread:
            return "error" if self.is_read else "unknown"
        return "error" if checked.failures else "unknown" if checked.unknown else "ok"


def has_fixes(outcome: Outcome) -> bool:
    """Whether something does not fit that can be mended."""
    return any([found.severity == "error" and bool(found.fixes) for found in outcome.found])


def is_among_others(outcomes: Sequence[Outcome]) -> bool:
    """Whether there is more than one formula: a forward pass may be among them."""
    return len(outcomes) > 1 or any([len(outcome.formulas) > 1 for outcome in outcomes])


def reported(checked: Checked) -> Shape | None:
    """The shape as a report gives it."""
    if checked.shape is None:
        return None
    return tuple([dim.text if isinstance(dim, Dim) else None for dim in map(prune, checked.shape)])
