"""Read the comments that ask for something, and those that are meant to: `expect SC201`, `ignore[sc201]`, `noqa`."""

from __future__ import annotations

import re
from typing import Literal

from ..text import Span, regex
from ..values import NamedTuple

_CODE = re.compile(r"SC\d+")
_PATTERN = regex(
    r"(?:^|[#%])\s*(?P<pragma>(?:shapecheck:\s*)?expect:\s*(?P<expected>SC\d+(?:\s*,\s*SC\d+)*)"
    r"|shapecheck:\s*ignore\b(?:\[(?P<ignored>[^\]]*)\])?)"
)
_GOES_ON = regex(r"[\s:=(,-]*SC\d", re.IGNORECASE)
"""More codes after a pragma, which it does not name: `ignore SC204`."""
_VERBS = {
    **dict.fromkeys("expect expects expected xfail".split(), "expect"),
    **dict.fromkeys("ignore ignores ignored disable disabled noqa nolint skip silence suppress off".split(), "ignore"),
}
"""The words by which this and other programs are asked, and what they come to."""
HINTS = ("expect", "ignor", "disable", "noqa", "nolint", "shapecheck", "SC", "sc")
"""A comment without any of these asks for nothing."""
_ALONE = frozenset(("ignore", "disable", "noqa", "nolint"))
"""What is not a word of a remark where it stands alone."""
_LIKE = 0.75
"""How alike a word is, between 0 and 1, to one that is meant: `ignroe`."""
_ASKING = regex(
    r"(?:^|[#%])\s*(?P<asked>(?P<prefix>shapecheck\b\s*[:=]?\s*)?(?P<verb>[A-Za-z]+)(?P<rest>[^#%\r\n]*))",
    re.IGNORECASE,
)
_LIKE_A_CODE = regex(r"(?:SC)?\d{3}", re.IGNORECASE)
_OURS = regex(r"\bSC\d(?!00)\d\d\b", re.IGNORECASE)
"""A code as ours are: flake8's spelling checks are SC100 and SC200, those of shells have four digits."""
_NUMBER = r"(?:SC)?\d{3}\b"
_CODES = rf"{_NUMBER}(?:[\s,]+{_NUMBER})*"
_LISTED = regex(rf"\s*[-:=]?\s*(?:{_CODES}|\[[^\]]*\]|\(\s*{_CODES}\s*\))", re.IGNORECASE)
"""What is listed after a word, in any spelling: ` SC201`, `[sc201, SC203]`, `=201`, `[inner-dimensions]`."""


class Pragma(NamedTuple):
    """What is asked for, the codes it names (none: all), and where it stands.

    One that is `mistaken` asks for nothing, since it is not written so; `meant` is what to write, "" where that is not
    clear.
    """

    kind: Literal["expect", "ignore", "mistaken"]
    codes: tuple[str, ...]
    span: Span
    meant: str = ""


def find(comment: str, start: int, *, ours: bool = False) -> Pragma | None:
    """The first pragma in the text of a comment that stands at `start` in its host file.

    One that is not written as it must be is `mistaken`; in a file that is `ours`, for shapecheck alone, another
    program's `noqa` is one too.
    """
    if not any([hint in comment for hint in HINTS]):
        return None
    found = _PATTERN.search(comment)
    if found is None or _GOES_ON.match(comment, found.end()):
        return mistaken(comment, start, ours=ours)
    kind: Literal["expect", "ignore"] = "expect" if found["expected"] is not None else "ignore"
    codes = tuple(filter(None, re.split(r"[\s,]+", found["expected"] or found["ignored"] or "")))
    if not all(map(_CODE.fullmatch, codes)):
        return mistaken(comment, start, ours=ours)
    return Pragma(kind, codes, Span(start + found.start("pragma"), start + found.end("pragma")))


def mistaken(comment: str, start: int, *, ours: bool = False, prefix: bool = False) -> Pragma | None:
    """The first pragma that is meant and is none; where the host wants it, what is meant has the `prefix`."""
    for found in _ASKING.finditer(comment):
        verb, rest, is_named = found["verb"].lower(), found["rest"], bool(found["prefix"])
        listed = _LISTED.match(rest)
        names_ours = listed is not None and _OURS.search(listed[0]) is not None
        kind = _kind(verb, doubtful=is_named or names_ours)
        is_alone = ours and verb in _ALONE and not rest.strip(" :.")
        if kind and (is_named or names_ours or is_alone):
            end = found.start("rest") + (listed.end() if listed else 0)
            codes = _codes(listed[0]) if listed else []
            meant = "" if codes is None else _meant(kind, codes, prefix or is_named)
            return Pragma("mistaken", (), Span(start + found.start("asked"), start + end), meant)
    return None


def _codes(listed: str) -> list[str] | None:
    """The codes that are meant, None if what is listed are none."""
    items = re.split(r"[\s,]+", listed.strip("[]() :=-\t"))
    return [f"SC{item[-3:]}" for item in items] if all(_LIKE_A_CODE.fullmatch(item) for item in items) else None


def _kind(verb: str, doubtful: bool) -> str | None:
    if verb in _VERBS or not doubtful:
        return _VERBS.get(verb)
    from difflib import get_close_matches

    near = get_close_matches(verb, ("expect", "ignore", "disable"), 1, _LIKE)
    return _VERBS[near[0]] if near else None


def _meant(kind: str, codes: list[str], prefix: bool) -> str:
    listed = ", ".join(codes)
    if kind == "ignore":
        return f"shapecheck: ignore[{listed}]" if codes else "shapecheck: ignore"
    return ("shapecheck: " if prefix else "") + f"expect: {listed}" if codes else ""
