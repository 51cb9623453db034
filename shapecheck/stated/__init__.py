"""Find shapes that authors state in their own words and code: `find(source, "markdown")`; one module per idiom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ..documents import Text, documents
from ..registry import Registry
from ..shapes.dims import ONE
from ..text import Source, regex
from ._stated import Idiom, Stated

idioms = Registry(__name__, __path__[0], "idiom")
"""The idioms by name. Each finds only what is plainly a statement, never a guess."""
_END = regex(r"[.!?;](?=\s)|\n\s*\n")
_GIVEN = regex(r"(?<![\w\\])[A-Za-z](?:_\{?[a-z]\w{0,2}\}?)?\s*=\s*[1-9][0-9]*(?![\w.]*\d*[A-Za-z(\\])")
"""A letter with a number: `$d = 100$`, `n=200`."""


def find(source: Source, document: str) -> Iterator[Stated]:
    """The shapes stated in a source, in the order of its texts; `document` is the name of its format."""
    texts = documents[document].texts
    for text in texts(source) if texts else ():
        for idiom in idioms.all():
            if text.kind in idiom.kinds and any(hint in text.excerpt.text for hint in idiom.hints):
                for found in idiom.find(text):
                    yield found._replace(example=True) if text.kind == "prose" and _is_example(text, found) else found


def _is_example(text: Text, stated: Stated) -> bool:
    """Whether a shape in numbers stands in a sentence that assigns numbers to letters."""
    if any(dim.symbols for dim in stated.shape) or all(dim is ONE for dim in stated.shape):
        return False
    whole = text.excerpt.text
    start = bisect_left(range(len(whole)), stated.span.start, key=text.excerpt.host)
    ends = [found.start() for found in _END.finditer(whole)]
    before = max((end for end in ends if end < start), default=0)
    after = min((end for end in ends if end >= start), default=len(whole))
    return _GIVEN.search(whole, before, after) is not None


__all__ = ["Idiom", "Stated", "find", "idioms"]
