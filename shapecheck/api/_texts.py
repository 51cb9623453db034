"""Whole texts and files: the reports of a check."""

from __future__ import annotations

from os import PathLike, fspath

from ..check import check
from ..diagnostic import Diagnostic, FormulaResult, Report
from ..text import Source
from ._arguments import Declared, conventions, one_of, settings, text_of


def check_text(
    text: str, *, convention: str | None = None, shapes: Declared = (), notation: str | None = None
) -> Report:
    """Check every formula of a text, a statement a line; the arguments are those of `read`.

    >>> report = check_text("W: n1 x n0\\nZ = W X\\nZ = X W", shapes={"X": "n0 x m"})
    >>> [(formula.status, formula.shape) for formula in report.formulas]
    [('ok', ('n1', 'm')), ('error', ('n1', 'm'))]
    """
    return check(Source(text_of(text)), settings(convention, shapes, notation))


class Reports(tuple[Report, ...]):
    """The reports of a file: one, of a notebook one for each cell besides. They can be pickled."""

    __slots__ = ()

    @property
    def formulas(self) -> list[FormulaResult]:
        """The results of all formulas."""
        return [formula for report in self for formula in report.formulas]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found in all of them."""
        return [found for report in self for found in report.diagnostics]


def check_file(
    path: str | PathLike[str],
    *,
    convention: str | None = None,
    shapes: Declared = (),
    notation: str | None = None,
) -> Reports:
    """Check every formula of a file as the command does: by its suffix, and by the settings of its project.

    The arguments are those of `read` and go before the settings. A file that cannot be read is a finding, SC001.
    Raises `shapecheck.configuration.ConfigurationError`, a ValueError, where the settings cannot be read.
    """
    from ..configuration import Configurations
    from ..files import check_content
    from ..files import read as content

    name = fspath(path)
    asked = settings(None, shapes, notation)
    options = {"convention": convention, "notation": notation, "shapes": asked.shapes}
    chosen = Configurations({key: value for key, value in options.items() if value})(name)
    if convention is not None:
        one_of("convention", convention, (*conventions(), "auto", *chosen.conventions))
    return Reports(check_content(content(name), chosen, name))
