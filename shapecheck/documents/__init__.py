"""Find the formulas in a file: one module per document format, each with a `document`."""

from __future__ import annotations

from functools import cache
from os.path import splitext

from ..registry import Registry
from ._document import Document, Passage, Scope, Text
from ._messages import Message, Sizes, message_in

documents = Registry(__name__, __path__[0], "document")
"""The document formats by name; a module is imported when its format is asked for."""


@cache
def by_suffix() -> dict[str, Document]:
    """The document format for each known suffix, such as `.formulas`."""
    return {suffix: document for document in documents.all() for suffix in (*document.suffixes, *document.named)}


def document_of(path: str) -> Document | None:
    """The document format for the suffix of a path; None if there is none.

    Input that is not a file, `<formula>` or `<stdin>`, is read as pasted text.
    """
    if path[:1] == "<" and path[-1:] == ">":
        return documents["pasted"]  # type: ignore[no-any-return]
    suffix = splitext(path)[1].lower()
    return by_suffix().get(suffix) if suffix else None


__all__ = [
    "Document",
    "Message",
    "Passage",
    "Scope",
    "Sizes",
    "Text",
    "by_suffix",
    "document_of",
    "documents",
    "message_in",
]
