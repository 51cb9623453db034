"""The definition of a document format: its suffixes, and functions that find windows, texts and cells in a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..pragmas import Pragma
from ..syntax.nodes import Trouble
from ..text import Edit, Source, Window
from ..values import NamedTuple

if TYPE_CHECKING:
    from ._excerpt import Excerpt


Scope = tuple[int, ...]
"""The headings above a place: the number, among those below the same heading, of each. Before the first it is ().

A shape inferred in scope `p` holds in scope `q` where `q[:len(p)] == p`.
"""


class Passage(NamedTuple):
    """A window and its pragma.

    An `explicit` passage is addressed to shapecheck: it may declare names, and unreadable text in it is an error;
    elsewhere that only counts as not understood. `scope` says which headings it is below, `cell` which cell of a
    notebook it is in (from 1), `block` which fence (from 1; 0 outside of fences). If the notation is "python", the
    window is a whole text with many statements, and `pragmas` are all pragmas in it.
    """

    window: Window
    pragma: Pragma | None
    explicit: bool = True
    scope: Scope = ()
    cell: int | None = None
    block: int = 0
    pragmas: tuple[Pragma, ...] = ()


class Text(NamedTuple):
    """A part of a document where shapes may be stated.

    Its `kind` is "prose" (with mathematics), "display", "program", or "table": the lines of one, cells between bars.
    """

    excerpt: Excerpt
    kind: str
    scope: Scope = ()
    cell: int | None = None


class Document(NamedTuple):
    """A document format: files with `suffixes` are read in a folder, those with `named` only where they are named.

    In an `explicit` one every formula is addressed to shapecheck, and `code` finds the windows where all are Python.
    `troubles` are what it holds that is not a formula, and is explained. Only a format whose files have cells has
    `sources` and `host_edits`. `sources` gives the cells in order, or says why the file cannot be read; spans are in a
    cell's text, and `host_edits` turns edits of a cell, counted from 1, into edits of the file.
    """

    name: str
    suffixes: tuple[str, ...]
    windows: Callable[[Source], Iterator[Passage]]
    named: tuple[str, ...] = ()
    texts: Callable[[Source], Iterator[Text]] | None = None
    sources: Callable[[Source], list[Source] | str] | None = None
    host_edits: Callable[[Source, int, Sequence[Edit]], list[Edit]] | None = None
    explicit: bool = False
    troubles: Callable[[Source], list[Trouble]] | None = None
    code: Callable[[Source], Iterator[Passage]] | None = None


def later(name: str, *more: str) -> Callable[..., Any]:
    """A function of a reader, `_markdown.texts`, which is imported only where a file asks for it."""
    module, _, function = name.partition(".")

    def called(*given: Any) -> Any:
        return getattr(import_module(f"{__package__}.{module}"), function)(*given, *more)

    return called


class Headings:
    """The headings above the place that is being read."""

    def __init__(self) -> None:
        self._levels: list[int] = []
        self._numbers: list[int] = [0]

    def meet(self, level: int) -> None:
        """Go on below a heading of that level."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
            self._numbers.pop()
        self._levels.append(level)
        self._numbers[-1] += 1
        self._numbers.append(0)

    @property
    def scope(self) -> Scope:
        """The number of each heading above, the highest first."""
        return tuple(self._numbers[:-1])
