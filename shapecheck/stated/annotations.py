"""Annotations of jaxtyping: `x: Float[Array, "n m"]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._functions import enclosing
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The shapes of annotated names, each in its function; axes without a name or a number say nothing."""
    whole = text.excerpt.text
    all_found = list(_annotation().finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        axes = found["axes"].split()
        dims = shape("(" + ", ".join(axes) + ",)") if axes else ()
        if dims is None or any(not _axis().fullmatch(axis) for axis in axes):
            continue
        within = span(text, function.start, function.end) if function else None
        yield Stated(found["name"], "python", dims, span(text, *found.span()), text.scope, text.cell, within)


@cache
def _annotation() -> re.Pattern[str]:
    kind = r"(?:[\w.]+\.)?(?:Float|BFloat|Int|UInt|Bool|Complex|Num|Real|Inexact|Shaped|Integer)\d*"
    axes = r"\[[ \t]*[\w.| ]+,[ \t]*(['\"])(?P<axes>[^'\"\n]*)\2[ \t]*\]"
    return re.compile(rf"(?<![\w.])(?P<name>{NAME})[ \t]*:[ \t]*{kind}{axes}")


@cache
def _axis() -> re.Pattern[str]:
    return re.compile(r"(?!_+\Z)\w+(?:[-+*]\w+)*|\([\w+*-]+\)")


idiom = Idiom("annotations", frozenset(("python",)), ("[",), find)
