"""Tell the sizes of one example from what is stated: "For $d = 100$ the matrix $W$ has 800 rows and 100 columns"."""

from __future__ import annotations

from bisect import bisect_left

from ..documents import Text
from ..shapes.dims import ONE
from ..text import regex
from ._stated import Stated

_END = regex(r"[.!?;](?=\s)|\n\s*\n")
_GIVEN = regex(r"(?<![\w\\])[A-Za-z](?:_\{?[a-z]\w{0,2}\}?)?\s*=\s*[1-9][0-9]*(?![\w.]*\d*[A-Za-z(\\])")
"""A letter with a number: `$d = 100$`, `n=200`."""


def is_example(text: Text, stated: Stated) -> bool:
    """Whether a shape in numbers is said in a sentence that gives letters numbers."""
    if any(dim.symbols for dim in stated.shape) or all(dim is ONE for dim in stated.shape):
        return False
    whole = text.excerpt.text
    start = bisect_left(range(len(whole)), stated.span.start, key=text.excerpt.host)
    ends = [found.start() for found in _END.finditer(whole)]
    before = max((end for end in ends if end < start), default=0)
    after = min((end for end in ends if end >= start), default=len(whole))
    return _GIVEN.search(whole, before, after) is not None
