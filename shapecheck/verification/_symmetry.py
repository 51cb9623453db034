"""The matrices of which a text says in words that they are symmetric: `A is symmetric`, `a symmetric matrix $A$`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..gradient import Graph
from ..symbols import with_letters
from ..vocabulary import SYMMETRIC

_LETTER = r"(?:\\(?:[Ss]igma|[Ll]ambda|Theta|Omega|Gamma|Phi)|[A-ZΑ-Ω]\d?)(?![A-Za-z])"
_BOLD = r"(?:\\(?:mathbf|bm|boldsymbol|mathrm|symbf|mathsf|mathcal)\s*\{?)?"
_MARKED = rf"\$\s*{_BOLD}{_LETTER}\}}?(?:\s*\\in\b[^$]*|\s*∈[^$]*)?\s*\$"
_BARE = rf"(?<![\w$\\^]){_LETTER}"
_VERB = r"(?:is|are|be|being|ist|sei|est|soit|es|sea|—|-|:)"
_BETWEEN = r"(?:[\s,]++|(?:both|a|an|the|real|square|always|assumed|to|which|that|matrix|any|also)\b){0,12}+"
_WORD = rf"(?<!non-)(?<!non)(?<!not )(?<!skew-)(?<!anti)(?<!a)(?i:{SYMMETRIC})"
_NOUN = rf"(?:[\s,]++|(?:and|or|real|square|matri\w*)\b|{SYMMETRIC}){{0,12}}+"
_LIST = r"(?:[\s,]|and|or|&)*+"
_SAID = (
    rf"({_MARKED}(?:{_LIST}{_MARKED})*){_BETWEEN}{_VERB}?{_BETWEEN}\b{_WORD}",
    rf"({_BARE}(?:{_LIST}{_BARE})*){_BETWEEN}\b{_VERB}\b{_BETWEEN}\b{_WORD}",
    rf"{_WORD}{_NOUN}({_MARKED}(?:{_LIST}{_MARKED})*)",
    rf"{_WORD}{_NOUN}(?<=\s)({_BARE}(?:{_LIST}{_BARE})*)",
    rf"({_BOLD}{_LETTER})\}}?\s*(?:\\in|∈)\s*(?:\\mathbb\s*\{{?\s*S|\\mathcal\s*\{{?\s*S|𝕊)(?![A-Za-z])",
)
"""How symmetry is said, with the names of the matrices."""
_NAMES = re.compile(rf"(?:\$\s*|\A|(?<=[\s,&])){_BOLD}({_LETTER})")


def said_symmetric(text: str, graph: Graph) -> Iterator[str]:
    """The variables of a graph that a text calls symmetric."""
    called = set(_called(text))
    return (key for key, name in graph.names.items() if with_letters(name.base.lstrip("\\")) in called)


def _called(text: str) -> Iterable[str]:
    if re.search(rf"{SYMMETRIC}|mathbb|mathcal|𝕊", text, re.IGNORECASE) is None:
        return
    for pattern in _SAID:
        for found in re.finditer(pattern, text):
            yield from (with_letters(name.lstrip("\\")) for name in _NAMES.findall(found[1]))
