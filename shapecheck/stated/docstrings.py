"""Docstrings: `W1 -- weight matrix of shape (n_h, n_x)`, `x: numpy array of shape (N, D)`, numpydoc, Google."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest

from ..documents import Text
from ..shapes.dims import Dim
from ..text import regex
from ..values import NamedTuple
from ._functions import Function, assignments, functions
from ._groups import BARE, Group, groups, words
from ._shapes import NAME, shape, span, worded
from ._stated import Idiom, Stated

_LINE = regex(r"[^\n]*\n?")
_NAMES = rf"(?P<names>{NAME}(?:\s*,\s*{NAME}){{0,5}})"
_KIND = r"(?:\s*\([^()\n]{0,60}(?:\([^()\n]*\)[^()\n]{0,20})?\))?"
_LEAD = r"^(?P<indent>[ \t]*)(?:(?:\"\"\"|''')[ \t]*)?(?:[-*][ \t]+|:param[ \t]+(?:[\w.]+[ \t]+)?)?[`*]{0,2}"
_ENTRY = regex(rf"{_LEAD}{_NAMES}[`*]{{0,2}}(?=(?P<told>{_KIND}[ \t]*(?:--?|:|=)(?=\s)))", re.MULTILINE)
_FURTHER = regex(r"`{0,2}\s*(?:,|,?\s*\band\b|\bresp\.?)\s*`{0,2}(?P<dims>\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\])")
_HEAD = r"(args|arguments|inputs?|parameters|params|attributes|returns?|outputs?|yields?|notes?)"
_HEADS = regex(rf"^[ \t]*{_HEAD}\b[^\n:]{{0,20}}(?::[ \t]*$|\n[ \t]*-{{3,}}|$)", re.MULTILINE | re.IGNORECASE)
_SCALAR = regex(r"(?:--?|[:,(])[ \t]*(?:a[ \t]+)?(?:real[ \t]+)?scalar\b(?![ \t]+(?:or|times|product))")
_WORD = r"(?:shape|size|dimensions?)[ \t]*(?:(?:of|is|[=:])[ \t]*)?`{0,2}"
_SHAPE = regex(rf"(?:\b{_WORD}(?P<dims>\([^()\n]{{1,60}}\)|\[[^\[\]\n]{{1,60}}\]))", re.IGNORECASE)
_TUPLE = regex(rf"[ \t]*`{{0,2}}(?P<dims>{BARE.pattern})")
"""Only a shape after a name, `x: (N, D)`."""


class _Told(NamedTuple):
    """The names of an entry or a group, its span, and the shape of each name."""

    names: tuple[str, ...]
    start: int
    end: int
    shapes: list[tuple[Dim, ...]]


def find(text: Text) -> Iterator[Stated]:
    """The shapes that docstrings give to names, each for its own function."""
    for function in functions(text.excerpt.text):
        start, end = function.docstring
        if any(sign in text.excerpt.text[start:end] for sign in ("(", "[", "scalar", " x ", "×")):
            yield from _docstring(text, function)


def _docstring(text: Text, function: Function) -> Iterator[Stated]:
    """The shapes in a docstring: those of its entries, and of lines with several names and shapes."""
    whole = text.excerpt.text
    start, end = function.docstring
    start = whole.rfind("\n", 0, start) + 1
    within = None if function.is_module else span(text, function.start, function.end)
    results, assigned = _results(whole, start, end), assignments(whole, function)
    entries = list(_ENTRY.finditer(whole, start, end))
    arrays = function.parameters.union(*(re.findall(r"\w+", entry["names"]) for entry in entries))
    grouped = list(groups(whole, start, end, function.parameters.union(assigned), arrays))
    for names, begin, stop, shapes in (
        *_entries(whole, end, entries, grouped, arrays),
        *_beside(whole, entries, grouped),
    ):
        if not (results(begin) and any(assigned[name] > 1 for name in names)):
            for name, dims in zip(names, shapes, strict=True):
                yield Stated(name, "python", dims, span(text, begin, stop), text.scope, text.cell, within)


def _beside(whole: str, entries: list[re.Match[str]], grouped: list[Group]) -> Iterator[_Told]:
    """The groups of names that are not already read as entries; one that begins an entry has others beside it."""
    begun = {entry.start("names") for entry in entries} - _shared(whole, grouped)
    for group in grouped:
        if group.start not in begun:
            yield _Told(group.names, group.start, group.end, [group.dims] * len(group.names))


def _shared(whole: str, grouped: list[Group]) -> set[int]:
    """The offsets of groups that share their line with others."""
    lines = [whole.rfind("\n", 0, group.start) for group in grouped]
    counts = Counter(lines)
    return {group.start for group, line in zip(grouped, lines, strict=True) if counts[line] > 1}


def _entries(
    whole: str, end: int, entries: list[re.Match[str]], grouped: list[Group], arrays: frozenset[str]
) -> Iterator[_Told]:
    """The entries of a docstring: each begins with a name, and its description may continue on indented lines."""
    shared = _shared(whole, grouped)
    begun = {group.start: group for group in grouped}
    starts = [*begun]
    for entry, following in zip_longest(entries, entries[1:]):
        begin = entry.start("names")
        stop = _stop(whole, entry, following.start() if following else end)
        further = bisect_right(starts, begin)
        stop = min(stop, starts[further]) if further < len(starts) else stop
        found = _SHAPE.search(whole, entry.start("told"), stop) or _lone(whole, entry, stop, arrays)
        dims = shape(worded(found["dims"])) if found else None
        if not found and (found := _SCALAR.search(whole, entry.start("told"), stop)):
            dims = ()
        if begin in shared or (found and _is_one_of_several(whole, entry, found, stop)):
            continue
        names = tuple(map(str.strip, entry["names"].split(",")))
        if found and dims is not None and not re.search(r"\bor\b", whole[found.end() : stop]):
            each = _each(whole, found, stop) if dims else []
            yield _Told(names, begin, found.end(), each if len(each) == len(names) else [dims] * len(names))
        elif not found and begin in begun:
            yield _Told(names, begin, begun[begin].end, [begun[begin].dims] * len(names))


def _lone(whole: str, entry: re.Match[str], stop: int, arrays: frozenset[str]) -> re.Match[str] | None:
    """The shape that stands alone in an entry, `x: (N, D)`; `cache: (x, w)` is made of arrays."""
    found = _TUPLE.match(whole, entry.end("told"), stop)
    return found if found and arrays.isdisjoint(words(found["dims"])) else None


def _each(whole: str, first: re.Match[str], stop: int) -> list[tuple[Dim, ...]]:
    """The shapes in a list, `(D, H) and (H, H)`: if there are as many names, each has its own."""
    found = [first["dims"]]
    at = first.end()
    while further := _FURTHER.match(whole, at, stop):
        found.append(further["dims"])
        at = further.end()
    return [its for its in (shape(worded(dims)) for dims in found) if its is not None]


def _is_one_of_several(whole: str, entry: re.Match[str], found: re.Match[str], stop: int) -> bool:
    """Whether several shapes are listed below an entry: the array has one of them, but it is not said which."""
    if "\n" not in whole[entry.end() : found.start()]:
        return False
    return len({each["dims"] for each in _SHAPE.finditer(whole, entry.start("told"), stop)}) > 1


def _results(whole: str, start: int, end: int) -> Callable[[int], bool]:
    """A test whether an offset of a docstring is in the part about return values."""
    heads = list(_HEADS.finditer(whole, start, end))
    ends = [head.end() for head in heads]

    def is_result(offset: int) -> bool:
        last = bisect_right(ends, offset) - 1
        return last >= 0 and heads[last][1].lower().startswith(("return", "output", "yield"))

    return is_result


def _stop(whole: str, entry: re.Match[str], end: int) -> int:
    """The end of an entry's description: a blank line, or a line that is not indented deeper."""
    indent = len(entry["indent"].expandtabs())
    at = entry.end()
    for line in _LINE.finditer(whole, at, end):
        content = line[0].expandtabs()
        if line.start() > at and (not content.strip() or len(content) - len(content.lstrip()) <= indent):
            return line.start()
    return end


idiom = Idiom(
    "docstrings", frozenset(("program",)), ("shape", "size", "dim", "Shape", "scalar", "(", "[", " x ", "×"), find
)
