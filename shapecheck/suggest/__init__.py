"""Find fixes: small rewrites of a wrong statement, offered only if the corrected text fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..diagnostic import Diagnostic
    from ._fixes import Case

__all__ = ["suggest"]


def suggest(case: Case, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The findings of one statement; the first error gets the fixes, which correct the whole statement."""
    from ._fixes import with_fixes

    return with_fixes(case, diagnostics) if diagnostics else diagnostics
