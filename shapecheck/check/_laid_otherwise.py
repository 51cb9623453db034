"""Formulas that do not fit because their author lays them out otherwise: they are no mistakes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..course import Line
from ..infer import Checked
from ..shapes.dims import ONE, Shape, prune
from ..solution import Solution
from ..syntax.nodes import Name
from ..table._places import Place

SHARE = 0.5
"""The share of a heading's formulas that must not fit for another layout to be likelier than mistakes."""
RUN = 4
"""How many of five formulas that follow each other must not fit for that: of fewer each may be a mistake."""
DEFINED = 2
"""How many of them must define something: that is hardly ever wrong, while a sheet may have gradients that all are."""


def in_another_layout(solution: Solution) -> set[int]:
    """The formulas below headings where half of those for gradients do not fit: they have another layout there."""
    places: dict[Place, list[int]] = {}
    for line in solution.lines:
        if line.number in solution.behind and line.is_written:
            places.setdefault((*line.passage.scope, line.section.notation.is_code), []).append(line.number)
    found = (
        numbers for numbers in places.values() if _are_wrong(numbers, solution.blamable, max(2, len(numbers) * SHARE))
    )
    return {number for numbers in found for number in numbers}


def in_runs(solution: Solution) -> set[int]:
    """The formulas of mathematics that follow each other where all but a few do not fit, nor those that go forward."""
    wrong, lines = solution.blamable, solution.lines
    said = [line.number for line in lines if line.is_written and not line.section.notation.is_code]
    runs: list[list[int]] = []
    for run in (said[start : start + RUN + 1] for start in range(len(said) - RUN)):
        if _are_wrong(run, wrong, RUN):
            before = runs.pop() if runs and runs[-1][-1] >= run[0] else []
            runs.append([*before, *(number for number in run if number not in before)])
    forward = wrong - solution.behind
    return {number for run in runs if _are_wrong(run, forward, DEFINED) for number in run}


def _are_wrong(numbers: Sequence[int], wrong: Collection[int], least: float) -> bool:
    return sum(number in wrong for number in numbers) >= least


def as_rows(solution: Solution) -> set[int]:
    """The gradients of vectors that do not fit as they are rows, where fewer of them lie as their variables do."""
    rows: set[int] = set()
    columns = 0
    for number, checked in solution.checked.items():
        line = solution.lines[number]
        if line.is_written and not line.section.notation.is_code and _gives_gradient(line, checked):
            turned = [fact for fact in checked.failures if fact.kind == "gradient" and _are_turned(*fact.shapes)]
            rows.update([number] if turned and len(turned) == len(checked.failures) else ())
            columns += checked.is_right and _is_column(checked.shape)
    return rows if columns < len(rows) else set()


def _gives_gradient(line: Line, checked: Checked) -> bool:
    target = checked.equation.members[0]
    symbol = line.section.survey.reading.by_key.get(target.key) if type(target) is Name else None
    return symbol is not None and line.section.table.is_gradient(symbol)


def _are_turned(one: Shape, other: Shape) -> bool:
    return _is_column(one) and [*map(prune, one)] == [*map(prune, reversed(other))]


def _is_column(shape: Shape | None) -> bool:
    return shape is not None and len(shape) == 2 and prune(shape[1]) is ONE is not prune(shape[0])
