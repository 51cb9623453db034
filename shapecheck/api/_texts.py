"""Check whole texts and files, derive their gradients and verify them."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fsdecode

from ..check import check
from ..formats._format import summary_line
from ..values import replace
from ._arguments import Declared, conventions, one_of, settings, source_of, text_of
from ._reports import Diagnostic, FormulaResult, Report, placed, printed


def check_text(
    text: str,
    *,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
    suffix: str | None = None,
) -> Report:
    """Check every formula of a text, one statement per line; with a `suffix` such as `.md`, read it as such a file.

    The other arguments are those of `read`. Raises ValueError for an unknown suffix.

    >>> report = check_text("W: n1 x n0\\nZ = W X\\nZ = X W", shapes={"X": "n0 x m"})
    >>> [(formula.status, formula.shape) for formula in report.formulas]
    [('ok', ('n1', 'm')), ('error', ('n1', 'm'))]
    >>> [(found.line, found.column, found.code) for found in report.diagnostics]
    [(3, 5, 'SC201')]
    >>> check_text("The gradient is $dW_2 = dZ_2 A_1$.", suffix=".md", convention="coursera")
    Report('<text>.md', 'checked 1 formula: 1 error')
    """
    return placed(check(source_of(text, suffix), settings(convention, shapes, notation)))


class Reports(tuple[Report, ...]):
    """The reports of a file: one, and for a notebook another for each cell. They can be printed and pickled."""

    __slots__ = ()

    @property
    def formulas(self) -> list[FormulaResult]:
        """The results of all formulas."""
        return [formula for report in self for formula in report.formulas]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """The findings of all reports."""
        return [found for report in self for found in report.diagnostics]

    def __str__(self) -> str:
        return printed(self)

    def __repr__(self) -> str:
        return f"Reports({self[0].source.path!r}, {summary_line(self)!r})"


def check_file(
    path: str | bytes | PathLike[str] | PathLike[bytes],
    *,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
) -> Reports:
    """Check every formula of a file as the command does, by its suffix and with its project's settings.

    The arguments are those of `read` and take precedence over the settings. A file that cannot be read is a finding,
    SC001. Raises `shapecheck.configuration.ConfigurationError`, a ValueError, if the settings cannot be read.
    """
    from ..configuration import Configurations
    from ..files import check_content
    from ..files import read as content

    name = fsdecode(path)
    asked = settings(None, shapes, notation)
    options = {"convention": convention, "notation": notation, "shapes": asked.shapes}
    chosen = Configurations({key: value for key, value in options.items() if value})(name)
    if convention is not None:
        one_of("convention", convention, (*conventions(), "auto", *chosen.conventions))
    return Reports(map(placed, check_content(content(name), chosen, name)))


def derive(
    text: str,
    *,
    wrt: Sequence[str] | None = None,
    form: str | None = None,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
    suffix: str | None = None,
) -> list[str]:
    """Derive the gradients of the forward pass in a text, one formula each, in the order of the backward pass.

    `wrt` names the variables; by default the parameters and inputs. `form` is a notation or `sympy`; by default the
    notation of the text. The other arguments are those of `check_text`. Raises ValueError if there is no forward pass,
    if a gradient cannot be derived, or if it cannot be written in that form.

    >>> derive("Z = W X\\nJ = 1/2 sum((Z - Y)^2)", wrt=["W"])
    ['dZ = Z - Y', 'dW = dZ X.T']
    >>> derive("Z = W X\\nJ = 1/2 sum((Z - Y)^2)", wrt=["W"], form="python")
    ['dZ = Z - Y', 'dW = dZ @ X.T']
    """
    from ..derivation.attempts import attempted
    from ..derivation.text import text_of as written
    from ..notations import notations

    one_of("form", form, (*notations.names, "sympy"))
    names = None if wrt is None else [text_of(name) for name in wrt]
    found = attempted(source_of(text, suffix), settings(convention, shapes, notation), None, names)
    return [line for derivation in found.derivations for line in written(derivation, form)]


def verify(
    text: str,
    *,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
    suffix: str | None = None,
    seed: int = 0,
) -> Report:
    """Check every formula of a text, and verify that its gradients are those of its forward pass.

    Each gradient is evaluated on random arrays, drawn with `seed`, and compared with the true one. If the text has no
    forward pass, the convention's is assumed, and a note in the report says so. The other arguments are those of
    `check_text`.

    >>> report = verify("dZ1 = W2.T dZ2")
    >>> [found.code for found in report.diagnostics]
    ['SC301']
    >>> report.diagnostics[0].fixes[0].formula
    "dZ1 = W2.T dZ2 * g1'(Z1)"
    """
    from ..verification import verify as verified

    chosen = replace(settings(convention, shapes, notation), gradients=True, seed=seed)
    return placed(verified(source_of(text, suffix), chosen)[0])
