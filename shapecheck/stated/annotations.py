"""Annotations: `x: Float[Array, "n m"]`, `x: NDArray[Shape["n, m"], Float]`, `x: Annotated[Tensor, "n m"]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..documents import Text
from ..text import regex
from ._functions import enclosing
from ._shapes import NAME, is_sizes, shape, span
from ._stated import Idiom, Stated

_AXIS = regex(r"(?!_+\Z)\w+(?:[-+*]\w+)*|\([\w+*-]+\)")
_KIND = r"(?:[\w.]+\.)?(?:Float|BFloat|Int|UInt|Bool|Complex|Num|Real|Inexact|Shaped|Integer)\d*"
_TEXT = r"(?:'[^'\n]*'|\"[^\"\n]*\")"
_ROW = rf"{_TEXT}(?:[ \t]*,[ \t]*{_TEXT})*"
_AXES = rf"{_KIND}\[[ \t]*[\w.| ]+,[ \t]*(?P<axes>{_TEXT})[ \t]*\]"
_SHAPED = rf"(?:(?:[\w.]+\[[^\n\[\]]{{0,40}})?\bShape|(?:[\w.]+\.)?TensorType)\[(?P<row>{_ROW})"
_REMARK = rf"(?:[\w.]+\.)?Annotated\[[\w. \[\],]{{1,40}},[ \t]*(?:\w+\[)?(?P<remark>\(?{_ROW}\)?|\([\w, ]{{1,40}}\))"
_ANNOTATION = regex(rf"(?<![\w.])(?P<name>{NAME})[ \t]*:[ \t]*(?:{_AXES}|{_SHAPED}|{_REMARK})")


def find(text: Text) -> Iterator[Stated]:
    """The shapes of annotated names, each in its function; axes without a name or a number are ignored."""
    whole = text.excerpt.text
    all_found = list(_ANNOTATION.finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        axes = _axes(found)
        dims = shape("(" + ", ".join(axes) + ",)") if axes else ()
        if axes is None or dims is None or any(not _AXIS.fullmatch(axis) for axis in axes):
            continue
        within = span(text, function.start, function.end) if function else None
        yield Stated(found["name"], "python", dims, span(text, *found.span()), text.scope, text.cell, within)


def _axes(found: re.Match[str]) -> list[str] | None:
    """The axes of an annotation, None if its text may be a remark: `Annotated[Tensor, "the input"]`."""
    if found["remark"] is None:
        return re.sub(r"[,'\"]", " ", found["axes"] or found["row"] or "").split()
    axes = re.sub(r"[,'\"()]", " ", found["remark"]).split()
    return axes if is_sizes(", ".join(axes) if len(axes) > 1 else f"({''.join(axes)},)") else None


idiom = Idiom("annotations", frozenset(("program",)), ("[",), find)
