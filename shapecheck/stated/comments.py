"""Trailing comments: `scores = X @ W  # (N, C)` states the shape of the name that is assigned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._functions import enclosing
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The shapes in comments behind assignments of a single name; each holds in its function."""
    whole = text.excerpt.text
    all_found = list(_line().finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        dims = shape(found["dims"])
        if dims is None:
            continue
        within = span(text, function.start, function.end) if function else None
        place = span(text, found.start("dims"), found.end("dims"))
        yield Stated(found["name"], "python", dims, place, text.scope, text.cell, within)


@cache
def _line() -> re.Pattern[str]:
    name = rf"(?P<name>{NAME}(?:\[[\w\"'+-]{{1,20}}\])?)"
    dim = r"[ \t]*[\w*+/. -]{1,30}?[ \t]*"
    dims = rf"(?P<dims>\({dim}(?:,{dim})*,?\)|\[{dim}(?:,{dim})+\]|\w+(?:[ \t]+x[ \t]+\w+)+|\w+(?:[ \t]*×[ \t]*\w+)+)"
    lead = r"(?:->[ \t]*|=>[ \t]*)?(?:(?:of[ \t]+)?(?:shape|size|dims?)[ \t]*[:=]?[ \t]*(?:is[ \t]+)?)?"
    code = r"[^#'\"\r\n]*"
    statement = rf"^[ \t]*+{name}[ \t]*[-+*/]?=(?!=){code}"
    return re.compile(rf"{statement}#[ \t]*{lead}{dims}[ \t]*(?=[\r\n.,;:]|\Z)", re.MULTILINE)


idiom = Idiom("comments", frozenset(("python",)), ("#",), find)
