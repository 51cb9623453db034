"""Find shapes that authors state in their own words and code: `find(source, "markdown")`; one module per idiom."""

from __future__ import annotations

from collections.abc import Iterator

from ..documents import documents
from ..registry import Registry
from ..text import Source
from ._examples import is_example
from ._stated import Idiom, Stated

idioms = Registry(__name__, __path__[0], "idiom")
"""The idioms by name; what each one finds is plainly a statement, never a guess."""


def find(source: Source, document: str) -> Iterator[Stated]:
    """The shapes stated in a source, in the order of its texts; `document` is the name of its format."""
    texts = documents[document].texts
    for text in texts(source) if texts else ():
        for idiom in idioms.all():
            if text.kind in idiom.kinds and any(hint in text.excerpt.text for hint in idiom.hints):
                for found in idiom.find(text):
                    yield found._replace(example=True) if text.kind == "prose" and is_example(text, found) else found


__all__ = ["Idiom", "Stated", "find", "idioms"]
