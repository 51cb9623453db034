"""Break prose into lines of a given width in columns."""

from __future__ import annotations

from ._cells import one_line, width

NARROWEST = 16


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text, at least one, each at most `columns` wide; a longer word is broken."""
    columns = max(columns, NARROWEST)
    text = one_line(text)
    if width(text) <= columns:
        return [text]
    lines: list[str] = []
    line = ""
    for word in (part for whole in text.split(" ") for part in _broken(whole, columns)):
        longer = f"{line} {word}" if line else word
        if width(longer) > columns:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _broken(word: str, columns: int) -> list[str]:
    if width(word) <= columns:
        return [word]
    parts = [""]
    for char in word:
        if width(parts[-1] + char) > columns:
            parts.append("")
        parts[-1] += char
    return parts
