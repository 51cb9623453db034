"""`shapecheck check`: formulas, files, folders and standard input, with every option of a check."""

from __future__ import annotations

from typing import Annotated

import typer

from ..formats import formats
from ._checking import Request
from ._checking import check as run
from ._codes import read_codes
from ._command import Command
from ._errors import UsageError
from ._options import Color, Convention, Notation, Shapes, format_names, one_of, settings


def _processes(text: str) -> int:
    if not (text.isdecimal() and int(text[:9]) > 0):
        raise typer.BadParameter(f"{text!r} is not a number of processes, as in -j 4")
    return int(text[:9])


Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET...", help="A formula, a file, a folder, or - for standard input."),
]
Format = Annotated[
    str,
    typer.Option(metavar="NAME", help=f"How to write the report: {', '.join(formats.names)}.", **one_of(format_names)),
]
Others = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT:FILE",
        help="Write the report in another format too: sarif:out.sarif. May be given again.",
    ),
]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report to this file.")]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Report these codes only; SC2 stands for all that begin with it."),
]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Do not report these codes.")]
Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too, and on what was not understood.")]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix", help="Correct what has a single simplest correction, in the files; a corrected formula is printed."
    ),
]
Unsafe = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Correct also what has several, by the first of them; implies --fix.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print findings only.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="List the formulas that were not understood.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        metavar="N",
        parser=_processes,
        help="Check files with so many processes; by default one a core.",
    ),
]


def check(
    targets: Targets = None,
    *,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
    format: Format = "full",
    output: Output = None,
    report: Others = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    fix: Fix = False,
    unsafe_fixes: Unsafe = False,
    diff: Diff = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    jobs: Jobs = None,
    color: Color = "auto",
) -> int:
    """Check the shapes in formulas, files and folders.

    The exit status is 0 where all is right, 1 where there is an error, and 2 where the call cannot be carried out.
    """
    if not targets:
        raise UsageError('name a formula, a file or a folder, as in: shapecheck check "dW = dZ A.T"')
    codes = {"select": read_codes("--select", select), "ignore": read_codes("--ignore", ignore)}
    chosen = settings(shape, convention, notation, **codes, strict=strict)
    others = tuple(map(_other, report or ()))
    fixes = fix or (unsafe_fixes and not diff)
    request = Request(chosen, format, output, others, fixes, unsafe_fixes, diff, quiet, verbose, jobs, color)
    return run(targets, request)


def _other(text: str) -> tuple[str, str]:
    """The format and the file of one `--report`."""
    name, separator, path = text.partition(":")
    if not (separator and path and name in formats):
        known = ", ".join(formats.names)
        raise UsageError(f"--report is a format and a file, as in sarif:out.sarif, and not {text!r}; formats: {known}")
    return name, path


command = Command(
    check,
    """\
shapecheck check "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck check -s "W2: n2 x n1" -s "dZ2: n2 x m" "W2.T dZ2"
shapecheck check notes.formulas lectures/
shapecheck check --fix notes.formulas
cat notes.formulas | shapecheck check --format json -""",
)
