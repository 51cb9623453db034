"""Underbraces: `\\\\underbrace{dZ^{[1]}}_{(n^{[1]}, m)}` states the shape of the name above the brace."""

from __future__ import annotations

from collections.abc import Iterator

from ..documents import Text
from ..text import regex
from ._shapes import shape, span
from ._stated import Idiom, Stated

_INNER = r"(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\}){0,60}\})"
_SCRIPTS = rf"(?:\s*[\^_]\s*(?:\{{{_INNER}{{1,40}}\}}|\w)|')*"
_NAME = rf"(?P<name>\s*(?:\\math[a-z]+\s*\{{\w+\}}|\\?[^\W\d]\w*|\\\w+\s*\{{\w+\}}){_SCRIPTS}\s*)"
_BRACE = regex(rf"\\underbrace\s*\{{{_NAME}\}}\s*_\s*\{{(?P<below>{_INNER}{{1,80}})\}}")


def find(text: Text) -> Iterator[Stated]:
    """The names with a shape below their brace; a shape below a sum or a product belongs to no name."""
    for found in _BRACE.finditer(text.excerpt.text):
        below = found["below"].strip()
        if not (below.startswith("(") or "\\times" in below or "×" in below):
            continue
        dims = shape(below)
        if dims is not None:
            yield Stated(found["name"].strip(), "latex", dims, span(text, *found.span()), text.scope, text.cell)


idiom = Idiom("underbrace", frozenset(("prose", "display")), ("\\underbrace",), find)
