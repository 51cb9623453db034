"""Read a shape as authors state it: `shape(r"n^{[1]} \\\\times m")`; None where it is none that can be read."""

from __future__ import annotations

import re
from functools import cache

from ..documents import Text
from ..notations._dims import parse_shape
from ..shapes.dims import Dim
from ..syntax.nodes import Trouble
from ..text import Span

LONGEST = 80
"""How long the text of a shape may be."""
NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
"""A name in code."""


def shape(text: str) -> tuple[Dim, ...] | None:
    """The dimensions of a shape, written plainly or in LaTeX; a lone dimension is a column's."""
    if not text.strip() or len(text) > LONGEST or "..." in text or "\\dots" in text:
        return None
    plain = _fonts().sub(r"\1", text) if "\\" in text else text
    plain = _blanks().sub(" ", plain).replace("\\times", "×").replace("\\cdot", "·").strip()
    found = parse_shape(plain.replace("$", ""))
    return None if isinstance(found, Trouble) else found


def span(text: Text, start: int, end: int) -> Span:
    """The span of the host for a span of an excerpt."""
    return Span(text.excerpt.host(start), text.excerpt.host(max(start, end - 1)) + 1)


@cache
def _fonts() -> re.Pattern[str]:
    return re.compile(r"\\(?:text|math|operatorname)[a-z]*\s*\{([^{}]*)\}")


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(r"\\(?:[,;:! ]|q?quad\b|left\b|right\b|big[lr]?\b)|~")
