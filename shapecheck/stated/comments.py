"""Comments: `scores = X @ W  # (N, C)` states the shape of `scores`, `# x: (N, D)` that of `x`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..documents import Text
from ..text import Span, regex
from ._functions import Function, assignments, enclosing, functions
from ._groups import Group, groups
from ._shapes import NAME, shape, span
from ._stated import Idiom, Stated

_STRING = r"'[^'\r\n]*'|\"[^\"\r\n]*\""
_COMMENT = regex(rf"^[ \t]*+(?P<code>(?:[^#'\"\r\n]|{_STRING})*+)#(?P<said>[^\r\n]*)", re.MULTILINE)
_SHAPED = regex(r"\w`?:?[ \t][^\r\n]*(?:[(\[][^()\[\]]*[,x×]|\w[ \t]+[x×][ \t]+\w)")
_ABOVE = regex(r"\r?\n(?:[ \t]*[#@][^\r\n]*\r?\n){0,20}+[ \t]*(?=(?:async[ \t]+)?def\b)")
"""The lines between a comment and the function directly below it."""


def find(text: Text) -> Iterator[Stated]:
    """The shapes in comments after names, and of names in comments; each holds in its function."""
    yield from _behind_names(text)
    yield from _of_names(text)


def _behind_names(text: Text) -> Iterator[Stated]:
    """The shapes after assignments to a single name, and after parameters on lines of their own."""
    whole = text.excerpt.text
    all_found = list(_line().finditer(whole))
    places = enclosing(whole, [found.start("name") for found in all_found])
    for found, function in zip(all_found, places, strict=True):
        dims = shape(found["dims"])
        is_parameter = function is not None and found.start("name") < function.body
        if dims is not None and (found["assigned"] or is_parameter):
            place = span(text, found.start("dims"), found.end("dims"))
            yield Stated(found["name"], "python", dims, place, text.scope, text.cell, _within(text, function))


def _of_names(text: Text) -> Iterator[Stated]:
    """The shapes of names in comments; a comment directly above a function belongs to that function."""
    whole = text.excerpt.text
    comments = [found for found in _COMMENT.finditer(whole) if _SHAPED.search(found["said"])]
    places = enclosing(whole, [found.start("code" if found["code"] else "said") for found in comments])
    begins = {function.start: function for function in functions(whole)} if comments else {}
    for comment, place in zip(comments, places, strict=True):
        below = None if comment["code"] else _ABOVE.match(whole, comment.end())
        function = begins.get(below.end(), place) if below else place
        for group in _groups(whole, comment, function or begins.get(0)):
            for name in group.names:
                stated = span(text, group.start, group.end)
                yield Stated(name, "python", group.dims, stated, text.scope, text.cell, _within(text, function))


def _groups(whole: str, comment: re.Match[str], function: Function | None) -> Iterator[Group]:
    known = function.parameters.union(assignments(whole, function)) if function else frozenset()
    yield from groups(whole, *comment.span("said"), known, function.parameters if function else frozenset())


def _within(text: Text, function: Function | None) -> Span | None:
    return span(text, function.start, function.end) if function else None


@cache
def _line() -> re.Pattern[str]:
    name = rf"(?P<name>{NAME}(?:\[[\w\"'+-]{{1,20}}\])?)"
    dim = r"[ \t]*[\w*+/. -]{1,30}?[ \t]*"
    dims = rf"(?P<dims>\({dim}(?:,{dim})*,?\)|\[{dim}(?:,{dim})+\]|\w+(?:[ \t]+x[ \t]+\w+)+|\w+(?:[ \t]*×[ \t]*\w+)+)"
    lead = r"(?:->[ \t]*|=>[ \t]*)?(?:(?:of[ \t]+)?(?:shape|size|dims?)[ \t]*[:=]?[ \t]*(?:is[ \t]+)?)?"
    product = r"(?:[^#\r\n]*[)\]][ \t]*(?:->|=>|=)[ \t]*)?"
    code = r"[^#'\"\r\n]*"
    assigned = rf"(?P<assigned>[-+*/]?=(?!=){code})"
    parameter = r"(?::[^#=\r\n]*)?(?:=[^#\r\n]*)?,?[ \t]*"
    statement = rf"^[ \t]*+{name}[ \t]*(?:{assigned}|{parameter})"
    return re.compile(rf"{statement}#[ \t]*{product}{lead}{dims}[ \t]*(?=[\r\n.,;:]|\Z)", re.MULTILINE)


idiom = Idiom("comments", frozenset(("program",)), ("#",), find)
