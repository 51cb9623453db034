r"""Notations for gradients: "let $g_F$ denote $\partial L/\partial F$", "`x̄` for the gradient with respect to x"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from ..documents import Text
from ..text import regex
from ..vocabulary import LOSSES
from ._shapes import span
from ._stated import Idiom, Stated

_MARKS = {"bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "hat": "\u0302", "tilde": "\u0303"}
"""The names of marks over letters."""
_WHERE = r"(?:\s+(?:over|on|above)\s+(?:a|the|its)\s+\w+)?"
_MEANS = r"\s+(?:denotes?|means?|marks?|stands?\s+for|is|are)\s+(?:the\s+)?(?:\w+\s+)?"
_KINDS = r"(?:gradients?|adjoints?|derivatives?\s+of\s+the\s+(?:loss|cost|error|objective)|sensitivit(?:y|ies))\b"
_MARKED = regex(rf"\b(?P<mark>[Bb]ar|[Oo]verline|[Dd]ot|[Hh]at|[Tt]ilde)s?{_WHERE}{_MEANS}{_KINDS}")
"""A sentence that gives a mark the meaning of gradients: "a bar denotes the adjoint"."""
_D = r"(?:\\partial(?![A-Za-z])|∂|\\mathrm\{d\}|d)\s*"
_ABOVE = r"(?:\\(?:mathcal|ell|operatorname|mathrm|text)[A-Za-z{} ]*|[^\W\d]\w*|\{\\\w+(?:\s*\w)?\})\s*"
_FRACTION = rf"\\[dt]?frac\s*\{{\s*{_D}{_ABOVE}\}}\s*\{{\s*{_D}(?P<fraction>[^$]+?)\s*\}}"
_NABLA = rf"(?:\\nabla|∇)\s*_\s*(?:\{{(?P<braced>[^$]+)\}}|(?P<letter>\\?\w+))\s*\\?{_ABOVE}(?:\(.*\))?"
_DERIVATIVE = regex(rf"{_FRACTION}|{_D}{_ABOVE}/\s*{_D}(?P<slashed>[^$=+]+)|{_NABLA}")
"""A derivative, with its variable."""


def find(text: Text) -> Iterator[Stated]:
    """The names that sentences call gradients, each with its variable."""
    whole = text.excerpt.text
    for sentence in _sentences():
        for found in sentence.finditer(whole):
            name, of = (_bare(found[group]) for group in ("name", "of"))
            variable = of if found["word"] else _below(of)
            if variable and variable not in LOSSES:
                yield _stated(text, found, name, variable)
    for found in _MARKED.finditer(whole):
        yield _stated(text, found, normalize("NFC", "x" + _MARKS[found["mark"].lower()]), "x")


def _stated(text: Text, found: re.Match[str], name: str, of: str) -> Stated:
    notation = "latex" if "\\" in name + of or "{" in name + of else "plain"
    return Stated(name, notation, (), span(text, *found.span()), text.scope, text.cell, of=of)


def _bare(text: str) -> str:
    """The text between dollars or backticks."""
    return re.sub(r"\\[()]", "", text).strip("$` \n")


def _below(text: str) -> str:
    """The variable of a loss's derivative; empty if the text is not one."""
    found = _DERIVATIVE.fullmatch(text)
    return next((part.strip() for part in found.groups() if part), "") if found else ""


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    """Sentences that name a gradient: what is said of a `name` is a derivative, or in words that of a variable."""
    bare = r"(?![aI]\b)[δd]?[^\W\d][\u0300-\u036f]?[0-9]?(?:_\{?\w+\}?|\^\*)?(?!\w)"
    name = rf"(?P<name>\$[^$\n]{{1,40}}\$|\\\([^$\n]{{1,40}}?\\\)|`[^`\n]{{1,30}}`|{bare})"
    marked = r"(?:\$[^$\n]{1,60}\$|\\\([^$\n]{1,60}?\\\)|`[^`\n]{1,40}`)"
    symbol = rf"(?:{marked}|(?![aI]\b|w\.)[^\W\d][0-9]?(?:_\w+)?(?!\w))"
    derivative = r"(?:[∂d]\w{1,8}\s?/\s?[∂d]\w+|∇_\w+\s?\w+)"
    kind = r"(?:gradient|derivative|adjoint|sensitivity|cotangent)s?"
    loss = rf"of\s+(?:the\s+)?(?:\w+\s+)?(?:loss|cost|objective|error|criterion|{marked}|[A-Zℓ](?!\w))(?:\s+{marked})?"
    by = r"(?:by|with\s+respect\s+to|w\.?\s?r\.?\s?t\.?|in|for|at)"
    told = rf"(?:the\s+)?(?:\w+\s+){{0,2}}?(?P<word>{kind})\s+(?:{loss}\s+{by}|{by}|of)\s+(?:(?:the|an?)\s+\w+\s+)?"
    of = rf"(?:{told}|(?P<sign>))(?P<of>{marked}|{derivative}|{symbol})"
    is_for = (
        r"\s*(?:,\s*)?(?:denotes?|stands?\s+for|means|abbreviates|be|is|are|for|as|:=|≡|=)\s+(?:shorthand\s+for\s+)?"
    )
    verb = r"(?:[Ll]et|[Ww]rit(?:e|ing)|[Uu]s(?:e|ing)|[Dd]enote|[Cc]all|[Pp]ut|[Dd]efine|[Hh]ere|[Ww]here|^|[.,;]\s)"
    named = (
        r"(?:\s+(?:is|are|will\s+be))?(?:\s+(?:denoted|written|abbreviated|called|named|write))?(?:\s+(?:by|as|to))?\s+"
    )
    texts = (
        rf"{verb}\s*{name}{is_for}{of}",
        rf"[Dd]enote\s+by\s+{name}\s+{of}",
        rf"{verb}\s*{of}{named}{name}",
        rf"(?:[Tt]he|[Aa])\s+{of}{named}{name}",
    )
    return tuple(re.compile(text, re.MULTILINE) for text in texts)


_HINTS = ("gradient", "derivative", "adjoint", "sensitivit", "cotangent", "∂", "\\partial", "∇", "\\nabla", "/d", "dL")
idiom = Idiom("gradients", frozenset(("prose",)), _HINTS, find)
