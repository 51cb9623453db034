"""Read a text as a document of a format, and look at what was found."""

from __future__ import annotations

import json

from shapecheck.documents import Passage, documents
from shapecheck.text import Source, Window

FORMATS = ("formulas", "markdown", "notebook", "python", "rst", "tex")


def passages(text: str, name: str) -> list[Passage]:
    """The passages of a text in a format."""
    return list(documents[name].windows(Source(text, f"a.{name}")))


def found(text: str, name: str) -> list[tuple[str, str]]:
    """The notation and the text of each window, runs of blanks in it as one."""
    return [(passage.window.notation, " ".join(passage.window.text.split())) for passage in passages(text, name)]


def notebook(*cells: tuple[str, str], ascii_only: bool = False, lines: bool = True) -> str:
    """A notebook as Jupyter writes it, of Markdown and code cells."""
    data = [
        {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True) if lines else text}
        for kind, text in cells
    ]
    whole = {"cells": data, "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=ascii_only) + "\n"


def stands_in(window: Window, text: str) -> bool:
    """Whether each piece of a window is the host's text at its offset."""
    return all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in window.pieces)
