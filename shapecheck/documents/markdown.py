"""A Markdown text: mathematics between delimiters, in environments and fences; code and lines that are equations."""

from __future__ import annotations

from ._document import Document, later

document = Document("markdown", (".md", ".markdown"), later("_markdown.windows"), texts=later("_markdown.texts"))
