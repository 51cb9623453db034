"""What a check says: findings with labels, notes and fixes, and the report that carries them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .text import Edit, Source, Span
from .values import dataclass, field

Severity = Literal["error", "warning", "info"]
Status = Literal["ok", "error", "unknown"]
Verdict = Literal["", "right", "wrong", "not verified"]
Shape = tuple[str | None, ...]
"""A shape as it is reported: a text a dimension, None where a dimension is unknown; a scalar is ()."""


@dataclass(slots=True)
class Label:
    """A few words at a place: an operand's shape, or the line that a shape comes from."""

    span: Span
    message: str


@dataclass(slots=True)
class Fix:
    """A corrected statement: what was done (`title`), the whole of it (`formula`), and the edits that make it.

    `safe` says that it may be made without asking (`suggest._safety` has the rule). As long as it `binds`, since it
    gives a name the shape that others build upon, or changes another line, this is still to be tried on the whole text.
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
    """One formula: where it stands, whether it fits, and the shape it has (None where that is unknown).

    `why` says of one that is not understood what is missing. Of a formula for a derivative `verdict` says whether it is
    right, where that was asked, and `gradient_of` of what it is then the gradient, or its transpose (`transposed`).
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
    """Everything a check has to say of one source; `gradients` says that formulas for derivatives were judged."""

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
