"""Assertions: `assert dW.shape == W.shape`, `assert(dZ.shape == (n_h, m))`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents import Text
from ..text import regex
from ._functions import enclosing
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated

_KNOWN = NAME.replace(r"\.", r"\.(?!shape\b)")
_NAME = rf"{_KNOWN}(?:\[[\w\"'+-]{{1,20}}\])?"
_RIGHT = rf"(?:(?P<dims>\([^()\n]{{0,60}}\))|(?P<like>{_NAME})\.shape\b(?![\[.]))"
_LEFT = rf"^[ \t]*+assert\b[ \t]*\(?[ \t]*(?P<name>{_NAME})\.shape"
_ASSERTION = regex(rf"{_LEFT}[ \t]*==[ \t]*{_RIGHT}", re.MULTILINE)


def find(text: Text) -> Iterator[Stated]:
    """The shapes that are asserted; each holds in its function."""
    whole = text.excerpt.text
    all_found = list(_ASSERTION.finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        dims = shape(found["dims"]) if found["dims"] else ()
        if dims is None:
            continue
        within = span(text, function.start, function.end) if function else None
        place = span(text, found.start("name"), found.end())
        yield Stated(found["name"], "python", dims, place, text.scope, text.cell, within, found["like"] or "")


idiom = Idiom("assertions", frozenset(("program",)), ("assert",), find)
