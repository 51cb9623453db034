"""The options of `shapecheck check`, as annotations that typer reads, and the request that they make."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from ..formats import formats
from ._checking import Request
from ._command import UsageError
from ._options import format_names, one_of, options
from ._targets import STDIN

GRADIENTS = "SC3"
"""The codes of gradients: a check of shapes finds none of them."""


def _processes(text: str) -> int:
    if not (text.isdecimal() and int(text[:9]) > 0):
        raise typer.BadParameter(f"expected a number of processes such as -j 4, found {text!r}")
    return int(text[:9])


Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="TARGET...", help="A formula, a file, a folder, or - for standard input."),
]
Format = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=f"The format of the report: {', '.join(formats.names)}.", **one_of(format_names)),
]
Others = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT:FILE",
        help="Also write the report to a file in another format, as in sarif:out.sarif. Can be repeated.",
    ),
]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the report to this file.")]
Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Report only these codes; SC2 stands for all codes that start with it."),
]
Ignore = Annotated[list[str] | None, typer.Option(metavar="CODES", help="Do not report these codes.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Also fail on warnings and on formulas that are not understood.")
]
Gradients = Annotated[
    bool, typer.Option("--gradients", help="Also compare gradients with the forward pass, as verify does.")
]
Fix = Annotated[
    bool,
    typer.Option(
        "--fix", help="Apply the safe fixes to the files; a formula from the command line is printed corrected."
    ),
]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe-fixes", help="Also apply the first fix where there are several or it is unsafe; implies --fix."
    ),
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, without changing anything.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings by code instead of listing them.")]
Watch = Annotated[bool, typer.Option("--watch", help="Check again whenever one of the files changes.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if there are errors.")]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        metavar="PATH", help="Read standard input as if it were this file, with its suffix and its project settings."
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Skip these files in folders; a pattern as in .gitignore. Can be repeated."),
]
ExtendExclude = Annotated[
    list[str] | None,
    typer.Option(metavar="PATTERN", help="Also skip these, in addition to the project's own patterns."),
]
ForceExclude = Annotated[
    bool, typer.Option("--force-exclude", help="Skip excluded files even if they are named on the command line.")
]
AddIgnore = Annotated[
    bool, typer.Option("--add-ignore", help="Silence the findings with comments in the files, and report the rest.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print findings only.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="List the formulas that were not understood.")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Check every file, even if it has not changed since the last run.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        metavar="N",
        parser=_processes,
        help="The number of processes that check files; by default one per core.",
    ),
]


def requested(given: Mapping[str, Any]) -> Request:
    """The request that the options make, by their names; UsageError where one of them cannot be read."""
    codes = {name: read_codes(f"--{name}", given[name]) for name in ("select", "ignore")}
    chosen = options(
        given["shape"],
        given["convention"],
        given["notation"],
        **codes,
        strict=given["strict"],
        gradients=given["gradients"],
    )
    fields = {name: value for name, value in given.items() if name in Request._fields and value is not None}
    if given["output"] == "-":
        fields["output"] = None
    if given["stdin_filename"] is not None:
        fields["stdin_filename"] = given["stdin_filename"].replace(os.sep, "/") or STDIN
    fields["exclude"] = tuple(given["exclude"]) if given["exclude"] else None
    fields["extend_exclude"] = tuple(given["extend_exclude"] or ())
    fields["fix"] = given["fix"] or given["unsafe_fixes"]
    return Request(**fields, options=chosen, others=tuple(map(_other, given["report"] or ())))


def _other(text: str) -> tuple[str, str]:
    """The format and the file of one `--report`."""
    name, separator, path = text.partition(":")
    if not (separator and path and name in formats):
        known = ", ".join(formats.names)
        raise UsageError(f"--report takes a format and a file, as in sarif:out.sarif, not {text!r}; formats: {known}")
    return name, path


def read_codes(where: str, given: Iterable[str] | None) -> tuple[str, ...]:
    """The codes in the values of an option, between commas; UsageError where a finding can have no such code."""
    found = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in found:
        _check(where, code)
    return found


def _check(where: str, code: str) -> None:
    from ..rules import rules

    known = rules.codes
    is_code = code.startswith("SC") and (code[2:].isdecimal() or code == "SC")
    if not is_code or not (code.startswith(GRADIENTS) or any(each.startswith(code) for each in known)):
        raise UsageError(f"{where}: {code!r} is not a code or the start of one; choose from {', '.join(known)}")
