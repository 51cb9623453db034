"""What is offered for a wrong formula."""

from __future__ import annotations

from shapecheck.check import check
from shapecheck.diagnostic import Diagnostic, Fix
from shapecheck.settings import Settings
from shapecheck.text import Source


def findings(text: str, path: str = "<formula>") -> list[Diagnostic]:
    """The findings of a text, lines being separated by `;;`."""
    return check(Source(text.replace(" ;; ", "\n"), path), Settings()).diagnostics


def fixes(text: str) -> list[Fix]:
    """The fixes of a text, all of which stand at one finding of a statement."""
    return [fix for finding in findings(text) for fix in finding.fixes]


def formulas(text: str) -> list[str]:
    """The corrected statements, first ones first."""
    return [fix.formula for fix in fixes(text)]
