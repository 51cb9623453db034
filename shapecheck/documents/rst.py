"""A reStructuredText file: `:math:`, `.. math::`, Python code blocks; `.. shapecheck: …` is read."""

from __future__ import annotations

from ._document import Document, later

document = Document("rst", (), later("_rst.windows"), named=(".rst",), texts=later("_rst.texts"))
