"""Read the comments that ask for something."""

from __future__ import annotations

import re
from typing import Literal

from ..text import Span, regex
from ._mistaken import HINTS, mistaken
from ._pragma import Pragma

_CODE = re.compile(r"SC\d+")
_PATTERN = regex(
    r"(?:^|[#%])\s*(?P<pragma>(?:shapecheck:\s*)?expect:\s*(?P<expected>SC\d+(?:\s*,\s*SC\d+)*)"
    r"|shapecheck:\s*ignore\b(?:\[(?P<ignored>[^\]]*)\])?)"
)
_GOES_ON = regex(r"[\s:=(,-]*SC\d", re.IGNORECASE)
"""More codes behind a pragma, which it does not name: `ignore SC204`."""


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
