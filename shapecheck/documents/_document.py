"""What a document format is: its suffixes, and a function that finds the windows of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..pragmas import Pragma
from ..text import Source, Window


class Passage(NamedTuple):
    """A window and the pragma that holds for it."""

    window: Window
    pragma: Pragma | None


class Document(NamedTuple):
    """A document format: files with `suffixes` are read in a folder, those with `named` only where they are named."""

    name: str
    suffixes: tuple[str, ...]
    windows: Callable[[Source], Iterator[Passage]]
    named: tuple[str, ...] = ()
