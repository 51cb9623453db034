"""Text as a terminal shows it: glyphs and their widths in columns, control characters escaped, tabs expanded."""

from __future__ import annotations

from ..values import NamedTuple

TAB = 4
"""The width of a tab stop in a report."""
_JOINERS = "\u200c\u200d"


class Glyph(NamedTuple):
    """What is shown for one code point, and how many columns it takes."""

    glyph: str
    width: int


def cells(text: str) -> list[Glyph]:
    """A cell for each code point of a line."""
    if text.isascii() and text.isprintable():
        return [Glyph(char, 1) for char in text]
    found: list[Glyph] = []
    column = 0
    for char in text:
        cell = _tab(column) if char == "\t" else _cell(char)
        column += cell.width
        found.append(cell)
    return found


def width(text: str) -> int:
    """The columns that a text takes."""
    return len(text) if text.isascii() else sum(cell.width for cell in cells(text))


def one_line(text: str) -> str:
    """A text in which no character can end a line or drive a terminal: blanks for line ends, escapes for controls."""
    if text.isprintable():
        return text
    return "".join(_glyph(char) for char in " ".join(text.split()))


def _tab(column: int) -> Glyph:
    columns = TAB - column % TAB
    return Glyph(" " * columns, columns)


def _cell(char: str) -> Glyph:
    if " " <= char <= "~":
        return Glyph(char, 1)
    glyph = _glyph(char)
    return Glyph(glyph, _columns(char) if glyph == char else len(glyph))


def _columns(char: str) -> int:
    import unicodedata

    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me") or char in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _glyph(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    import unicodedata

    if unicodedata.category(char) == "Zs":
        return " "
    return char.encode("unicode_escape").decode("ascii")
