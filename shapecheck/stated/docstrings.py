"""Docstrings: `W1 -- weight matrix of shape (n_h, n_x)`, `x: numpy array of shape (N, D)`, numpydoc, Google."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest

from ..documents import Text
from ..shapes.dims import Dim
from ._functions import Function, functions
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated


def find(text: Text) -> Iterator[Stated]:
    """The shapes that docstrings give to names, each for its own function."""
    for function in functions(text.excerpt.text):
        start, end = function.docstring
        if any(sign in text.excerpt.text[start:end] for sign in ("(", "[", "scalar")):
            yield from _entries(text, function)


def _entries(text: Text, function: Function) -> Iterator[Stated]:
    """The entries of a docstring: each begins with a name, and its description may go on in lines indented deeper."""
    whole = text.excerpt.text
    start, end = function.docstring
    start = whole.rfind("\n", 0, start) + 1
    within = None if function.is_module else span(text, function.start, function.end)
    entries = list(_entry().finditer(whole, start, end))
    results = _results(whole, start, end)
    lone = _lone(whole, function, entries)
    assigned = _assignments(whole, function)
    for entry, following in zip_longest(entries, entries[1:]):
        stop = _stop(whole, entry, following.start() if following else end)
        found = _shape().search(whole, entry.start("told"), stop) or lone(entry, stop)
        dims = shape(_worded(found["dims"])) if found else None
        if not found and (found := _scalar().search(whole, entry.start("told"), stop)):
            dims = ()
        if results(entry.start()) and assigned[entry["names"]] > 1:
            continue
        if found and _is_one_of_several(whole, entry, found, stop):
            continue
        if found and dims is not None and not re.search(r"\bor\b", whole[found.end() : stop]):
            names = list(map(str.strip, entry["names"].split(",")))
            place = span(text, entry.start("names"), found.end())
            each = _each(whole, found, stop) if dims else []
            for name, its in zip(names, each if len(each) == len(names) else [dims] * len(names), strict=True):
                yield Stated(name, "python", its, place, text.scope, text.cell, within)


def _lone(
    whole: str, function: Function, entries: list[re.Match[str]]
) -> Callable[[re.Match[str], int], re.Match[str] | None]:
    """Tells of an entry the shape that stands alone in it, `x: (N, D)`; `cache: (x, w)` is made of arrays."""
    header = whole[function.start : function.docstring[0]]
    arrays = {name for text in (header, *(entry["names"] for entry in entries)) for name in re.findall(r"\w+", text)}

    def lone(entry: re.Match[str], stop: int) -> re.Match[str] | None:
        found = _tuple().match(whole, entry.end("told"), stop)
        return found if found and arrays.isdisjoint(re.findall(r"\w+", found["dims"])) else None

    return lone


def _each(whole: str, first: re.Match[str], stop: int) -> list[tuple[Dim, ...]]:
    """The shapes that stand one after the other, `(D, H) and (H, H)`: of as many names each has its own."""
    found = [first["dims"]]
    at = first.end()
    while further := _further().match(whole, at, stop):
        found.append(further["dims"])
        at = further.end()
    return [its for its in (shape(_worded(dims)) for dims in found) if its is not None]


def _is_one_of_several(whole: str, entry: re.Match[str], found: re.Match[str], stop: int) -> bool:
    """Whether a shape stands below its entry among others: the array has one of them, nobody knows which."""
    if "\n" not in whole[entry.end() : found.start()]:
        return False
    return len({each["dims"] for each in _shape().finditer(whole, entry.start("told"), stop)}) > 1


def _worded(dims: str) -> str:
    """A shape whose dimensions may be told in words, `(1, number of examples)`: a name for each."""
    return _words().sub(lambda found: "_".join(_articles().sub("", found[0]).split()), dims)


def _results(whole: str, start: int, end: int) -> Callable[[int], bool]:
    """Tells of an offset in a docstring whether what stands there is what a function gives back."""
    heads = list(_heads().finditer(whole, start, end))
    ends = [head.end() for head in heads]

    def is_result(offset: int) -> bool:
        last = bisect_right(ends, offset) - 1
        return last >= 0 and heads[last][1].lower().startswith(("return", "output", "yield"))

    return is_result


def _assignments(whole: str, function: Function) -> Counter[str]:
    """How often a function says what a name is: what it gives back may be made in several steps."""
    found: Counter[str] = Counter()
    for line in _assigned().finditer(whole, function.docstring[1], function.end):
        targets = [target.strip() for target in line["targets"].split(",")]
        parts = [target.split(".") for target in targets]
        found.update({".".join(names[:count]) for names in parts for count in range(1, len(names) + 1)})
    return found


def _stop(whole: str, entry: re.Match[str], end: int) -> int:
    """Where the description of an entry ends: at a blank line, or a line that is not indented deeper."""
    indent = len(entry["indent"].expandtabs())
    at = entry.end()
    for line in _line().finditer(whole, at, end):
        content = line[0].expandtabs()
        if line.start() > at and (not content.strip() or len(content) - len(content.lstrip()) <= indent):
            return line.start()
    return end


@cache
def _line() -> re.Pattern[str]:
    return re.compile(r"[^\n]*\n?")


@cache
def _assigned() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*+(?P<targets>\w[\w., ]*+)=(?!=)", re.MULTILINE)


@cache
def _entry() -> re.Pattern[str]:
    names = rf"(?P<names>{NAME}(?:\s*,\s*{NAME}){{0,5}})"
    kind = r"(?:\s*\([^()\n]{0,60}(?:\([^()\n]*\)[^()\n]{0,20})?\))?"
    lead = r"^(?P<indent>[ \t]*)(?:(?:\"\"\"|''')[ \t]*)?(?:[-*][ \t]+|:param[ \t]+(?:[\w.]+[ \t]+)?)?[`*]{0,2}"
    return re.compile(rf"{lead}{names}[`*]{{0,2}}(?=(?P<told>{kind}[ \t]*(?:--?|:|=)(?=\s)))", re.MULTILINE)


@cache
def _further() -> re.Pattern[str]:
    return re.compile(r"`{0,2}\s*(?:,|,?\s*\band\b|\bresp\.?)\s*`{0,2}(?P<dims>\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\])")


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\b[A-Za-z]{2,}(?: [A-Za-z]+){1,5}\b(?=\s*[,)\]])")


@cache
def _articles() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|a|an|our|this)\b ")


@cache
def _heads() -> re.Pattern[str]:
    head = r"(args|arguments|inputs?|parameters|params|attributes|returns?|outputs?|yields?|notes?)"
    return re.compile(rf"^[ \t]*{head}\b[^\n:]{{0,20}}(?::[ \t]*$|\n[ \t]*-{{3,}}|$)", re.MULTILINE | re.IGNORECASE)


@cache
def _scalar() -> re.Pattern[str]:
    return re.compile(r"(?:--?|[:,(])[ \t]*(?:a[ \t]+)?(?:real[ \t]+)?scalar\b(?![ \t]+(?:or|times|product))")


@cache
def _shape() -> re.Pattern[str]:
    word = r"(?:shape|size|dimensions?)[ \t]*(?:(?:of|is|[=:])[ \t]*)?`{0,2}"
    return re.compile(rf"(?:\b{word}(?P<dims>\([^()\n]{{1,60}}\)|\[[^\[\]\n]{{1,60}}\]))", re.IGNORECASE)


@cache
def _tuple() -> re.Pattern[str]:
    """A shape alone behind a name, `x: (N, D)`, and no tuple of types."""
    types = r"(?!(?:int|float|str|bool|list|tuple|dict|array|ndarray|None|optional|default|object|callable)\b)"
    dim = rf"\s*{types}\w+(?:\s*[*+/-]\s*\w+)?\s*"
    return re.compile(rf"[ \t]*`{{0,2}}(?P<dims>\({dim},(?:{dim}(?:,{dim})*,?)?\))")


idiom = Idiom(
    "docstrings", frozenset(("python",)), ("shape", "size", "dimension", "Shape", "scalar", ": (", "- ("), find
)
