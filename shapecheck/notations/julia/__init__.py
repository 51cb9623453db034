"""Formulas in Julia: `dZ1 = (W2' * dZ2) .* (1 .- A1.^2)`; a window is a whole program, or a line of one.

An array of one dimension is a column here, which is what it is in Julia beside a matrix: `W * x .+ b`, `x'`, `x * x'`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...symbols import NONE_DECLARED, Declared
from ...syntax.nodes import Program
from ...text import Window
from .._notation import Notation
from .._style import Style
from ._blocks import program

if TYPE_CHECKING:
    from .._writer import Writer

JULIA = Style("'", " * ", " * ", " .* ", ".^", " ./ ")


def parse(window: Window, declared: Declared = NONE_DECLARED) -> Program:
    """The statements of a program; never raises. A name of code is nothing else, whether it is declared or not."""
    return program(window)


def writer(text: str, style: Style) -> Writer:
    """What writes nodes of a host's text, with the signs of a style."""
    from ._writer import JuliaWriter

    return JuliaWriter(text, style)


notation = Notation(
    "julia", parse, writer, JULIA, is_code=True, is_program=True, is_dotted=True, has_columns=True, first=1,
    axis="dims={}",
)  # fmt: skip
