"""Sets: `X \\\\in \\\\mathbb{R}^{n \\\\times d}`, `W, U ∈ ℝ^{n×d}`, `x ∈ ℝⁿ`; elements of ℝ are scalars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ..shapes.dims import Dim
from ._names import names_before
from ._shapes import RAISED, is_lone, raised, shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The names that are said to be elements of a set of real matrices."""
    whole = text.excerpt.text
    for found in _member().finditer(whole):
        told = _dims(found)
        dims: tuple[Dim, ...] | None = () if told is None else shape(told)
        if dims is None:
            continue
        lone = told is not None and is_lone(told)
        for name in names_before(whole, found.start()):
            notation = "latex" if "\\" in found[0] else name.notation
            place = span(text, name.start, found.end())
            yield Stated(name.text, notation, dims, place, text.scope, text.cell, lone=lone)


def _dims(found: re.Match[str]) -> str | None:
    """The shape in the exponent of a set, None without one."""
    if found["raised"]:
        return raised(found["raised"])
    return found["braced"] or found["dims"]


@cache
def _member() -> re.Pattern[str]:
    font = r"\\(?:math(?:bb|bf|cal|rm|sf)|Bbb)\s*\{?\s*R\s*\}?"
    below = r"(?:\s*_\s*(?:\{[^{}$]*\}|[+*]))?"
    reals = rf"(?:(?:{font}|\\(?:R|Reals|reals|RR)(?![A-Za-z])|ℝ|(?<=∈)\s*R(?!\w)){below})"
    other = r"(?:\\\{\s*[-+]?[01]\s*,\s*[-+]?1\s*\\\}|\[\s*0\s*,\s*1\s*\]|\(\s*0\s*,\s*1\s*\))"
    inner = r"(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\})*\})"
    braced = rf"\s*\^\s*\{{(?P<braced>{inner}{{1,80}})\}}"
    bare = rf"\s*\^\s*(?P<dims>\([^()$\n]{{1,60}}\)|\w+)|(?P<raised>{RAISED})"
    alone = r"(?!\s*(?:[_^×/{}]|\\(?:times|cup|setminus|to|rightarrow)))"
    return re.compile(
        rf"(?:\\in(?![A-Za-z])|∈)\s*(?:(?:{reals}|{other}(?=\s*\^))(?:{braced}|{bare})"
        rf"(?!\s*\\times\s*(?:{font}|\\R))|{reals}{alone})"
    )


idiom = Idiom("sets", frozenset(("prose", "display", "program")), ("\\in", "∈"), find)
