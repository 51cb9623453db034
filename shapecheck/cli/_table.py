"""Rows of text with their columns aligned."""

from __future__ import annotations

from collections.abc import Sequence

from ..formats._cells import width


def table(rows: Sequence[Sequence[str]]) -> str:
    """A line for each row; all rows have as many cells."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def _line(row: Sequence[str], widths: list[int]) -> str:
    return "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()
