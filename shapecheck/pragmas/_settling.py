"""What pragmas do to the findings of a line, and what is amiss with the pragmas themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from ..diagnostic import Diagnostic
from ..syntax.nodes import Trouble
from ._reading import Pragma

UNUSED_IGNORE = "SC002"
UNMET_EXPECTATION = "SC003"
BAD_PRAGMA = "SC113"
Settled: TypeAlias = tuple[list[Diagnostic], list[Trouble]]


def settle(found: Iterable[Diagnostic], pragma: Pragma | None, computed: Callable[[str], bool]) -> Settled:
    """The findings of a line that are left after its pragma, and what is amiss with the pragma itself.

    `computed` says whether this run looks for a code at all; what it does not look for is neither missed nor unused.
    """
    if pragma is None:
        return list(found), []
    if pragma.kind == "mistaken":
        return list(found), [Trouble(BAD_PRAGMA, pragma.span, {"pragma": pragma})]
    if pragma.kind == "expect":
        return _expected(list(found), pragma, computed)
    return _ignored(list(found), pragma, computed)


def _expected(found: list[Diagnostic], pragma: Pragma, computed: Callable[[str], bool]) -> Settled:
    wanted = {code for code in pragma.codes if computed(code)}
    if not wanted:
        return found, []
    there = {each.code for each in found if each.severity != "info" or each.code in wanted}
    unmet = Trouble(UNMET_EXPECTATION, pragma.span, {"wanted": sorted(wanted), "there": sorted(there)})
    return [each for each in found if each.code not in wanted], [unmet] if wanted != there else []


def _ignored(found: list[Diagnostic], pragma: Pragma, computed: Callable[[str], bool]) -> Settled:
    there = {each.code for each in found}
    unused = [code for code in pragma.codes if code not in there and computed(code)]
    left = [each for each in found if each.code not in pragma.codes] if pragma.codes else []
    is_unused = bool(unused) if pragma.codes else not found
    trouble = Trouble(UNUSED_IGNORE, pragma.span, {"pragma": pragma, "unused": unused})
    return left, [trouble] if is_unused else []
