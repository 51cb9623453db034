"""The result of a check: findings with labels, notes and fixes, and the report that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .text import Edit, Source, Span
from .values import dataclass, field

Severity = Literal["error", "warning", "info"]
Status = Literal["ok", "error", "unknown"]
Verdict = Literal["", "right", "wrong", "not verified"]
Shape = tuple[str | None, ...]
"""A shape in a report: a string per dimension, None for an unknown one; () for a scalar."""


@dataclass(slots=True)
class Label:
    """A few words at a place, such as an operand's shape or the line that a shape comes from."""

    span: Span
    message: str


@dataclass(slots=True)
class Fix:
    """A corrected statement: what was changed (`title`), the result (`formula`), and the edits that lead to it.

    A `safe` fix may be applied without asking (see `suggest._safety`). One that `binds` gives a name a shape that other
    lines use, or changes another line, and must still be tried on the whole text.
    """

    title: str
    formula: str
    edits: tuple[Edit, ...]
    safe: bool
    binds: bool = False


@dataclass(slots=True)
class Diagnostic:
    """One finding, at a span of the source."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(slots=True)
class FormulaResult:
    """One formula: its place, whether it fits, and its shape (None if unknown).

    `why` says what is missing if it is not understood. For a derivative, `verdict` says whether it is right, if this
    was asked, and `gradient_of` what it is the gradient of (or its transpose, if `transposed`).
    """

    span: Span
    status: Status
    name: str | None
    shape: Shape | None
    why: str = ""
    gradient_of: str = ""
    verdict: Verdict = ""
    transposed: bool = False


@dataclass(slots=True)
class Report:
    """Everything a check says about one source. `gradients` is set if derivatives were verified."""

    source: Source
    formulas: Sequence[FormulaResult] = field(default_factory=list)
    diagnostics: Sequence[Diagnostic] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    convention: str | None = None
    gradients: bool = False

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(found.severity == "error" for found in self.diagnostics)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return sum(found.severity == "warning" for found in self.diagnostics)
