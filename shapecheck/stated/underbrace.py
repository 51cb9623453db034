"""Underbraces: `\\\\underbrace{dZ^{[1]}}_{(n^{[1]}, m)}` states the shape of what stands above the brace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._shapes import shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The names with a shape below them; below a sum or a product it is none of a name."""
    for found in _brace().finditer(text.excerpt.text):
        below = found["below"].strip()
        if not (below.startswith("(") or "\\times" in below or "×" in below):
            continue
        dims = shape(below)
        if dims is not None:
            yield Stated(found["name"].strip(), "latex", dims, span(text, *found.span()), text.scope, text.cell)


@cache
def _brace() -> re.Pattern[str]:
    inner = r"(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\}){0,60}\})"
    scripts = rf"(?:\s*[\^_]\s*(?:\{{{inner}{{1,40}}\}}|\w)|')*"
    name = rf"(?P<name>\s*(?:\\math[a-z]+\s*\{{\w+\}}|\\?[^\W\d]\w*|\\\w+\s*\{{\w+\}}){scripts}\s*)"
    return re.compile(rf"\\underbrace\s*\{{{name}\}}\s*_\s*\{{(?P<below>{inner}{{1,80}})\}}")


idiom = Idiom("underbrace", frozenset(("prose", "display")), ("\\underbrace",), find)
