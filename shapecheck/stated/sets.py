"""Sets: `X \\\\in \\\\mathbb{R}^{n \\\\times d}`, `W, U ∈ ℝ^{n×d}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._shapes import shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The names that are said to be in a set of real matrices."""
    for found in _member().finditer(text.excerpt.text):
        dims = shape(found["dims"] or found["braced"])
        if dims is None:
            continue
        names, start = found["names"], found.start("names")
        for name in _name().finditer(names):
            place = span(text, start + name.start(), found.end())
            notation = "latex" if "\\" in found[0] or "{" in name[0] else "plain"
            yield Stated(name[0].strip(), notation, dims, place, text.scope, text.cell)


_NAME = r"\\?[^\W\d]\w*(?:\{[^{}$]*\}|\\[A-Za-z]+|\^\{[^{}$]*\}|_\{[^{}$]*\}|\^\w|_\w|'|\[[^\[\]$]*\])*"


@cache
def _name() -> re.Pattern[str]:
    return re.compile(_NAME)


@cache
def _member() -> re.Pattern[str]:
    font = r"\\(?:math(?:bb|bf|cal|rm|sf)|Bbb)\s*\{?\s*R\s*\}?"
    reals = rf"(?:{font}|\\(?:R|Reals|reals|RR)(?![A-Za-z])|ℝ|(?<=∈)\s*R)"
    inner = r"(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\})*\})"
    above = rf"\s*\^\s*(?:\{{(?P<braced>{inner}{{1,80}})\}}|(?P<dims>\([^()$\n]{{1,60}}\)|\w+))"
    names = rf"(?P<names>(?<![\w\\}}]){_NAME}(?:\s*,\s*{_NAME}){{0,9}})"
    return re.compile(rf"{names}\s*(?:\\in(?![A-Za-z])|∈)\s*{reals}{above}")


idiom = Idiom("sets", frozenset(("prose", "latex", "python")), ("\\in", "∈"), find)
