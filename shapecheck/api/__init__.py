"""The functions for other programs: read one formula, check texts and files, derive and verify gradients."""

from __future__ import annotations

from ._arguments import Declared
from ._formula import Formula, read
from ._reports import Diagnostic, FormulaResult, Report
from ._texts import Reports, check_file, check_text, derive, verify

__all__ = [
    "Declared",
    "Diagnostic",
    "Formula",
    "FormulaResult",
    "Report",
    "Reports",
    "check_file",
    "check_text",
    "derive",
    "read",
    "verify",
]
