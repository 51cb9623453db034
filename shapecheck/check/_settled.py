"""What is left of a passage's findings after its pragmas and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..diagnostic import Diagnostic, FormulaResult
from ..documents import Passage
from ..pragmas import UNUSED_IGNORE, Pragma, settle
from ..rules import explain_troubles
from ..settings import Settings
from ..text import Source
from ..values import replace
from ._outcomes import Outcome


def settled(
    outcome: Outcome, passage: Passage, source: Source, settings: Settings, computed: Callable[[str], bool]
) -> tuple[Iterable[FormulaResult], Iterable[Diagnostic]]:
    """What is left of a passage's findings after its pragma and the settings, and its formulas as they stand then.

    `computed` says for which codes there was a look at all.
    """
    if not (outcome.found or passage.pragma or passage.pragmas):
        return outcome.formulas, ()
    left = _settled(outcome.found, passage, source, computed)
    is_certain = bool(outcome.formulas) and not outcome.is_unknown and not outcome.supposed
    if not settings.strict and passage.window.text and not is_certain:
        left = [each for each in left if each.code != UNUSED_IGNORE]
    said = [each for each in left if settings.wants(each.code, each.severity)]
    errors = [each for each in said if each.severity == "error"]
    if errors and not passage.pragmas:
        return outcome.formulas, said
    return [_settled_formula(each, errors) for each in outcome.formulas], said


def _settled_formula(formula: FormulaResult, errors: list[Diagnostic]) -> FormulaResult:
    """A formula as it stands after the pragmas: wrong only where an error is left on it."""
    start, end = formula.span
    if formula.status != "error" or any(start <= each.span.start < end for each in errors):
        return formula
    return replace(formula, status="unknown" if formula.why else "ok", verdict="")


def _settled(
    found: Iterable[Diagnostic], passage: Passage, source: Source, computed: Callable[[str], bool]
) -> list[Diagnostic]:
    """The findings after the pragma of their passage, in a program after those of their lines."""
    if not passage.pragmas:
        return _after(found, passage.pragma, source, computed)
    left = Lines(source)
    left.add(found)
    for pragma in passage.pragmas:
        left.add(_after(left.taken(source.place(pragma.span.start).line), pragma, source, computed))
    return left.rest()


def _after(
    found: Iterable[Diagnostic], pragma: Pragma | None, source: Source, computed: Callable[[str], bool]
) -> list[Diagnostic]:
    """The findings after a pragma, with what is amiss with it."""
    left, troubles = settle(found, pragma, computed)
    return [*left, *explain_troubles(troubles, source)]


def is_computed(code: str) -> bool:
    """Whether a check of shapes looks for a code at all: gradients are another matter."""
    return not code.startswith("SC3")


def is_any(code: str) -> bool:
    """Every code, where gradients are looked at too."""
    return True


class Lines:
    """Findings by the lines of a text on which they stand."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[int, Diagnostic] = {}
        self._on: dict[int, list[int]] = {}
        self._count = 0

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Add findings after those that are there."""
        for each in found:
            self._count += 1
            self._found[self._count] = each
            first, last = (self._source.place(offset).line for offset in each.span)
            for line in range(first, last + 1):
                self._on.setdefault(line, []).append(self._count)

    def taken(self, line: int) -> list[Diagnostic]:
        """The findings on a line, which then are no more among the others."""
        return [self._found.pop(number) for number in self._on.pop(line, ()) if number in self._found]

    def rest(self) -> list[Diagnostic]:
        """All that are left, in order."""
        return list(self._found.values())
