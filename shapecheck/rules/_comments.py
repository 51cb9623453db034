"""Edits of the comments that speak to shapecheck: one rewritten, one taken away."""

from __future__ import annotations

import re

from ..pragmas import Pragma
from ..text import Edit, Source, Span


def line_with(edit: Edit, source: Source, at: int) -> str:
    """The line of an offset after an edit."""
    line = source.place(at).line
    text, first = source.line(line), source.starts[line - 1]
    return (text[: max(edit.span.start - first, 0)] + edit.text + text[edit.span.end - first :]).strip()


def removal(pragma: Pragma, unused: list[str], source: Source) -> Edit:
    """Takes codes out of a pragma, or the whole comment, and its line where nothing else stands there."""
    left = [code for code in pragma.codes if code not in unused]
    if left:
        return Edit(pragma.span, f"shapecheck: ignore[{', '.join(left)}]")
    line = source.place(pragma.span.start).line
    first, text = source.starts[line - 1], source.line(line)
    before, after = text[: pragma.span.start - first], text[pragma.span.end - first :]
    opening = re.search(r"[ \t]*(?:<!--|#+|%+|\.\.)[ \t]*$", before)
    closing = re.match(r"[ \t]*-->" if opening and "<!--" in opening[0] else r"[ \t]*$", after)
    if opening is None or closing is None:
        return Edit(pragma.span, "")
    start, end = first + opening.start(), pragma.span.end + closing.end()
    if not (text[: opening.start()] + after[closing.end() :]).strip():
        end = source.starts[line] if line < len(source.starts) else len(source.text)
        return Edit(Span(first, end), "")
    return Edit(Span(start, end), "")
