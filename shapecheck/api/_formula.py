"""One formula as a value: its text, its shape, its findings, and its sympy form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..check import check, reported, statements
from ..diagnostic import FormulaResult, Shape, Status
from ..settings import Settings
from ..text import Source, Span
from ..values import dataclass, field
from ._arguments import Declared, settings, text_of
from ._reports import Diagnostic, Report, described, placed

if TYPE_CHECKING:
    from ..infer import Checked


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its shape and the report of its check.

    >>> formula = read("dW1 = 1/m dZ1 X.T")
    >>> formula.shape
    ('n1', 'n0')
    >>> formula
    Formula('dW1 = 1/m dZ1 X.T', ok, n1×n0)
    >>> print(formula)
    dW1 = 1/m dZ1 X.T
    """

    text: str
    report: Report = field(compare=False)
    settings: Settings = field(repr=False)
    _result: FormulaResult = field(repr=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Formula({described(self.text, self._result)})"

    def to_string(self) -> str:
        """The formula as its author wrote it."""
        return self.text

    @property
    def shape(self) -> Shape | None:
        """The shape: a string per dimension, None for an unknown one; () for a scalar, None if nothing is known.

        >>> read("W x", shapes={"W": "3 x 4", "x": "4 x 1"}).shape
        ('3', '1')
        >>> read("q = f(u)").shape is None
        True
        """
        return self._result.shape

    @property
    def status(self) -> Status:
        """`ok`, `error`, or `unknown`: nothing is wrong, but some shape is not known."""
        return self._result.status

    @property
    def name(self) -> str | None:
        """The name on the left side; None for an expression without one."""
        return self._result.name

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """The findings, with notes and fixes.

        >>> [found.code for found in read("db1 = dZ1").diagnostics]
        ['SC204']
        """
        return self.report.diagnostics

    def to_sympy(self) -> Any:
        """The formula with sympy's matrices: an `Eq` or an expression; `W -= lr dW` is `W - lr*dW`.

        Raises `shapecheck.symbolic.NotAMatrix`, a ValueError, if it has no such form, and ValueError if the formula is
        wrong or cannot be read.

        >>> read("W2.T dZ2").to_sympy()
        W2.T*dZ2
        """
        if self.status == "error":
            why = next((found.message for found in self.diagnostics if found.severity == "error"), "it is wrong")
            raise ValueError(f"{self.text!r} has no sympy form: {why}")
        from ..explain.expression import expression

        for _, checked in statements(self.report.source, self.settings):
            if checked.equation.span == self._result.span:
                return expression(checked, self.report.source)
        raise ValueError(f"{self.text!r} has no sympy form: it cannot be read")


def read(text: str, *, convention: str | None = None, shapes: Declared = (), notation: str | None = None) -> Formula:
    """Read and check one formula; lines that declare shapes may come before it.

    `shapes` are declared as with `-s`. A wrong formula is returned with its findings. Raises TypeError if an argument
    has the wrong type, and ValueError for an unknown convention or notation, a shape that cannot be read, and a text
    with no formula or more than one.

    >>> read("Z1 = X W1", convention="batch-first").shape
    ('m', 'n1')
    >>> read("Z1 = W1 X", shapes=["X: 3 x 100", "W1: 5 x 3"]).shape
    ('5', '100')
    >>> read("dZ1 = W2' * dZ2", notation="matlab").status
    'ok'
    """
    chosen = settings(convention, shapes, notation)
    report = placed(check(Source(text_of(text)), chosen))
    return Formula(text, report, chosen, _single(text, report, chosen))


def _single(text: str, report: Report, settings: Settings) -> FormulaResult:
    """The result of the only formula; a plain scalar, which reports do not count, if there is nothing else."""
    results: Sequence[FormulaResult] = report.formulas
    if not results:
        results = [_result(report.source, checked) for _, checked in statements(report.source, settings)]
    if not results and report.diagnostics:
        return FormulaResult(Span(0, len(text)), "error", None, None)
    if not results:
        raise ValueError(f"there is no formula in {text!r}")
    if len(results) > 1:
        raise ValueError(f"there are {len(results)} formulas in the text; use check_text to check several")
    return results[0]


def _result(source: Source, checked: Checked) -> FormulaResult:
    status: Status = "error" if checked.failures else "unknown" if checked.unknown else "ok"
    first, *others = checked.equation.members
    return FormulaResult(checked.equation.span, status, source.slice(first.span) if others else None, reported(checked))
