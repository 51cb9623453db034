"""The definition of a notation: a name, a parser and a writer, inverse to each other, and what its formulas mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from ..symbols import NONE_DECLARED, Declared
from ..syntax.nodes import Node, Program
from ..text import Window
from ..values import NamedTuple
from ._style import Style

if TYPE_CHECKING:
    from ._writer import Writer


class Parse(Protocol):
    """Parses a window; a `declared` name is a name, whatever else it looks like."""

    def __call__(self, window: Window, declared: Declared = NONE_DECLARED) -> Program: ...


class Notation(NamedTuple):
    """One way to write formulas.

    `parse` never raises: what it cannot read is a trouble of the program. `writer` makes what writes nodes of the whole
    host text, with a style: the signs to use for what is new. `usual` is the style of a text, where that is told by it.
    The others are traits, which other rooms ask for instead of the name:

    is_code       signs have a single reading, adjacent letters are one name, and an assignment rebinds its name
    is_program    a window is a whole program with functions; a name before a bracket is a call
    is_typeset    names and signs are commands, as in LaTeX
    is_numpy      its functions and slices are numpy's
    has_ranks     a 1×1 matrix is not a number, and an array of rank 1 is neither row nor column
    is_dotted     signs are those of matrices; with a dot, as in `.*`, they work entry by entry
    has_columns   arrays are stored column by column, vectors are columns, and sums keep their axis
    first         the first position and axis: 0 or 1
    summed        the axis of a sum that names none; None if it adds up all entries
    opening       the bracket that opens an index
    axis          how an axis is written; the braces stand for its number
    remark, stop  the start of a comment, and the end of a line
    """

    name: str
    parse: Parse
    writer: Callable[[str, Style], Writer]
    style: Style
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

    def write(self, node: Node, text: str = "", style: Style | None = None) -> str:
        """The node as text; what has a span is copied from the host's text."""
        return self.writer(text, style or self.style).write(node)
