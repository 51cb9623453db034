"""Comments that look like pragmas and are none: `expect SC201`, `shapecheck: disable`, `ignore[sc201]`, `noqa`."""

from __future__ import annotations

import re

from ..text import Span, regex
from ._pragma import Pragma

_VERBS = {
    **dict.fromkeys("expect expects expected xfail".split(), "expect"),
    **dict.fromkeys("ignore ignores ignored disable disabled noqa nolint skip silence suppress off".split(), "ignore"),
}
"""The words by which this and other programs are asked, and what they come to."""
HINTS = ("expect", "ignor", "disable", "noqa", "nolint", "shapecheck", "SC", "sc")
"""A comment without any of these asks for nothing."""
_ALONE = frozenset(("ignore", "disable", "noqa", "nolint"))
"""What is no word of a remark where it stands alone."""
_LIKE = 0.75
"""How alike a word is, between 0 and 1, to one that is meant: `ignroe`."""
_ASKING = regex(
    r"(?:^|[#%])\s*(?P<asked>(?P<prefix>shapecheck\b\s*[:=]?\s*)?(?P<verb>[A-Za-z]+)(?P<rest>[^#%\r\n]*))",
    re.IGNORECASE,
)
_CODE = regex(r"(?:SC)?\d{3}", re.IGNORECASE)
_OURS = regex(r"\bSC\d(?!00)\d\d\b", re.IGNORECASE)
"""A code as ours are: flake8's spelling checks are SC100 and SC200, those of shells have four digits."""
_NUMBER = r"(?:SC)?\d{3}\b"
_CODES = rf"{_NUMBER}(?:[\s,]+{_NUMBER})*"
_LISTED = regex(rf"\s*[-:=]?\s*(?:{_CODES}|\[[^\]]*\]|\(\s*{_CODES}\s*\))", re.IGNORECASE)
"""What is listed behind a word, in any spelling: ` SC201`, `[sc201, SC203]`, `=201`, `[inner-dimensions]`."""


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
    """The codes that are meant, None where what is listed are none."""
    items = re.split(r"[\s,]+", listed.strip("[]() :=-\t"))
    return [f"SC{item[-3:]}" for item in items] if all(_CODE.fullmatch(item) for item in items) else None


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
