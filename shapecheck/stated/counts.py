"""Words that count: "$x$ has $n$ entries, $z$ has $k$", "an $n$-vector $v$", "$W$ has $h$ rows and $d$ columns"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ..shapes.dims import ONE, Dim
from ..text import regex
from ._phrases import COUNT, NAMES, ONE_NAME, named
from ._shapes import shape, span
from ._stated import Idiom, Stated

_VERB = r"(?:is|are|be|to\s+be|denotes?|ist|sind|sei|seien)"
_HAS = r"(?:has|have|having|contains?|with|of|hat|haben|besitzt|mit)"
_ENTRIES = (
    r"(?:entries|components|elements|coordinates|features|Einträgen?|Komponenten|Elementen?|Koordinaten|Merkmalen?)"
)
_LENGTHS = r"(?:length|size|dimension|Länge|Dimension)"
_LIES = r"(?:(?P<lies>column|row|Spalten|Zeilen)[\s-]*)?"
_VECTOR = rf"{_LIES}(?:vectors?|[vV]ektor(?:en)?)\b"
_OF_NAMES = (rf"{_LIES}(?:vector|[vV]ektor)\s+{ONE_NAME}", rf"{_LIES}(?:vectors|[vV]ektoren)\s+{NAMES}")
"""A vector with its name, or several."""
_OF = regex(r"\b(?:of|in|to|for|on|from|von|in|auf|nach)\s+(?:(?:the|a|an|each|its|dem|der|den)\s+)?\Z")


def find(text: Text) -> Iterator[Stated]:
    """The shapes of names whose entries, or rows and columns, are counted."""
    seen: set[int] = set()
    for found in _counting(text.excerpt.text):
        if found.start("names") not in seen and not _is_of_something(text, found):
            seen.add(found.start("names"))
            yield from _stated(text, found)


def _counting(text: str) -> Iterator[re.Match[str]]:
    """The sentences that count entries, rows or columns; after one about vectors also those that go on counting."""
    for pattern in _sentences():
        yield from pattern.finditer(text)
    for first in _HAVING.finditer(text):
        found: re.Match[str] | None = first
        while found is not None:
            if all(_is_vector(name) for name, _ in named(found)):
                yield found
            found = _ALSO_HAVING.match(text, found.end())


def _stated(text: Text, found: re.Match[str]) -> Iterator[Stated]:
    """The shapes that a sentence gives its names; a vector may be a column or a row unless the sentence says which."""
    groups, names = found.groupdict(), list(named(found))
    counts = [_dim(told) for group, told in groups.items() if group.startswith("count") and told is not None]
    dims = [(dim, ONE) for dim in counts if dim is not None]
    if len(dims) < len(counts):
        return
    lies = (groups.get("lies") or "").lower()
    if "rows" in groups:
        dims = [(dims[0][0], dims[1][0]) if found["rows"].startswith(("row", "Zeile")) else (dims[1][0], dims[0][0])]
    elif lies in ("row", "zeilen"):
        dims = [each[::-1] for each in dims]
    shapes = dims * len(names) if len(dims) == 1 else dims
    for (name, notation), each in zip(names, shapes, strict=False) if len(shapes) == len(names) else ():
        is_lone = not lies and "rows" not in groups
        yield Stated(name, notation, each, span(text, *found.span()), text.scope, text.cell, lone=is_lone)


def _dim(told: str) -> Dim | None:
    dims = shape(told)
    return dims[0] if dims and len(dims) == 2 and dims[1] is ONE else None


def _is_of_something(text: Text, found: re.Match[str]) -> bool:
    """Whether something else than the names is counted: "the gradient of $f$ has $n$ entries"."""
    start = found.start("names")
    return _OF.search(text.excerpt.text[max(0, start - 40) : start]) is not None


def _is_vector(name: str) -> bool:
    """Whether a name looks like a vector's: a small letter."""
    letters = re.sub(r"\\(?:math|bold)[a-z]+|\\(?:bm|vec|hat|tilde|bar)(?![a-z])|[\\{}\s]", "", name)
    return letters[:1].islower()


def _count(number: str = "") -> str:
    return rf"(?:\$(?P<counted{number}>[^$\n]{{1,20}})\$|(?P<count{number}>{COUNT}))"


_COUNTS = rf"{_count()}(?:\s+(?:and|und)\s+{_count('_too')})?"
_TOLD = r"(?!\s+(?:that|which|equal|of|in|are|is|from)\b)"
_HAVING = regex(rf"{NAMES}\s+{_HAS}\s+{_COUNTS}\s+(?:real\s+|reelle\s+)?{_ENTRIES}\b{_TOLD}")
_BETWEEN = r"\s*[,;]?\s+(?:[A-Za-zäöü]+\s+){0,4}?"
_ALSO_HAVING = regex(rf"{_BETWEEN}{NAMES}\s+(?:{_HAS}\s+)?{_count()}(?=\s*(?:[.,;:)]|\Z|\n)|\s+(?:and|und)\b)")
"""Another name with another count in the same sentence: ", and the measurement $z$ has $k$"."""


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    article = r"(?:(?:an?|the|eine?|der|die|das)\s+)?"
    is_a = rf"\s+(?:{_VERB}\s+(?:both\s+|all\s+)?{article}|an?\s+|eine?\s+)"
    adjective = r"(?:(?!row|column|Spalte|Zeile)[a-zäöü]+\s+)?"
    count, dimensional = _count(), r"[\s-]*dimensional(?:e[rsnm]?)?\s+"
    others = r"(?:sub|vector\s+)?spaces?|manifolds?|distributions?|normal|gaussian|random|standard"
    kind = rf"(?:(?!(?:{others})\b)[a-zäöü]+\s+){{0,2}}"
    of_length = rf"\s+{_HAS}\s+(?:{_LENGTHS}\s+{count}(?![\w\s]*[×x*(,])|{_count('_of')}\s+(?:[a-z]+\s+)?{_ENTRIES})"
    columns = r"(?:rows|columns|Zeilen|Spalten)"
    texts = (
        rf"{NAMES}{is_a}{count}{dimensional}{adjective}(?:{_VECTOR}|one\b|[vV]ektor\b)",
        rf"{NAMES}{is_a}{adjective}{_VECTOR}{of_length}",
        rf"{NAMES}{is_a}{count}-{_VECTOR}",
        *(rf"{vector}{of_length}" for vector in _OF_NAMES),
        *(rf"{count}(?:{dimensional}{adjective}|-){vector}" for vector in _OF_NAMES),
        rf"{count}{dimensional}{kind}{ONE_NAME}",
        rf"{NAMES}\s+{_HAS}\s+{count}\s+(?P<rows>{columns})\s+(?:and|und)\s+{_count('_too')}\s+{columns}\b",
    )
    return tuple(map(re.compile, texts))


_HINTS = ("dimensional", "vector", "ektor", "entries", "components", "lements", "coordinates", "features", "columns")
_GERMAN = ("Eintr", "Komponenten", "Elemente", "Koordinaten", "Merkmale", "Spalten")
idiom = Idiom("counts", frozenset(("prose",)), _HINTS + _GERMAN, find)
