"""Names with their shapes in one line: `dout: (N, M), x, y: (N, D); b: (M,)`, `x (N, D) and w of shape (D, M)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ..shapes.dims import Dim
from ..text import regex
from ..values import NamedTuple
from ._shapes import NAME, is_sizes, shape, worded

SCALAR = "scalar"
REACH = 100
"""How far before and after a group to look for what it belongs to."""
_HEAD = r"(?:args|arguments|inputs?|parameters|params|attributes|shapes?|sizes?|dim(?:ension)?s?|notes?|where|here)"
_INTRODUCING = r"\b(?:and|with|for|given|where|that|takes|from|computes|returns?|let|when)"
_LEAD = rf"(?:^|#)[ \t]*(?:[#\"'*`-]+[ \t]*)*(?:{_HEAD}[ \t]*:?[ \t]+)?"
_BOUNDARY = regex(
    rf"(?:{_LEAD}|[;,.][ \t]*(?:and[ \t]+)?|[ \t]{{2}}|\([ \t]*|{_INTRODUCING}[ \t]+)`{{0,2}}\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""What precedes a name that a statement is about: the start of the line, a separator, or an introducing word."""
_CHOICE = regex(rf"[^,;()\[\]\n]{{0,{REACH}}}?\bor\b")
_TYPES = r"(?!(?:int|float|str|bool|list|tuple|dict|array|ndarray|None|optional|default|object|callable)\b)"
_DIM = rf"[ \t]*{_TYPES}\w+(?:[ \t]*[*+/-][ \t]*\w+)?[ \t]*"
_ROW = rf"{_DIM},(?:{_DIM}(?:,{_DIM})*,?)?"
_CROSS = rf"{_TYPES}\w+(?:[ \t]+[x×][ \t]+{_TYPES}\w+)+"
BARE = regex(rf"\({_ROW}\)|\((?=[^()]*[ \t][x×][ \t]){_CROSS}\)|\[(?=[^\[\]]*[^\W\d])(?:{_ROW}|{_CROSS})\]|{_CROSS}")
"""What looks like a shape: brackets with a comma or a cross between sizes, one of them a letter."""


class Group(NamedTuple):
    """The names before one shape, and the span of both."""

    names: tuple[str, ...]
    start: int
    end: int
    dims: tuple[Dim, ...]


def groups(text: str, start: int, stop: int, known: frozenset[str], arrays: frozenset[str]) -> Iterator[Group]:
    """The groups between two offsets; where no sign marks one, `x (N, D)`, its names are known ones.

    `cache: (x, w)` is made of arrays, and what has a shape "or" another has neither. One that stands alone in its line
    looks like a shape, `x: (N, D)`, or says that it is one.
    """
    found = [each for each in _group().finditer(text, start, stop) if not _CHOICE.match(text, each.end(), stop)]
    lines = [text.rfind("\n", 0, each.start()) for each in found]
    counts = Counter(lines)
    for each, line in zip(found, lines, strict=True):
        names, dims = _names(text, each), each["said"] or each["told"]
        is_marked = any(each[sign] is not None for sign in ("colon", "mark", "behind"))
        is_told = each["said"] or (is_marked and (dims == SCALAR or dims[0] in "([") and counts[line] > 1)
        sizes = shape(worded(dims)) if is_told or is_sizes(dims) else None
        if not names or sizes is None or not (is_marked or known.issuperset(names)):
            continue
        if each["said"] or arrays.isdisjoint(words(dims)):
            yield Group(names, each.start("names"), each.end(), sizes)


def words(dims: str) -> list[str]:
    """The words of a shape, without its crosses."""
    return re.findall(r"\w+", re.sub(r"(?<=[ \t])x(?=[ \t])", " ", dims))


def _names(text: str, found: re.Match[str]) -> tuple[str, ...]:
    """The names of a group; only the last one if the list begins within a sentence, `as w, x: (N, D)`."""
    names = re.split(r"[ \t]*(?:[,/&]|\band\b)[ \t]*", found["names"])
    if _BOUNDARY.search(text, max(0, found.start() - REACH), found.start()):
        return tuple(names)
    return tuple(names[-1:]) if len(names) > 1 else ()


@cache
def _group() -> re.Pattern[str]:
    other = r"(?!(?:and|shapes?|sizes?|dim(?:ension)?s?)\b)"
    name = rf"{other}{NAME}(?:\[['\"\w]{{1,20}}\])?"
    names = rf"(?<![\w.\]])(?:(?<!')|(?<='''))(?P<names>{name}(?:[ \t]*(?:[,/&]|\band\b)[ \t]*{name}){{0,5}})`{{0,2}}"
    bracket = r"\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]"
    verbs = r"(?:(?:is|are|has|have|with|of|an?|the|array|matrix|vector|tensor|ndarray|numpy)[ \t]+){0,5}"
    noun = r"(?:shapes?|sizes?|dim(?:ension)?s?)[ \t]*(?:(?:of|is|are|[:=])[ \t]*)?"
    said = rf"(?P<colon>[ \t]*:)?[ \t]+{verbs}{noun}`{{0,2}}(?P<said>{bracket})"
    mark = r"(?P<mark>[ \t]*:[ \t]*|[ \t]+--?[ \t]+)"
    told = rf"(?:{mark}|[ \t]+(?=[(\[]))`{{0,2}}(?P<told>{BARE.pattern}|{SCALAR}\b)(?P<behind>[ \t]*:)?"
    return re.compile(rf"{names}(?:{said}|{told})", re.IGNORECASE)
