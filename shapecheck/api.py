"""What other programs call: read one formula as a value, or check a text and get its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, TypeAlias

from .check import check, reported, statements
from .diagnostic import Diagnostic, FormulaResult, Report, Shape, Status
from .settings import Settings
from .text import Source, Span

if TYPE_CHECKING:
    from .infer import Checked

Declared: TypeAlias = Mapping[str, "str | Iterable[str | int]"] | Iterable[str]
"""Shapes by name, each a text or a tuple, or texts such as `W2: n2 x n1`."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its text, its shape, and the report of its check.

    >>> formula = read("dW1 = 1/m dZ1 X.T")
    >>> formula.shape
    ('n1', 'n0')
    >>> print(formula)
    dW1 = 1/m dZ1 X.T
    """

    text: str
    report: Report = field(compare=False)
    settings: Settings = field(repr=False)
    _result: FormulaResult = field(repr=False)

    def __str__(self) -> str:
        return self.text

    def to_string(self) -> str:
        """The formula as its author wrote it."""
        return self.text

    @property
    def shape(self) -> Shape | None:
        """The shape, a text a dimension and None where one is unknown; () for a scalar, None where nothing is known.

        >>> read("W x", shapes={"W": "3 x 4", "x": "4 x 1"}).shape
        ('3', '1')
        >>> read("q = f(u)").shape is None
        True
        """
        return self._result.shape

    @property
    def status(self) -> Status:
        """`ok`; `error` where something is wrong; `unknown` where a part has no known shape and nothing is wrong."""
        return self._result.status

    @property
    def name(self) -> str | None:
        """The name on the left side, None for an expression alone."""
        return self._result.name

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found, with notes and fixes.

        >>> [found.code for found in read("db1 = dZ1").diagnostics]
        ['SC204']
        """
        return self.report.diagnostics

    def to_sympy(self) -> Any:
        """The formula among sympy's matrices: an `Eq`, or an expression; `W -= lr dW` is `W - lr*dW`.

        Raises `shapecheck.symbolic.NotAMatrix`, a ValueError, for what they cannot say, and ValueError where the
        formula is wrong or cannot be read.

        >>> read("W2.T dZ2").to_sympy()
        W2.T*dZ2
        """
        if self.status == "error":
            why = next((found.message for found in self.diagnostics if found.severity == "error"), "it is wrong")
            raise ValueError(f"{self.text!r} has no sympy form: {why}")
        from .explain.expression import expression

        for _, checked in statements(self.report.source, self.settings):
            if checked.equation.span == self._result.span:
                return expression(checked)
        raise ValueError(f"{self.text!r} has no sympy form: it cannot be read")


def read(text: str, *, convention: str | None = None, shapes: Declared = (), notation: str | None = None) -> Formula:
    """Read and check one formula; lines that declare shapes may stand above it.

    `shapes` are declared as with `-s`. A wrong formula is returned with what was found. Raises TypeError where an
    argument is of another type, ValueError where there is no such convention or notation, where a shape cannot be
    read, and where the text holds no formula or several.

    >>> read("Z1 = X W1", convention="batch-first").shape
    ('m', 'n1')
    >>> read("Z1 = W1 X", shapes=["X: 3 x 100", "W1: 5 x 3"]).shape
    ('5', '100')
    >>> read("dZ1 = W2' * dZ2", notation="matlab").status
    'ok'
    """
    settings = _settings(convention, shapes, notation)
    source = Source(_text(text))
    report = check(source, settings)
    return Formula(text, report, settings, _single(text, report, settings))


