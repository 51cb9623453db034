"""`shapecheck explain`: a formula step by step, in indices, as a sympy expression, or in another notation."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ._checking import status_of
from ._command import Command, UsageError
from ._options import Color, Convention, Notation, Shapes, notation_names, one_of, settings
from ._output import width_of, write
from ._painting import write_findings, write_lines
from ._reading import sources
from ._targets import named

if TYPE_CHECKING:
    from ..explain import Explanation
    from ..formats._line import Line


def forms() -> Iterable[str]:
    """The forms that `--as` names: sympy, index and the notations."""
    return {"sympy", "index", *notation_names()}


INDENT = 12
"""The columns before what is said in words."""
Words = Annotated[
    list[str] | None, typer.Argument(metavar="FORMULA", help="A formula, a file, or - for standard input.")
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="FORM", help=f"Print only this form: {', '.join(sorted(forms()))}.", **one_of(forms)),
]


def explain(
    formula: Words = None,
    *,
    shape: Shapes = None,
    convention: Convention = None,
    notation: Notation = None,
    form: As = None,
    color: Color = "auto",
) -> int:
    """Explain a formula: its shapes step by step, its form in indices, and its sympy expression.

    A wrong formula is explained as far as its shapes fit, and then checked. The exit status is that of check.
    """
    words = named(formula, 'shapecheck explain "dZ1 = W2.T dZ2"')
    from ..check import check
    from ..explain import explain as explanations

    chosen = settings(shape, convention, notation)
    reports = []
    for number, (source, include) in enumerate(sources(words, chosen)):
        report = check(source, chosen, include)
        reports.append(report)
        found = explanations(source, chosen, include)
        if not found and not report.diagnostics:
            raise UsageError("there is no formula to explain")
        if form is not None:
            _write_form(found, form)
        else:
            _write_all(found, color, first=not number)
        if report.diagnostics:
            stream = sys.stdout if form is None else sys.stderr
            write("\n" * (bool(found) and form is None), stream)
            write_findings([report], color, stream)
    return status_of(reports, strict=False)


def _write_form(found: list[Explanation], form: str) -> None:
    """One form of each statement, a line each; UsageError where it has none."""
    from ..formats._cells import one_line

    for each in found:
        try:
            write(f"{one_line(_form(each, form))}\n", sys.stdout)
        except ValueError as error:
            raise UsageError(f"{each.text} has no {form} form: {error}") from error


def _form(each: Explanation, form: str) -> str:
    if form == "index":
        return each.indices().text
    if form in notation_names():
        return each.written(form)
    return each.sympy()


def _write_all(found: list[Explanation], color: str, first: bool) -> None:
    lines: list[Line] = []
    for each in found:
        lines += [*([] if first and not lines else [[]]), *_lines(each, width_of(sys.stdout))]
    write_lines(lines, color)


def _lines(each: Explanation, columns: int) -> Iterator[Line]:
    from ..explain.tree import GAP, rows
    from ..formats._cells import one_line
    from ..formats._line import Run
    from ..formats._wrap import wrap

    for row in rows(each.steps(), columns):
        shapes = Run(row.shapes, "shape" if row.fits else "wrong")
        yield [Run(row.text), Run(f"{GAP}{row.operation}{GAP}" if row.operation else GAP, "dim"), shapes]
    for number, (head, text) in enumerate(_said(each)):
        yield from [[]] * (not number)
        for part, line in enumerate(wrap(one_line(text), max(columns - INDENT, 20))):
            yield [Run(f"{head if not part else '':{INDENT}}", "note"), Run(line)]
    for number, text in enumerate(each.example()):
        yield from [[]] * (not number)
        yield [Run(f"{'in numbers' if not number else '':{INDENT}}", "note"), Run(text)] if text else []


def _said(each: Explanation) -> Iterator[tuple[str, str]]:
    """What there is to say in words: its forms where it fits, and its derivatives that are no matrices."""
    if each.fits:
        yield from _forms(each)
    for sentence in (*each.tensors(), *each.remarks()):
        yield "note", sentence


def _forms(each: Explanation) -> Iterator[tuple[str, str]]:
    try:
        form = each.indices()
        yield "in indices", form.text
        if form.legend:
            yield "", form.legend + ("; an axis of length 1 has no index" if form.drops_ones else "")
    except ValueError as error:
        yield "in indices", f"not available: {error}"
    try:
        yield "in sympy", each.sympy()
    except ValueError as error:
        yield "in sympy", f"not available: {error}"
    from ..notations.latex import notation as latex
    from ..notations.python import notation as python

    if each.notation != latex.name:
        yield "in LaTeX", each.written(latex.name)
    if each.notation != python.name:
        try:
            yield "in numpy", each.written(python.name)
        except ValueError as error:
            yield "in numpy", f"not available: {error}"


command = Command(
    explain,
    """\
shapecheck explain "dZ1 = W2.T dZ2 * g1'(Z1)"
shapecheck explain --as index "db1 = 1/m np.sum(dZ1, axis=1, keepdims=True)"
shapecheck explain -s "W1: 4 x 3" -s "Z1: 4 x 5" "∂Z1/∂W1"
""".rstrip(),
)
