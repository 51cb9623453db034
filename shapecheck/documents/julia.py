"""A Julia file: one window, the whole text, with the pragmas of its lines; `# shapecheck: …` states shapes."""

from __future__ import annotations

from ._document import Document, later

document = Document("julia", (".jl",), later("_programs.windows", "julia"))
