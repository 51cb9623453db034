r"""Formulas in LaTeX, without their delimiters: `dZ^{[1]} = W^{[2]T} dZ^{[2]} \odot g'(Z^{[1]})`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...syntax.nodes import Trouble
from ...text import Window
from .._infixes import INFIXES, juxtaposed
from .._notation import Notation
from .._pratt import Grammar
from .._statements import LENGTH, parsing
from .._style import Style
from ._clauses import tidy
from ._lexer import lex
from ._macros import DEPTH, Macro, Macros, TooMuch, collect, expand
from ._operands import OPERANDS
from ._postfixes import POSTFIXES

if TYPE_CHECKING:
    from .._writer import Writer

LATEX = Style("^T", " ", " ", " \\odot ", "^", "\\frac")
grammar = Grammar(OPERANDS, POSTFIXES, INFIXES, juxtaposed, lex=lex, tidy=tidy)


def expanded(window: Window, macros: Mapping[str, Macro]) -> Window | Trouble:
    """The window with its macros' calls replaced, each at the call's place; SC104 where they expand to too much."""
    if not macros or "\\" not in window.text:
        return window
    try:
        pieces = [part for piece in window.pieces for part in expand(piece.text, piece.start, macros)]
    except TooMuch:
        what = f"macros nested deeper than {DEPTH}, or a formula longer than {LENGTH:,} characters"
        return Trouble("SC104", window.host(0, len(window.text)), {"what": what})
    return Window(tuple(pieces), window.notation)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._writer import LatexWriter

    return LatexWriter(text, style)


def usual(text: str) -> Style:
    """The style of a host's text, by the transposes that stand most often in it."""
    from ._spelling import usual_transpose

    return LATEX._replace(transpose=usual_transpose(text) or LATEX.transpose)


notation = Notation("latex", parsing(grammar), writer, LATEX, usual, is_typeset=True, remark="%")

__all__ = ["Macro", "Macros", "collect", "expanded", "notation"]
