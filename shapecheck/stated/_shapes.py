"""Read a shape as authors state it: `shape(r"n^{[1]} \\\\times m")`; None if it cannot be read."""

from __future__ import annotations

import re

from ..documents import Text
from ..notations._characters import SUPERSCRIPTS, lowered
from ..notations._dims import parse_shape
from ..shapes.dims import Dim
from ..syntax.nodes import Trouble
from ..text import Span, regex

LONGEST = 80
"""The longest text that is read as a shape, in characters."""
NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
"""A name in code."""
RAISED = rf"[{SUPERSCRIPTS}×]+"
"""A shape above a set: `ⁿˣᵈ`."""
_FONTS = regex(r"\\(?:text|math|operatorname)[a-z]*\s*\{([^{}]*)\}")
_QUOTIENT = regex(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_BAR = r"(?:\||\\[lr]?vert\b)"
_SIZE = regex(rf"{_BAR}\s*(\w+)\s*{_BAR}")
_BLANKS = regex(r"\\(?:[,;:! ]|q?quad\b|left\b|right\b|big[lr]?\b)|~")
_WORDS = regex(r"\b[A-Za-z]{2,}(?: [A-Za-z]+){1,5}\b(?=\s*[,)\]])")
_ARTICLES = regex(r"\b(?:the|a|an|our|this)\b ")
_INDEX = r"(?:_\{[^{}]*\}|\^\{?[\[(][^\])]*[\])]\}?|\[[^\]]*\])*"
_COUNT = rf"(?:\\text\s*\{{\w+\}}|[1-9][0-9]*|[nmdkhpqrtslvNMDKHCTLBVP]\w*){_INDEX}"
_TERM = rf"{_COUNT}(?:\s*[-+]\s*{_COUNT})*"
_CROSS = r"(?:\s*(?:\\times|×|\bx\b|\bby\b|-by-|\*)\s*)"
_ROW = rf"\\?[(（]?\s*{_TERM}(?:\s*[,，]\s*{_TERM})+\s*\\?[)）]?"
_SIZES = regex(rf"{_ROW}|\(\s*{_TERM}\s*,\s*\)|\(?{_TERM}(?:{_CROSS}{_TERM})+\)?")
"""Numbers, and words that begin with a letter that counts (n, m, d, k and the like), with indices."""


def shape(text: str) -> tuple[Dim, ...] | None:
    """The dimensions of a shape, written plainly or in LaTeX; a lone dimension is a column's."""
    return _read(text, 2)


def is_lone(text: str) -> bool:
    """Whether a shape is a single dimension: a vector that may be a column or a row. `(n,)` is neither."""
    dims, lone = shape(text), _read(text, 1)
    return dims is not None and lone is not None and (len(dims), len(lone)) == (2, 1)


def _read(text: str, lone_rank: int) -> tuple[Dim, ...] | None:
    if not text.strip() or len(text) > LONGEST or "..." in text or "\\dots" in text:
        return None
    plain = _plain(text) if "\\" in text or "|" in text else text
    found = parse_shape(plain.replace("$", ""), 0, lone_rank)
    return None if isinstance(found, Trouble) else found


def _plain(text: str) -> str:
    """A shape without LaTeX's fonts, blanks and fractions, and without the bars of a set's size: `|V|` is V."""
    plain = _QUOTIENT.sub(r"(\1)/(\2)", _FONTS.sub(r"\1", text))
    plain = _SIZE.sub(r"\1", _BLANKS.sub(" ", plain))
    return plain.replace("\\times", "×").replace("\\cdot", "·").strip()


def worded(dims: str) -> str:
    """A shape whose dimensions may be in words, `(1, number of examples)`: a name for each."""
    return _WORDS.sub(lambda found: "_".join(_ARTICLES.sub("", found[0]).split()), dims)


def is_sizes(text: str) -> bool:
    """Whether a text is a tuple or a cross of numbers and of letters that count things."""
    return _SIZES.fullmatch(text.strip()) is not None


def raised(text: str) -> str:
    """A shape in superscripts as ordinary letters: `ⁿˣᵈ` is `n × d`."""
    between = re.sub(r"(?<=.)ˣ(?=.)", " × ", text)
    return lowered(between)


def span(text: Text, start: int, end: int) -> Span:
    """The span of the host for a span of an excerpt."""
    return Span(text.excerpt.host(start), text.excerpt.host(max(start, end - 1)) + 1)