def check_text(
    text: str, *, convention: str | None = None, shapes: Declared = (), notation: str | None = None
) -> Report:
    """Check every formula of a text, a statement a line; the arguments are those of `read`.

    >>> report = check_text("W: n1 x n0\\nZ = W X\\nZ = X W", shapes={"X": "n0 x m"})
    >>> [(formula.status, formula.shape) for formula in report.formulas]
    [('ok', ('n1', 'm')), ('error', ('n1', 'm'))]
    """
    return check(Source(_text(text)), _settings(convention, shapes, notation))


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
    from .configuration import Configurations
    from .files import check_content
    from .files import read as content

    name = fspath(path)
    asked = _settings(None, shapes, notation)
    options = {"convention": convention, "notation": notation, "shapes": asked.shapes}
    settings = Configurations({key: value for key, value in options.items() if value})(name)
    if convention is not None:
        _one_of("convention", convention, (*_conventions(), "auto", *settings.conventions))
    return Reports(check_content(content(name), settings, name))


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a formula is a str, not {type(text).__name__}")
    return text


def _single(text: str, report: Report, settings: Settings) -> FormulaResult:
    """The result of the only formula; a plain scalar, which a report does not count, is one where nothing else is."""
    results = report.formulas
    if not results:
        results = [_result(report.source, checked) for _, checked in statements(report.source, settings)]
    if not results and report.diagnostics:
        return FormulaResult(Span(0, len(text)), "error", None, None)
    if not results:
        raise ValueError(f"there is no formula in {text!r}")
    if len(results) > 1:
        raise ValueError(f"there are {len(results)} formulas in the text; check_text checks several")
    return results[0]


def _result(source: Source, checked: Checked) -> FormulaResult:
    status: Status = "error" if checked.failures else "unknown" if checked.unknown else "ok"
    first, *others = checked.equation.members
    return FormulaResult(checked.equation.span, status, source.slice(first.span) if others else None, reported(checked))


def _settings(convention: str | None, shapes: Declared, notation: str | None) -> Settings:
    from .notations import notations

    _one_of("convention", convention, _conventions())
    _one_of("notation", notation, notations.names)
    declared = tuple(_declared(shapes))
    for declaration in declared:
        _readable(declaration)
    return Settings(convention=convention, notation=notation, shapes=declared)


def _conventions() -> tuple[str, ...]:
    from .conventions import BUILT_IN

    return (*BUILT_IN, "none")


def _one_of(what: str, name: str | None, known: tuple[str, ...]) -> None:
    if name is not None and not isinstance(name, str):
        raise TypeError(f"a {what} is named by a str, not {type(name).__name__}")
    if name is not None and name not in known:
        raise ValueError(f"there is no {what} {name!r}; there are {', '.join(known)}")


def _declared(shapes: Declared) -> Iterator[str]:
    """Each shape as the option -s has it."""
    if isinstance(shapes, str) or not isinstance(shapes, Iterable):
        raise TypeError("shapes are a mapping such as {'W2': 'n2 x n1'} or a list such as ['W2: n2 x n1']")
    if isinstance(shapes, Mapping):
        yield from (f"{name}: {_shape_text(shape)}" for name, shape in shapes.items())
        return
    for declaration in shapes:
        if not isinstance(declaration, str):
            raise TypeError(f"a shape is declared by a str such as 'W2: n2 x n1', not {type(declaration).__name__}")
        yield declaration


def _shape_text(shape: object) -> str:
    if isinstance(shape, str):
        return shape
    if isinstance(shape, tuple | list) and all(isinstance(dim, str | int) for dim in shape):
        return f"({', '.join(map(str, shape))}{',' * (len(shape) == 1)})" if shape else "scalar"
    raise TypeError(f"a shape is a str such as 'n2 x n1' or a tuple such as ('n2', 'n1'), not {shape!r}")


def _readable(declaration: str) -> None:
    """ValueError where a declaration cannot be read."""
    from .sections import parse_option
    from .syntax.nodes import Trouble

    found = parse_option(declaration)
    if isinstance(found, Trouble):
        from .rules import explain_troubles

        why = "; ".join(each.message for each in explain_troubles([found], Source(declaration)))
        raise ValueError(f"the shape {declaration!r} is not read" + (f": {why}" if why else ""))
