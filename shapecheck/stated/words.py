"""Words: "`W` is $(n_1, n_0)$", "an $n \\\\times m$ matrix $A$", "$X$ has shape (n, m)", "W is a 3 × 4 matrix"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..documents import Text
from ._shapes import is_lone, is_sizes, shape, span
from ._stated import Idiom, Stated

_BARE_NAME = r"d?(?![aI]\s)[A-Za-zα-ωΑ-Ω](?:[0-9]|_\w{1,2}|\[\w(?:[-+]1)?\])?"
"""A name that stands unmarked in running text."""
_COUNT = r"(?:[1-9][0-9]*|[A-Za-z](?:_\w{1,5}|[0-9])?)"
"""A number of rows or columns in running text."""
_SHAPE_WORDS = "维度|维数|形状|尺寸|大小|维度大小|形狀|維度"
_ORDINARY = str.maketrans("（），", "(),")
_TOLD = ("mathematics", "tuple", "bare")
"""The groups of a sentence of which one holds the shape."""
_KIND = r"(?:matrix|matrices|vectors?|tensors?|arrays?|矩阵|向量)"
_NOUN = r"(?:shape|size|dimensions?|dimensionality)"


class _Sentence(NamedTuple):
    """A sentence that states a shape: "explicit" of one that says so, "vector", or "looks" if what it says looks so."""

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
    """What a sentence says of its names; a row is said to be one."""
    dims, lone = shape(told), is_lone(told)
    is_told = sentence.kind == "explicit" or is_sizes(told) or (sentence.kind == "vector" and lone)
    if dims is None or not is_told or (lone and sentence.kind != "vector" and not told.startswith("(")):
        return
    lies = found["lies"] if sentence.kind == "vector" else None
    if lone and lies == "row":
        dims = dims[::-1]
    for name, notation in _names(found):
        place = span(text, *found.span())
        yield Stated(name, notation, dims, place, text.scope, text.cell, lone=lone and lies is None)


def _names(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The names of a sentence, each with its notation; none where one of them is no name."""
    names = [(each["code"] or each["letter"] or each["latex"], each) for each in _name().finditer(found["names"])]
    parts = [
        (part.strip(), "latex" if each["latex"] else "plain")
        for name, each in names
        for part in (re.split(r",(?![^{(\[]*[\])}])", name) if each["latex"] else [name])
    ]
    if all(notation == "plain" or _symbol().fullmatch(name) for name, notation in parts):
        yield from parts


@cache
def _name() -> re.Pattern[str]:
    letter = rf"(?<![A-Za-z_])(?P<letter>{_BARE_NAME})(?![A-Za-z0-9_])"
    return re.compile(rf"`(?P<code>[^`\n]{{1,30}})`|\$(?P<latex>[^$\n]{{1,60}})\$|{letter}")


@cache
def _sentences() -> tuple[_Sentence, ...]:
    marked = r"(?:`[^\W\d][\w.\[\]^{}]{0,30}`|\$[^$\n]{1,60}\$)"
    name = rf"(?:{marked}|(?<![A-Za-z0-9_$`\\]){_BARE_NAME}(?![A-Za-z0-9_`$]))"
    between = r"\s*(?:,\s*(?:and\s+)?|/|\band\b|和|与|、)\s*"
    marks = rf"(?P<names>{marked}(?:{between}{marked}){{0,4}})"
    names = rf"(?P<names>{name}(?:{between}{name}){{0,4}})"
    cross = rf"{_COUNT}(?:\s*[×x∗*]\s*|[ -]by[ -]){_COUNT}"
    words = r"\([\w ,，+*×-]{1,60}\)|（[\w ,，+*×-]{1,60}）"
    told = rf"(?:\$(?P<mathematics>[^$\n]{{1,80}})\$|`(?P<tuple>\([^`\n]{{1,60}}\))`|(?P<bare>{words}|{cross}))"
    crossed = rf"(?:\$(?P<mathematics>[^$\n]{{1,80}})\$|(?P<bare>{cross}))"
    length = rf"(?:\$(?P<mathematics>[^$\n]{{1,20}})\$|(?P<bare>{_COUNT}))"
    of = r"\s+(?:(?:both|is|are|has|have|with|of|its|be|a|an|the)\s+){1,4}"
    adjectives = r"(?:[a-z]+[\s-]+){0,2}"
    vector = r"(?:(?!row|column)[a-z]+\s+)?(?:(?P<lies>column|row)\s+)?vectors?\b"
    tail = rf"(?=\s*(?:[a-z]+\s+){{0,3}}(?:{_KIND}\b|[.,;)]|$|and\b|so\b|while\b|\n|的|矩阵))"
    is_a = r"\s+(?:is|are|be|to\s+be|denotes?)\s+(?:both\s+|all\s+)?(?:an?\s+|the\s+)?"
    chinese = rf"\s*(?:的\s*)?(?:{_SHAPE_WORDS}|shape)\s*(?:(?:是|为|為|：|:|=|都是|均为)\s*)?"
    explicit = (
        rf"{names}(?:\s+{_KIND})?{of}{_NOUN}(?:\s+(?:of|is|are))?\s*:?\s*{told}",
        rf"\b{_NOUN}\s+of\s+(?:the\s+)?(?:[a-z]+\s+)?(?:{_KIND}\s+)?{names}\s+(?:is|are|(?:will|must)\s+be)\s+{told}",
        rf"{names}{chinese}{told}",
        rf"{names}\s*:\s*(?:of\s+)?{_NOUN}\s+(?:of\s+)?{told}",
        rf"{names}{is_a}{crossed}[\s-]+{adjectives}{_KIND}\b",
    )
    vectors = (
        rf"{names}{is_a}{length}[\s-]*dimensional\s+{vector}",
        rf"{names}{is_a}(?:[a-z]+\s+)?{vector}\s+(?:of|with)\s+(?:length|size|dimension)\s+{length}(?![\w\s]*[×x*(,])",
    )
    looks = (
        rf"{marks}\s+(?:is|are)\s+(?:both\s+)?(?:an?\s+)?{told}{tail}",
        rf"\b(?:[Aa]n?|[Tt]he)\s+{told}(?:\s+[a-z]+){{0,2}}\s+{_KIND}\s+{marks}",
        rf"{_KIND}\s+{marks}\s*\(\s*{crossed}\s*\)",
        rf"{marks}\s*[:：]\s*{told}(?=\s*(?:[.,;，。]|$|\n|\())",
        rf"{marks}\s*(?:是|为|為)\s*(?:一个\s*)?{told}\s*(?:的\s*)?{_KIND}",
    )
    kinds = (("explicit", explicit), ("vector", vectors), ("looks", looks))
    return tuple(_Sentence(kind, re.compile(text)) for kind, texts in kinds for text in texts)


@cache
def _symbol() -> re.Pattern[str]:
    font = r"(?:\\(?:math|bold)[a-z]+\s*\{\s*\\?\w+\s*\}|\\(?:bm|vec|hat|tilde|bar)\s*\{?\s*\w+\s*\}?|\\?[^\W\d]\w*)"
    return re.compile(rf"{font}(?:\s*[_^]\s*(?:\{{[^{{}}]*\}}|\w))*")


_HINTS = (" is ", " are ", " be ", "shape", "size", "dimension", "matrix", "vector", "维", "形状", "矩阵", "`", "$")
idiom = Idiom("words", frozenset(("prose",)), _HINTS, find)
