"""The codes that `--select` and `--ignore` name, and their beginnings; what is no code is refused."""

from __future__ import annotations

from collections.abc import Iterable

from ._errors import UsageError

GRADIENTS = "SC3"
"""The codes of gradients: a check of shapes finds none of them."""


def read_codes(where: str, given: Iterable[str] | None) -> tuple[str, ...]:
    """The codes in the values of an option, between commas; UsageError where a finding can have no such code."""
    found = tuple(code.strip().upper() for text in given or () for code in text.split(",") if code.strip())
    for code in found:
        _check(where, code)
    return found


def _check(where: str, code: str) -> None:
    from ..rules import rules

    known = rules.codes
    is_code = code.startswith("SC") and (code[2:].isdecimal() or code == "SC")
    if not is_code or not (code.startswith(GRADIENTS) or any(each.startswith(code) for each in known)):
        raise UsageError(f"{where}: {code!r} is not a code or the start of one; choose from {', '.join(known)}")
