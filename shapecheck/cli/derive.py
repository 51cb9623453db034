"""`shapecheck derive`: the gradients of a forward pass, a formula each."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from ._checking import status_of
from ._command import Command, UsageError
from ._options import Convention, Notation, Shapes, notation_names, one_of, settings
from ._output import complain, write
from ._painting import write_findings
from ._reading import sources
from ._targets import named

if TYPE_CHECKING:
    from ..derivation import Derivation
    from ..derivation.attempts import NothingDerived
    from ..diagnostic import Report

CALL = 'shapecheck derive "Z = W X + b" "J = 1/2 sum((Z - Y)^2)"'


def forms() -> Iterable[str]:
    """The forms that `--as` names: sympy and the notations."""
    return {"sympy", *notation_names()}


Targets = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|FORMULA]...", help="Files, the formulas of a forward pass, or - for standard input."),
]
Wrt = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="Derive only the gradients of these names, separated by commas: W1,b1."),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="FORM", help=f"Write the formulas as {', '.join(sorted(forms()))}.", **one_of(forms)),
]


def derive(
    targets: Targets = None,
    *,
    wrt: Wrt = None,
    form: As = None,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
) -> int:
    """Derive the gradients of a forward pass, one formula each, in the order of the backward pass.

    The forward pass is the equations of a file, or those given as arguments, ending with a loss. If the loss is a mean
    over the examples, dZ and dA are gradients of the sum, and the gradients of the parameters contain the 1/m.
    """
    words = named(targets, CALL, "a file, or the formulas of a forward pass")
    from ..check import check
    from ..derivation.attempts import NothingDerived, attempted

    chosen = settings(shape, convention, notation)
    names = [name.strip() for name in wrt.split(",") if name.strip()] if wrt else None
    reports = []
    for source, include in sources(words, chosen):
        try:
            found, read, known = attempted(source, chosen, include, names)
        except NothingDerived as error:
            reports.append(check(source, chosen, include))
            _refuse(error, reports[-1])
            continue
        reports.append(check(read, known, include))
        _write(found, form, first=len(reports) == 1)
        steps = ((each.graph, step) for each in found for step in each.graph.steps)
        used = {step.equation.span.start for graph, step in steps if graph.shapes.get(step.name.key) is not None}
        _complain(reports[-1], used, len(source.text))
        if len(known.shapes) > len(chosen.shapes):
            write(f"note: no shapes are stated; assuming {', '.join(known.shapes[len(chosen.shapes) :])}\n", sys.stderr)
    return status_of(reports, strict=False)


def _refuse(error: NothingDerived, report: Report) -> None:
    """Say why there are no gradients: what is wrong with the formulas, if anything is; else the call is."""
    if not report.errors:
        raise UsageError(f"{error}, as in: {CALL}" if error.is_empty else str(error)) from error
    write_findings([report], "auto", sys.stderr)
    complain(str(error))


def _write(found: Iterable[Derivation], form: str | None, first: bool) -> None:
    from ..derivation.text import text_of
    from ..formats._cells import one_line

    for number, derivation in enumerate(found):
        try:
            lines = text_of(derivation, form)
        except ValueError as error:
            raise UsageError(f"these gradients have no {form} form: {error}") from error
        write("\n" * (bool(number) or not first) + "".join(f"{one_line(line)}\n" for line in lines), sys.stdout)
        for cotangent in derivation.cotangents:
            write(f"note: there is no loss; the upstream gradient {cotangent.text} is given\n", sys.stderr)


def _complain(report: Report, used: Container[int], end: int) -> None:
    """What is wrong with a source's formulas, and which are neither understood nor used, on stderr."""
    if report.diagnostics:
        write_findings([report], "auto", sys.stderr)
    for formula in report.formulas:
        if formula.status == "unknown" and formula.span.start not in used and formula.span.start < end:
            text = " ".join(report.source.slice(formula.span).split())
            write(f"note: not understood: {text}\n", sys.stderr)


command = Command(
    derive,
    """\
shapecheck derive network.formulas
shapecheck derive --as python --wrt W1,b1 network.formulas
shapecheck derive -s "W: n x k" -s "A: k x m" "Z = W A\"""".rstrip(),
)
