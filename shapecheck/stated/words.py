"""Words: "`W` is $(n_1, n_0)$", "an $n \\\\times m$ matrix $A$", "$X$ has shape (n, m)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ._shapes import shape, span
from ._stated import Idiom, Stated

_NAME = r"(?:`(?P<code>[^\W\d][\w.\[\]^{}]{0,30})`|\$(?P<latex>[^$\n]{1,60})\$)"
_SHAPE = r"(?:\$(?P<mathematics>[^$\n]{1,80})\$|`(?P<tuple>\([^`\n]{1,60}\))`|(?P<bare>\([\w ,+*-]{1,60}\)))"
_KIND = r"(?:matrix|matrices|vector|tensor|array)"


def find(text: Text) -> Iterator[Stated]:
    """The shapes that sentences give to names."""
    seen = set()
    for pattern in _sentences():
        for found in pattern.finditer(text.excerpt.text):
            name = found["code"] or found["latex"]
            told = found["mathematics"] or found["tuple"] or found["bare"]
            if found.end() in seen or not _is_shape(told) or not _is_name(name, bool(found["code"])):
                continue
            dims = shape(told)
            if dims is not None:
                seen.add(found.end())
                notation = "plain" if found["code"] else "latex"
                yield Stated(name.strip(), notation, dims, span(text, *found.span()), text.scope, text.cell)


def _is_shape(text: str) -> bool:
    """Whether a text is a tuple or a cross of numbers and of letters that count things."""
    return _dims().fullmatch(text.strip()) is not None


def _is_name(text: str, code: bool) -> bool:
    return code or _symbol().fullmatch(text.strip()) is not None


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    of = r"\s+(?:(?:is|are|has|have|with|of|its|a|an|the)\s+){1,4}"
    noun = r"(?:shape|size|dimensions?|dimensionality)"
    return (
        re.compile(rf"{_NAME}(?:\s+{_KIND})?{of}{noun}(?:\s+(?:of|is|are))?\s*:?\s*{_SHAPE}"),
        re.compile(rf"\b{noun}\s+of\s+(?:the\s+)?(?:{_KIND}\s+)?{_NAME}\s+(?:is|are)\s+{_SHAPE}"),
        re.compile(rf"{_NAME}\s+is\s+(?:an?\s+)?{_SHAPE}(?=\s*(?:{_KIND}\b|[.,;)]|$|and\b|so\b|while\b|\n))"),
        re.compile(rf"\b(?:[Aa]n?|[Tt]he)\s+{_SHAPE}(?:\s+[a-z]+){{0,2}}\s+{_KIND}\s+{_NAME}"),
    )


@cache
def _dims() -> re.Pattern[str]:
    """Numbers, and words that begin with a letter that counts (n, m, d, k and the like), with indices."""
    index = r"(?:_\{[^{}]*\}|\^\{?[\[(][^\])]*[\])]\}?|\[[^\]]*\])*"
    count = rf"(?:\\text\s*\{{\w+\}}|[1-9][0-9]*|[nmdkhpqrtslvNMDKHCTLBVP]\w*){index}"
    term = rf"{count}(?:\s*[-+]\s*{count})*"
    cross = r"\s*(?:\\times|×|\bx\b|by)\s*"
    row = rf"\\?\(?\s*{term}(?:\s*,\s*{term})+\s*\\?\)?"
    return re.compile(rf"{row}|\(\s*{term}\s*,\s*\)|\(?{term}(?:{cross}{term})+\)?")


@cache
def _symbol() -> re.Pattern[str]:
    font = r"(?:\\(?:math|bold)[a-z]+\s*\{\s*\\?\w+\s*\}|\\(?:bm|vec|hat|tilde|bar)\s*\{?\s*\w+\s*\}?|\\?[^\W\d]\w*)"
    return re.compile(rf"{font}(?:\s*[_^]\s*(?:\{{[^{{}}]*\}}|\w))*")


idiom = Idiom("words", frozenset(("prose",)), (" is ", " are ", "shape", "size", "dimension", "matrix", "vector"), find)
