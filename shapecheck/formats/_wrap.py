"""Break prose into lines of a given width in columns."""

from __future__ import annotations

from collections.abc import Iterator

from ._cells import one_line, width

NARROWEST = 16
"""The narrowest column that text is wrapped to, however deep it is indented."""


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text, at least one, each at most `columns` wide.

    What is to be typed or is quoted, `-s "W: n x m"`, stays on one line where one is wide enough; a longer word is
    broken.
    """
    columns = max(columns, NARROWEST)
    text = one_line(text)
    if width(text) <= columns:
        return [text]
    lines: list[str] = []
    line = ""
    for word in (part for whole in _units(text) for part in _broken(whole, columns)):
        longer = f"{line} {word}" if line else word
        if width(longer) > columns:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _units(text: str) -> Iterator[str]:
    """The words of a text, those between quotes with the option before them as one."""
    unit: list[str] = []
    for word in text.split(" "):
        unit.append(word)
        is_option = len(word) == 2 and word[0] == "-" and word[1].isalpha()
        if not is_option and not any(sum(each.count(sign) for each in unit) % 2 for sign in '"`'):
            yield " ".join(unit)
            unit = []
    yield from unit


def _broken(word: str, columns: int) -> list[str]:
    if width(word) <= columns:
        return [word]
    if " " in word:
        return [part for each in word.split(" ") for part in _broken(each, columns)]
    parts = [""]
    for char in word:
        if width(parts[-1] + char) > columns:
            parts.append("")
        parts[-1] += char
    return parts
