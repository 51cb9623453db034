"""The definition of a notation: a name, a parser and a writer, which are inverse to each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..symbols import NONE_DECLARED, Declared
from ..syntax.nodes import Node, Program
from ..text import Window
from ._style import Style

if TYPE_CHECKING:
    from ._writer import Writer


class Parse(Protocol):
    """Parses a window; a `declared` name is a name, whatever else it looks like."""

    def __call__(self, window: Window, declared: Declared = NONE_DECLARED) -> Program: ...


class Notation(NamedTuple):
    """One way to write formulas.

    `parse` never raises: what it cannot read is a trouble of the program. `write` takes a node, the whole host text
    (what has a span is copied from it) and the signs to use for what is new; `writer` makes what writes, where that is
    not the writer of plain text.
    """

    name: str
    parse: Parse
    write: Callable[[Node, str, Style], str]
    style: Style
    writer: Callable[[str, Style], Writer] | None = None
    usual: Callable[[str], Style] | None = None
