"""A LaTeX file: math environments and delimiters; comments and verbatim text are left out but for `% shapecheck: …`."""

from __future__ import annotations

from ._document import Document, later

document = Document("tex", (".tex",), later("_tex.windows"), texts=later("_tex.texts"))
