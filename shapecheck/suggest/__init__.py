"""Find fixes: small rewrites of a wrong statement, offered only if the corrected text fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..diagnostic import Diagnostic
    from ..rules import Finding
    from ._fixes import FaultyStatement

__all__ = ["mended", "suggest"]


def suggest(case: FaultyStatement, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """The findings of one statement; the first error gets the fixes, which correct the whole statement."""
    from ._fixes import with_fixes

    return with_fixes(case, diagnostics) if diagnostics else diagnostics


def mended(case: FaultyStatement, found: Iterable[Finding]) -> list[Diagnostic]:
    """What is found in a statement that fits, with the fixes: what cannot be written otherwise is not found."""
    said: list[Diagnostic] = []
    for each in found:
        if each.mended is None:
            said.append(each.diagnostic)
        else:
            from ._fixes import with_mended

            said.extend(with_mended(case, each.diagnostic, each.mended, each.title))
    return said
