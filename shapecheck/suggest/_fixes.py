"""Fill in the fixes of a statement's findings: `with_fixes(case, diagnostics)`."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Protocol

from ..diagnostic import Diagnostic, Fix
from ..infer import Checked
from ..repairs._repair import target_shape
from ..sections import Section
from ..text import Source
from ..values import replace
from ._edits import Spelling, reads_back, reread
from ._meaning import cancels, meaning_of, repeats
from ._rank import rank
from ._readings import reading_fix
from ._search import Found, search
from ._titles import title

SHOWN = 5
CANDIDATES = 24
"""How many of the equally cheap ones are written out to find those that are shown."""
REMARKS = frozenset(("by-one",))
"""The kinds of facts that leave nothing to mend."""
DOUBT = "shapes alone cannot tell which of these is meant"


class Case(Protocol):
    """A statement with its findings' facts, its section and its source."""

    @property
    def checked(self) -> Checked: ...
    @property
    def section(self) -> Section: ...
    @property
    def source(self) -> Source: ...


def with_fixes(case: Case, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The findings of one statement, the first error of them with the fixes, which mend the whole statement."""
    first = next((place for place, found in enumerate(diagnostics) if found.severity == "error"), 0)
    fixes = _fixes(case)
    if not fixes:
        return diagnostics
    found = diagnostics[first]
    notes = (*found.notes, DOUBT) if len(fixes) > 1 else found.notes
    mended = replace(found, fixes=tuple(fixes), notes=notes)
    return [*diagnostics[:first], mended, *diagnostics[first + 1 :]]


def _fixes(case: Case) -> list[Fix]:
    checked, section = case.checked, case.section
    if all(fact.kind in REMARKS for fact in checked.facts):
        return []
    with _unbound(checked, section):
        if any(fact.kind == "reading" for fact in checked.facts):
            return _of_doubt(case)
        return _alone(_searched(checked, Spelling(checked.equation, section, case.source), section))


def _of_doubt(case: Case) -> list[Fix]:
    """The fixes of a statement that fits as it is meant: that reading first."""
    checked, section = case.checked, case.section
    original = reread(case.source.slice(checked.equation.span), checked.equation.span.start, section)
    if original is None:
        return []
    spelling = Spelling(original, section, case.source)
    read = reading_fix(checked, spelling, section)
    first = {meaning_of(checked.equation, checked.shapes): read} if read else {}
    return _alone(_searched(section.statements.trial(original, {}), spelling, section, first))


@contextmanager
def _unbound(checked: Checked, section: Section) -> Iterator[None]:
    """The table without the shape that the statement itself, passing with a doubt, has given its name."""
    assigned, name = section.table.assigned, checked.target or ""
    own = assigned.get(name)
    if own is None or own.origin.span != checked.equation.span:
        yield
        return
    del assigned[name]
    try:
        yield
    finally:
        assigned[name] = own


def _searched(
    checked: Checked, spelling: Spelling, section: Section, first: dict[Hashable, Fix] | None = None
) -> list[Fix]:
    """The cheapest fixes of a statement by what they say, the likeliest first, behind those that are known."""
    fixes = dict(first or {})
    repeated = repeats(checked.equation, checked.shapes)
    for found in rank(search(checked, section))[:CANDIDATES]:
        shapes = found.shapes
        says = meaning_of(found.checked.equation, shapes)
        renamed = any(step.repair.cost > 2 for step in found.steps)
        idle = says in fixes or repeats(found.checked.equation, shapes) > repeated
        idle = idle or (renamed and cancels(found.checked.equation, shapes))
        fix = None if idle else _fix(found, spelling, section)
        if fix is not None and all(fix.formula != other.formula for other in fixes.values()):
            fixes[says] = fix
        if len(fixes) == SHOWN:
            break
    return list(fixes.values())


def _fix(found: Found, spelling: Spelling, section: Section) -> Fix | None:
    """A way to mend the statement as a fix; None where it cannot be written so that it reads back."""
    edits = spelling.edits(found.checked.equation)
    formula = spelling.corrected(edits)
    if formula is None or not reads_back(formula, found.checked.equation, found.shapes, section):
        return None
    return Fix(title(found, spelling), formula, edits, safe=_is_certain(found))


def _is_certain(found: Found) -> bool:
    """Whether no sign is read in another way, or one is, no name is changed, and the left side wants what comes out."""
    if not any(step.repair.regroups for step in found.steps):
        return True
    return target_shape(found.checked) is not None and all(step.repair.cost < 3 for step in found.steps)


def _alone(fixes: list[Fix]) -> list[Fix]:
    """The fixes that are shown; one is safe only if it stands alone."""
    return [replace(fix, safe=fix.safe and len(fixes) == 1) for fix in fixes[:SHOWN]]
