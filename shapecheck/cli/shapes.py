"""`shapecheck shapes`: the symbols in a formula or a file, with the shape of each and where it comes from."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostic import Report
from . import _status
from ._command import Command
from ._options import Color, Convention, Notation, Shapes, one_of, settings
from ._output import write
from ._painting import write_findings, write_lines
from ._reading import sources
from ._targets import named

if TYPE_CHECKING:
    from ..explain.table import Row
    from ..formats._line import Line

Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|FORMULA]...", help="A formula, files, or - for standard input."),
]
Format = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The format of the table: text, or json for programs.", **one_of(lambda: ("text", "json"))
    ),
]
_HEAD = ("symbol", "shape", "from")


def shapes(
    targets: Targets = None,
    *,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
    format: Format = "text",
    color: Color = "auto",
) -> int:
    """List the symbols in a formula or a file, with their shapes and where those come from.

    Gradients have the shape of their variable. Dimensions are listed too. An unknown shape is shown as `?`.
    """
    words = named(targets, 'shapecheck shapes "dW1 = dZ1 X.T"')
    from ..explain.table import as_json, disagreements, table

    chosen = settings(shape, convention, notation)
    tables: list[tuple[str, list[Row]]] = []
    wrong: list[Report] = []
    for source, include in sources(words, chosen):
        tables.append((source.path, table(source, chosen, include)))
        found = disagreements(source, chosen, include)
        wrong += [Report(source, diagnostics=found)] if found else []
    if format == "json":
        import json

        rows = [row for _, found in tables for row in found]
        write(json.dumps(as_json(rows), indent=2) + "\n", sys.stdout)
    else:
        _write(tables, color)
    if wrong:
        write_findings(wrong, color, sys.stderr)
    return _status.FINDINGS if wrong else _status.CLEAN


def _write(tables: Sequence[tuple[str, Sequence[Row]]], color: str) -> None:
    """The tables as text, each below its path where there are several."""
    from ..formats._cells import one_line
    from ..formats._line import Run

    lines: list[Line] = []
    for path, found in tables:
        if len(tables) > 1:
            lines += [*([[]] if lines else []), [Run(one_line(path), "bold")]]
        lines += _lines(found)
    write_lines(lines, color)


def _lines(rows: Sequence[Row]) -> list[Line]:
    """The table with its head, in aligned columns."""
    from ..formats._cells import one_line, width
    from ..formats._line import Run

    if not rows:
        return [[Run("no symbols")]]
    cells = [(one_line(row.symbol), row.shape, one_line(row.known.words)) for row in rows]
    first, second = (max(width(row[column]) for row in (_HEAD, *cells)) for column in (0, 1))

    def line(row: tuple[str, str, str], styles: tuple[str, str, str]) -> Line:
        padded = (row[0] + " " * (first - width(row[0]) + 2), row[1] + " " * (second - width(row[1]) + 2), row[2])
        return [Run(text, style) for text, style in zip(padded, styles, strict=True)]

    found = [line(_HEAD, ("bold", "bold", "bold"))]
    for number, (row, cell) in enumerate(zip(rows, cells, strict=True)):
        function = rows[number - 1].function if number else ""
        if row.function != function:
            found += [
                *([[]] if number else []),
                *([[Run(f"in {one_line(row.function)}", "dim")]] if row.function else []),
            ]
        found.append(line(cell, ("", "unknown" if "?" in row.shape else "shape", "dim")))
    return found


command = Command(
    shapes,
    """\
shapecheck shapes "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck shapes -s "W: 3 x 4" "W x"
shapecheck shapes --format json notes.formulas""",
)
