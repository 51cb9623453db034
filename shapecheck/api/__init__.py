"""What other programs call: read one formula as a value, check texts and files, derive and verify."""

from __future__ import annotations

from ._arguments import Declared
from ._formula import Formula, read
from ._gradients import derive, verify
from ._reports import Diagnostic, FormulaResult, Report
from ._texts import Reports, check_file, check_text

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
