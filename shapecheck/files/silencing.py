"""Comments that silence what a check finds: written where they hold, which a check of the new text decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import TypeAlias

from ..diagnostic import Diagnostic, FormulaResult, Report
from ..formats._cases import cases
from ..formats._format import formula_text
from ..pragmas import BAD_PRAGMA, UNMET_EXPECTATION, UNUSED_IGNORE
from ..text import Edit, Source, Span, apply_edits
from ..values import NamedTuple
from .fixing import Check, Fixed, in_file

_STYLES = {
    ".md": ("<!-- {} -->", "# {}", "% {}"),
    ".markdown": ("<!-- {} -->", "# {}", "% {}"),
    ".ipynb": ("<!-- {} -->", "# {}", "% {}"),
    ".tex": ("% {}",),
    ".rst": (".. {}",),
}
"""How a comment is written, by the suffix of the file; elsewhere it begins with #."""
_OPENING = re.compile(r"[>\s]*(?:\$\$|\\\\?\[|\\begin\b|```|~~~|\.\. math::)")
_SILENCED = frozenset(("error", "warning"))
_OF_COMMENTS = frozenset((UNUSED_IGNORE, UNMET_EXPECTATION, BAD_PRAGMA))


class FormulaFindings(NamedTuple):
    """The findings of one formula, known again in another text by its number among all formulas of its cell.

    `at` is where the first of them stands.
    """

    number: int
    report: Report
    formula: FormulaResult
    codes: tuple[str, ...]
    at: int

    @property
    def cell(self) -> int | None:
        """The cell in which it stands."""
        return self.report.source.cell


Place: TypeAlias = Callable[[FormulaFindings, str], Edit]
"""Where the comment for a group stands."""
Formulas: TypeAlias = dict[int | None, list[tuple[tuple[str, str], bool]]]
"""The text and status of each formula of a cell, as far as a comment must not change it, and if it has findings."""


def silence(reports: tuple[Report, ...], whole: Source, check: Check) -> Fixed:
    """A text with a comment for each formula on which an error or a warning stands, and what is left to say of it.

    Each place and each style of a comment is tried in turn, as long as that silences something more: what is a comment
    in the text may spoil the code beside it, which the next style silences. One that silences nothing is not written.
    """
    found = Fixed(reports, whole, 0)
    while True:
        more = _in_all_styles(found, check)
        if more.made == found.made:
            return found
        found = more


def _in_all_styles(found: Fixed, check: Check) -> Fixed:
    reports, whole, count = found
    for style, place in product(_styles(whole.path), _PLACES):
        groups = list(_groups(reports))
        if not groups:
            break
        before = _formulas(reports)
        made = _silenced(groups, before, partial(_tried, whole, check, style, place))
        after = _with_comments(whole, made, style, place)
        left = check(after) if made else reports
        if _texts(left) == _texts(reports) and _said(left) <= _said(reports) - len(made):
            whole, reports, count = after, left, count + sum(len(group.codes) for group in made)
    return Fixed(reports, whole, count)


def _tried(whole: Source, check: Check, style: str, place: Place, groups: list[FormulaFindings]) -> Formulas:
    return _formulas(check(_with_comments(whole, groups, style, place)))


def _silenced(
    groups: list[FormulaFindings], before: Formulas, tried: Callable[[list[FormulaFindings]], Formulas]
) -> list[FormulaFindings]:
    """The groups that a comment silences; those of a cell that the comments spoil are left aside, and do not count."""
    while groups:
        after = tried(groups)
        whole = [each for each in groups if len(after.get(each.cell, ())) == len(before[each.cell])]
        if len(whole) == len(groups):
            return [each for each in groups if after[each.cell][each.number] == (_text(before, each), False)]
        groups = whole
    return []


def _text(formulas: Formulas, group: FormulaFindings) -> tuple[str, str]:
    return formulas[group.cell][group.number][0]


def _groups(reports: tuple[Report, ...]) -> Iterator[FormulaFindings]:
    for report in reports:
        formulas = ((formula, _loud(found)) for formula, found in cases(report) if formula is not None)
        for number, (formula, loud) in enumerate(formulas):
            if loud:
                codes = tuple(sorted({each.code for each in loud}))
                yield FormulaFindings(number, report, formula, codes, loud[0].span.start)


def _formulas(reports: tuple[Report, ...]) -> Formulas:
    return {
        report.source.cell: [
            ((formula_text(report, formula), "unknown" if formula.status == "unknown" else "read"), bool(_loud(found)))
            for formula, found in cases(report)
            if formula is not None
        ]
        for report in reports
    }


def _texts(reports: tuple[Report, ...]) -> list[tuple[str, str]]:
    return [text for formulas in _formulas(reports).values() for text, _ in formulas]


def _said(reports: tuple[Report, ...]) -> int:
    """How many formulas and other places have something to say."""
    return sum(any(each.severity in _SILENCED for each in found) for report in reports for _, found in cases(report))


def _loud(found: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.severity in _SILENCED and each.code not in _OF_COMMENTS]


def _styles(path: str) -> tuple[str, ...]:
    return next((styles for suffix, styles in _STYLES.items() if path.lower().endswith(suffix)), ("# {}",))


def _with_comments(whole: Source, groups: list[FormulaFindings], style: str, place: Place) -> Source:
    """The text of a file with a comment for each group; of two in one place the first."""
    edits: dict[int | None, dict[Span, Edit]] = {}
    for group in groups:
        edit = place(group, style.format(f"shapecheck: ignore[{', '.join(group.codes)}]"))
        edits.setdefault(group.cell, {}).setdefault(edit.span, edit)
    placed = (each for cell, found in edits.items() for each in in_file(whole, cell, tuple(found.values())))
    return Source(apply_edits(whole.text, tuple(placed)), whole.path)


def _behind(group: FormulaFindings, comment: str) -> Edit:
    """At the end of the formula's last line."""
    return _at_end(group.report.source, max(group.formula.span.end - 1, group.formula.span.start), comment)


def _beside(group: FormulaFindings, comment: str) -> Edit:
    """At the end of the line on which the first finding stands."""
    return _at_end(group.report.source, group.at, comment)


def _at_end(source: Source, offset: int, comment: str) -> Edit:
    line = source.place(offset).line
    end = source.starts[line - 1] + len(source.line(line).rstrip(" \t"))
    return Edit(Span(end, end), f"{'  ' if comment[0] == '#' else ' '}{comment}")


def _before(group: FormulaFindings, comment: str) -> Edit:
    """On a line of its own before the formula's first line."""
    return _above(group.report.source, group.report.source.place(group.formula.span.start).line, comment)


def _before_block(group: FormulaFindings, comment: str) -> Edit:
    """On a line of its own before the line that opens the block in which the formula stands."""
    source = group.report.source
    first = line = source.place(group.formula.span.start).line
    while line > 1 and source.line(line).strip("> \t") and not _OPENING.match(source.line(line)):
        line -= 1
    return _above(source, line if _OPENING.match(source.line(line)) else first, comment)


def _above(source: Source, line: int, comment: str) -> Edit:
    text = source.line(line)
    start = source.starts[line - 1]
    lead = re.match(r"[>\s]*", text)
    end = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(Span(start, start), f"{lead[0] if lead else ''}{comment}{end}")


_PLACES = (_behind, _beside, _before, _before_block)
