"""Assertions: `assert dW.shape == W.shape`, `assert(dZ.shape == (n_h, m))`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._functions import enclosing
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The shapes that are asserted; each holds in its function."""
    whole = text.excerpt.text
    all_found = list(_assertion().finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        dims = shape(found["dims"]) if found["dims"] else ()
        if dims is None:
            continue
        within = span(text, function.start, function.end) if function else None
        place = span(text, found.start("name"), found.end())
        yield Stated(found["name"], "python", dims, place, text.scope, text.cell, within, found["like"] or "")


@cache
def _assertion() -> re.Pattern[str]:
    known = NAME.replace(r"\.", r"\.(?!shape\b)")
    name = rf"{known}(?:\[[\w\"'+-]{{1,20}}\])?"
    right = rf"(?:(?P<dims>\([^()\n]{{0,60}}\))|(?P<like>{name})\.shape\b(?![\[.]))"
    left = rf"^[ \t]*+assert\b[ \t]*\(?[ \t]*(?P<name>{name})\.shape"
    return re.compile(rf"{left}[ \t]*==[ \t]*{right}", re.MULTILINE)


idiom = Idiom("assertions", frozenset(("program",)), ("assert",), find)
