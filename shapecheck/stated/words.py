"""Words: "`W` is $(n_1, n_0)$", "an $n \\\\times m$ matrix $A$", "$X$ has shape (n, m)", "W is a 3 × 4 matrix"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ..values import NamedTuple
from ._phrases import COUNT, MARKS, NAMES, named
from ._shapes import is_lone, is_sizes, shape, span
from ._stated import Idiom, Stated

_SHAPE_WORDS = "维度|维数|形状|尺寸|大小|维度大小|形狀|維度"
_ORDINARY = str.maketrans("（），", "(),")
_TOLD = ("mathematics", "tuple", "bare")
"""The groups of the pattern, one of which matches the shape."""
_KIND = r"(?:matrix|matrices|vectors?|tensors?|arrays?|矩阵|向量)"
_NOUN = r"(?:shape|size|dimensions?|dimensionality)"


class _Sentence(NamedTuple):
    """A sentence that states a shape: "explicit" of one that says so, or "looks" if what it says looks so."""

    kind: str
    pattern: re.Pattern[str]


def find(text: Text) -> Iterator[Stated]:
    """The shapes that sentences give to names."""
    seen: set[int] = set()
    for sentence in _sentences():
        for found in sentence.pattern.finditer(text.excerpt.text):
            kind = next(kind for kind in _TOLD if found.groupdict().get(kind))
            stated = list(_stated(text, found, _cleaned(found[kind]), sentence))
            if found.start(kind) not in seen:
                seen.update([found.start(kind)] if stated else ())
                yield from stated


def _cleaned(told: str) -> str:
    """A shape with ordinary brackets and crosses: `（n，m）` is `(n, m)`, `m-by-n` is `m × n`."""
    return re.sub(r"-by-|(?<=\w)\s*[*∗]\s*(?=\w)", " × ", told.translate(_ORDINARY))


def _stated(text: Text, found: re.Match[str], told: str, sentence: _Sentence) -> Iterator[Stated]:
    """The shapes that a sentence gives its names."""
    dims = shape(told)
    is_told = sentence.kind == "explicit" or is_sizes(told)
    if dims is not None and is_told and (told.startswith("(") or not is_lone(told)):
        for name, notation in named(found):
            lone = is_lone(told)
            yield Stated(name, notation, dims, span(text, *found.span()), text.scope, text.cell, lone=lone)


@cache
def _sentences() -> tuple[_Sentence, ...]:
    cross = rf"{COUNT}(?:\s*[×x∗*]\s*|[ -]by[ -]){COUNT}"
    words = r"\([\w ,，+*×-]{1,60}\)|（[\w ,，+*×-]{1,60}）"
    told = rf"(?:\$(?P<mathematics>[^$\n]{{1,80}})\$|`(?P<tuple>\([^`\n]{{1,60}}\))`|(?P<bare>{words}|{cross}))"
    crossed = rf"(?:\$(?P<mathematics>[^$\n]{{1,80}})\$|(?P<bare>{cross}))"
    of = r"\s+(?:(?:both|is|are|has|have|with|of|its|be|a|an|the)\s+){1,4}"
    adjectives = r"(?:[a-z]+[\s-]+){0,2}"
    tail = rf"(?=\s*(?:[a-z]+\s+){{0,3}}(?:{_KIND}\b|[.,;)]|$|and\b|so\b|while\b|\n|的|矩阵))"
    is_a = r"\s+(?:is|are|be|to\s+be|denotes?)\s+(?:both\s+|all\s+)?(?:an?\s+|the\s+)?"
    chinese = rf"\s*(?:的\s*)?(?:{_SHAPE_WORDS}|shape)\s*(?:(?:是|为|為|：|:|=|都是|均为)\s*)?"
    explicit = (
        rf"{NAMES}(?:\s+{_KIND})?{of}{_NOUN}(?:\s+(?:of|is|are))?\s*:?\s*{told}",
        rf"\b{_NOUN}\s+of\s+(?:the\s+)?(?:[a-z]+\s+)?(?:{_KIND}\s+)?{NAMES}\s+(?:is|are|(?:will|must)\s+be)\s+{told}",
        rf"{NAMES}{chinese}{told}",
        rf"{NAMES}\s*:\s*(?:of\s+)?{_NOUN}\s+(?:of\s+)?{told}",
        rf"{NAMES}{is_a}{crossed}[\s-]+{adjectives}{_KIND}\b",
    )
    looks = (
        rf"{MARKS}\s+(?:is|are)\s+(?:both\s+)?(?:an?\s+)?{told}{tail}",
        rf"\b(?:[Aa]n?|[Tt]he)\s+{told}(?:\s+[a-z]+){{0,2}}\s+{_KIND}\s+{MARKS}",
        rf"{_KIND}\s+{MARKS}\s*\(\s*{crossed}\s*\)",
        rf"{MARKS}\s*[:：]\s*{told}(?=\s*(?:[.,;，。]|$|\n|\())",
        rf"{MARKS}\s*(?:是|为|為)\s*(?:一个\s*)?{told}\s*(?:的\s*)?{_KIND}",
    )
    kinds = (("explicit", explicit), ("looks", looks))
    return tuple(_Sentence(kind, re.compile(text)) for kind, texts in kinds for text in texts)


_HINTS = (" is ", " are ", " be ", "shape", "size", "dimension", "matrix", "vector", "维", "形状", "矩阵", "`", "$")
idiom = Idiom("words", frozenset(("prose",)), _HINTS, find)
