"""The definition of a notation: a name, a parser and a writer, inverse to each other, and what its formulas mean."""

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
    not the writer of plain text. The others are traits, by which the rooms below tell notations apart:

    is_code       no sign has a second reading, letters side by side are one name, an assignment binds anew
    is_program    a window is a whole text with many statements and functions; a name before a bracket is one of these
    is_typeset    names and signs are commands, as LaTeX has them
    is_numpy      its functions and slices are numpy's
    has_ranks     1×1 is no number, and an array of rank 1 neither row nor column
    is_dotted     a sign is the matrices' own; with a dot before it, `.*`, it goes entry by entry
    has_columns   an array lies in memory column by column, a vector is a column, and sums keep their axis
    first         from what positions and axes are counted
    summed        the axis of a sum that names none; None where that is a sum of all
    opening       the bracket before positions
    axis          how an axis is named in words, its number in place of the braces
    remark, stop  what begins a comment, and what ends a line
    """

    name: str
    parse: Parse
    write: Callable[[Node, str, Style], str]
    style: Style
    writer: Callable[[str, Style], Writer] | None = None
    usual: Callable[[str], Style] | None = None
    is_code: bool = False
    is_program: bool = False
    is_typeset: bool = False
    is_numpy: bool = False
    has_ranks: bool = False
    is_dotted: bool = False
    has_columns: bool = False
    first: int = 0
    summed: int | None = None
    opening: str = "["
    axis: str = "axis={}"
    remark: str = "#"
    stop: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether formulas are typed as mathematics, with no commands."""
        return not (self.is_code or self.is_typeset)
