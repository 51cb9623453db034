"""The picture of README.md shows what the program prints; `--update` draws it anew."""

from __future__ import annotations

from rich.text import Text

from .picture import PICTURE, draw, lines, printed


def test_the_picture_shows_what_is_printed(update: bool) -> None:
    text = printed()
    if update:
        PICTURE.write_text(draw(text), encoding="utf-8", newline="\n")
    shown = lines(PICTURE.read_text(encoding="utf-8"))
    assert shown == [line.rstrip() for line in Text.from_ansi(text).plain.rstrip("\n").split("\n")]


def test_a_picture_is_the_same_each_time() -> None:
    text = printed()
    assert draw(text) == draw(text)
