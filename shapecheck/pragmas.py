"""What a comment asks for: `expect: SC201`, `shapecheck: ignore[SC204]` and what they do to findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from .diagnostic import Diagnostic
from .text import Span

UNUSED_IGNORE = "SC002"
UNMET_EXPECTATION = "SC003"


class Pragma(NamedTuple):
    """What is asked for, the codes it names (none: all), and where it stands."""

    kind: Literal["expect", "ignore"]
    codes: tuple[str, ...]
    span: Span


def find(comment: str, start: int) -> Pragma | None:
    """The first pragma in the text of a comment that stands at `start` in its host file."""
    if "expect" not in comment and "ignore" not in comment:
        return None
    found = _pattern().search(comment)
    if found is None:
        return None
    kind: Literal["expect", "ignore"] = "expect" if found["expected"] is not None else "ignore"
    codes = found["expected"] or found["ignored"] or ""
    return Pragma(
        kind,
        tuple(filter(None, re.split(r"[\s,]+", codes))),
        Span(start + found.start("pragma"), start + found.end("pragma")),
    )


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[#%])\s*(?P<pragma>(?:shapecheck:\s*)?expect:\s*(?P<expected>SC\d+(?:\s*,\s*SC\d+)*)"
        r"|shapecheck:\s*ignore\b(?:\[(?P<ignored>[^\]]*)\])?)"
    )


def settle(
    found: Iterable[Diagnostic], pragma: Pragma | None, computed: Callable[[str], bool] = lambda code: True
) -> list[Diagnostic]:
    """The findings of a line that are left after its pragma, and what there is to say of the pragma itself.

    `computed` says whether this run looks for a code at all; what it does not look for is neither missed nor unused.
    """
    if pragma is None:
        return list(found)
    return list((_expected if pragma.kind == "expect" else _ignored)(list(found), pragma, computed))


def _expected(found: list[Diagnostic], pragma: Pragma, computed: Callable[[str], bool]) -> Iterator[Diagnostic]:
    wanted = {code for code in pragma.codes if computed(code)}
    if not wanted:
        yield from found
        return
    there = {each.code for each in found if each.severity != "info" or each.code in wanted}
    yield from (each for each in found if each.code not in wanted)
    if wanted != there:
        yield unmet_expectation(pragma, sorted(wanted), sorted(there))


def _ignored(found: list[Diagnostic], pragma: Pragma, computed: Callable[[str], bool]) -> Iterator[Diagnostic]:
    if not pragma.codes:
        if not found:
            yield unused_ignore(pragma, [])
        return
    yield from (each for each in found if each.code not in pragma.codes)
    there = {each.code for each in found}
    unused = [code for code in pragma.codes if code not in there and computed(code)]
    if unused:
        yield unused_ignore(pragma, unused)


def unmet_expectation(pragma: Pragma, wanted: list[str], there: list[str]) -> Diagnostic:
    """SC003: the codes that a line was expected to have and those that it has."""
    message = f"expected {_listed(wanted)} here, found {_listed(there)}"
    return Diagnostic(UNMET_EXPECTATION, "unmet-expectation", "error", message, pragma.span)


def unused_ignore(pragma: Pragma, codes: list[str]) -> Diagnostic:
    """SC002: a pragma, or codes in it, that silence nothing."""
    silenced = f"no {' or '.join(codes)}" if codes else "no finding"
    message = f"nothing to ignore: there is {silenced} here"
    return Diagnostic(UNUSED_IGNORE, "unused-ignore", "warning", message, pragma.span)


def _listed(codes: list[str]) -> str:
    return ", ".join(codes) or "nothing"
