"""Medians of interleaved runs, with their spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

Times = dict[str, list[float]]


class Row(NamedTuple):
    """One line of the table: what was measured, the figure, its first and third quarter, its limit."""

    what: str
    measured: float
    spread: tuple[float, float]
    limit: float | None = None
    unit: str = ""
    least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is within its limit, if it has one; `least` turns the limit round."""
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.least else self.measured <= self.limit


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def interleaved(clocks: Mapping[str, Callable[[], float]], rounds: int) -> Times:
    """The times of each clock, one after the other, round by round; the first round is for warming up."""
    times: Times = {name: [] for name in clocks}
    for number in range(rounds + 1):
        for name, clock in clocks.items():
            taken = clock()
            if number:
                times[name].append(taken)
    return times


def ratio(times: Times, over: str, under: str) -> tuple[float, tuple[float, float]]:
    """The ratio of two medians, and the quarters of the ratios round by round."""
    each = [one / other for one, other in zip(times[over], times[under], strict=True)]
    return median(times[over]) / median(times[under]), spread(each)


def spread(values: list[float]) -> tuple[float, float]:
    """The first and the third quarter."""
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


def table(rows: list[Row]) -> str:
    """The rows in columns."""
    head = ("what", "measured", "quarters", "limit", "holds")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    figure, low, high = (f"{value:.2f}" for value in (row.measured, *row.spread))
    first = (row.what, f"{figure}{row.unit}", f"{low} to {high}")
    if row.limit is None:
        return *first, "", ""
    return *first, f"{'>=' if row.least else '<='} {row.limit:g}{row.unit}", "yes" if row.holds else "NO"
