"""A Python file: one window, the whole text, with the pragmas of its lines; `# shapecheck: …` states shapes."""

from __future__ import annotations

from ._document import Document, later

document = Document("python", (".py",), later("_programs.windows", "python"), texts=later("_programs.texts"))
